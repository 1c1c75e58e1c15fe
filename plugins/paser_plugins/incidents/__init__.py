"""Incidents: the list that sorts itself, and what is known of the one that is picked."""
