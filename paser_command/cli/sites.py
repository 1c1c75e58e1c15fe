"""Where things lie that were not named on the command line: the site file, the own folder."""

import os
from pathlib import Path

from paser_command.errors import PaserError
from paser_command.home import VARIABLE, home

SITE_FILES = (Path("/etc/paser-command/site.toml"),)


def site_file(folder: Path) -> Path | None:
    """Return the site file of this machine or of this person, None where there is none yet."""
    candidates = (*SITE_FILES, folder / "site.toml")
    return next((path for path in candidates if path.exists()), None)


def home_folder() -> Path:
    """Return this person's folder, made if need be; PaserError where it cannot be written."""
    folder = home()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(None, os.strerror(13))
    except OSError as cause:
        raise PaserError(
            "the folder {folder} cannot be written: {cause}; name another one in {variable}",
            folder=folder,
            cause=cause.strerror,
            variable=VARIABLE,
        ) from cause
    return folder
