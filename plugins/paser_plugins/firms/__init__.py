"""Hotspots that satellites saw, from NASA FIRMS."""
