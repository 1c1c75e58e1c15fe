"""What the program shows and plays but does not compute: words, maps, scenarios."""
