"""Windows, the pages in them, and the displays that they stand on."""
