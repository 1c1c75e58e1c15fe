"""Feeds: the runner, the inbox, and safe ways out."""
