"""Workspaces: their files, the folder they lie in, the displays they stand on."""
