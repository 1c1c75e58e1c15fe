"""Where a site stands: its home box, districts, towns and rivers, the coast, and the gazetteer."""
