"""Where this person's data, settings and logs lie."""

import os
from pathlib import Path

import platformdirs

VARIABLE = "PASER_COMMAND_HOME"
"""Set it to keep everything in one folder of your choice."""


def home() -> Path:
    """Return the folder, which may not be there yet."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("paser-command", appauthor=False))
