"""The map panel: what happens, where."""
