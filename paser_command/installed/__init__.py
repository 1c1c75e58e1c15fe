"""The installed package on this machine: its signed list of files, and what differs from it."""
