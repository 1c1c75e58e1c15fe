"""Files become layers: what was understood of one, what was left out, and what to call it."""
