"""Measuring and drawing on the map."""
