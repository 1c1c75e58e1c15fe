"""Workspaces: what stands on which display, as files."""
