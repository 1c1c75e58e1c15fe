"""What people can do: a verb a file, and the registry of them."""
