"""Review: what people decide about the changes of a text, and the page served to them."""
