"""The plugins that come with the program, loaded as a stranger's are."""
