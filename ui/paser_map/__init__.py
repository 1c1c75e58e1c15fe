"""The map canvas: Web Mercator, drawn by QPainter."""
