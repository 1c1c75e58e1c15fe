"""Raster tiles for the map: from servers by XYZ, WMTS and WMS, and from archives on the disk."""
