"""The basemap: coast and rivers (GSHHG), district seats (GeoNames), schematic district cells."""
