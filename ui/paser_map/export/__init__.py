"""The map as a file: pictures, pages to print, and web maps."""
