"""What a person can do at the console, each thing with an id, words and a key."""
