"""Feeds of other makers, each in a process of its own: what it does there costs that feed alone."""
