"""Loss of view on the screen: what cannot be seen is never drawn as calm."""
