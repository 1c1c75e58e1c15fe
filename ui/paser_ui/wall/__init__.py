"""The wall: displays that visitors see, and what stands on them."""
