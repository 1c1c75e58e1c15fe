"""The layer tree: what lies on the map, in which order, and how it is drawn."""
