"""The process that keeps a console on the screen: watches it, and starts it again."""
