"""What a search finds, as lists and words: the palette's and the map's are alike."""
