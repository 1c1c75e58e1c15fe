"""A clock, a reader and a picture: live and replay on one path."""
