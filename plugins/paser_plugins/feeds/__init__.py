"""Feed health: which sources answer, which do not, since when and why."""
