"""Finding things on the map: by name, by place, and by the area that a desk looks at."""
