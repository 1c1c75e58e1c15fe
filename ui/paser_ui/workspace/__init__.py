"""Where panels stand, and how that is remembered."""
