"""What waits for a person: its order, its words, its strip."""
