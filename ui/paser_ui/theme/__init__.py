"""Colours, sizes, fonts and symbols."""
