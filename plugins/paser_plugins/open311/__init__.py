"""Reports of citizens and calls by Open311 GeoReport v2."""
