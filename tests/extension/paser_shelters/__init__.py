"""Shelters: places that take people in, as a plugin of the tests' own."""
