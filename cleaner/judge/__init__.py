"""Which candidate, if any: language model, channel, spin rate, lattice search, confidence."""
