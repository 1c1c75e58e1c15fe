"""Where a site stands, and what is told of a city that is not Paser."""
