"""Charts: streams of numbers over the last hours, with their limits."""
