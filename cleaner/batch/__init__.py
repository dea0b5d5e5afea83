"""Many documents on this machine: what to clean, what is done already, workers, one summary."""
