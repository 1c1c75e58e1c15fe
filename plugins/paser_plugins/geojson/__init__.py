"""Things on map layers from GeoJSON documents."""
