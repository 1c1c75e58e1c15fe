"""Vector files: read in a process of their own, and taken in as columns."""
