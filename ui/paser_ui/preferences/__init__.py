"""A person's settings: what can be set, the dialog that asks for it, and the page of keys."""
