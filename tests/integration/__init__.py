"""Tests with the program's real processes."""
