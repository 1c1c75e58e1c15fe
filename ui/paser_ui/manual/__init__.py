"""The operators' manual inside the console."""
