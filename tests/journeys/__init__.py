"""Journeys: the program started as a user starts it, used by keys, read from its widgets."""
