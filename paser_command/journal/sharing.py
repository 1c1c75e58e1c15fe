"""A journal's files in a folder that a group shares: its members write them, whoever made them."""

import os
import stat
from pathlib import Path

_SHARED = stat.S_ISGID | stat.S_IWGRP
_FOR_THE_GROUP = 0o660


def made_for_the_group(path: Path) -> None:
    """Make the file where it is missing and its folder is shared (setgid, the group may write).

    SQLite would make it for its maker alone to write; what it makes beside it has the same mode.
    """
    if path.parent.stat().st_mode & _SHARED != _SHARED:
        return
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _FOR_THE_GROUP)
    except FileExistsError:
        return
    try:
        # Whatever the mask of who came first.
        os.fchmod(file, _FOR_THE_GROUP)
    finally:
        os.close(file)
