"""A plugin of another maker, whose feeds do whatever a program can do to the one it runs in."""
