"""Acts on their way into the journal: on this disk until the journal has them."""
