"""Earthquakes as BMKG tells them."""
