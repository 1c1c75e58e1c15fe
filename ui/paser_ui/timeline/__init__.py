"""The timeline: where in time the console is, and the hands to move it."""
