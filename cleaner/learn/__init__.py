"""From texts and observed substitutions to tables, models and weights."""
