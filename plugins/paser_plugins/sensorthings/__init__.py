"""Numbers of stations by OGC SensorThings."""
