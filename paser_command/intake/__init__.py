"""The intake: what feeds gave becomes what the journal has, one feed's fault never another's."""
