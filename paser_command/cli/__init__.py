"""The command line: headless commands, and the way to the console."""

from paser_command.cli.main import main

__all__ = ["main"]
