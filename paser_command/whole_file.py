"""Files that are written whole or not at all: beside, synced, and renamed."""

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from paser_command.errors import PaserError

PRIVATE = 0o600

_LEFT_S = 3_600.0
"""Whatever is being written is younger, on a share by a process of another machine, too."""


def write_whole(
    path: Path, body: bytes, *, mode: int = 0o644, now_s: Callable[[], float] = time.time
) -> None:
    """Write the file, making its folder; PaserError says why that fails, and the old one stays.

    What writers of it left who were killed an hour ago or earlier is taken away.
    """
    written = _beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(written, body, mode)
        os.replace(written, path)
        sync_folder(path.parent)
        _clear_left(path, now_s() - _LEFT_S)
    except OSError as cause:
        with suppress(OSError):
            written.unlink()
        raise unwritten(path, cause) from cause


def keep_last(path: Path) -> None:
    """Keep what the file says now beside it as `.bak`; nothing where there is none."""
    keep_as(path, backup_of(path))


def keep_as(path: Path, kept: Path) -> None:
    """Keep what the file says now under another name in its folder; nothing where there is none.

    The file itself stays where it is all the while.
    """
    linked = _beside(kept)
    try:
        linked.unlink(missing_ok=True)
        try:
            os.link(path, linked)
        except FileNotFoundError:
            return
        except OSError:
            # A stick or a share that knows no links.
            linked.write_bytes(path.read_bytes())
        os.replace(linked, kept)
        # Two names of one file are not replaced by one another: the new one stays.
        linked.unlink(missing_ok=True)
    except OSError as cause:
        raise unwritten(kept, cause) from cause


def backup_of(path: Path) -> Path:
    """Return where `keep_last` keeps the last one."""
    return path.with_name(f"{path.name}.bak")


def unwritten(path: Path, cause: OSError) -> PaserError:
    """Return the error of a file that could not be written."""
    return PaserError("{path} cannot be written: {cause}", path=path, cause=cause.strerror)


def sync_folder(path: Path) -> None:
    """Have the disk keep what was renamed in a folder."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _beside(path: Path) -> Path:
    """Return where this process writes what becomes the file."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def _clear_left(path: Path, before_s: float) -> None:
    """Take away what writers of the file, and of its `.bak`, left that are no more."""
    names = re.compile(rf"\.{re.escape(path.name)}(?:\.bak)?\.([0-9]{{1,10}})\.new")
    with suppress(OSError):
        for one in path.parent.iterdir():
            left = names.fullmatch(one.name)
            # Not when it was changed: a link is as old as what it was made of.
            if left and not _lives(int(left[1])) and one.lstat().st_ctime < before_s:
                one.unlink()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _write_synced(path: Path, body: bytes, mode: int) -> None:
    with path.open("wb") as file:
        os.chmod(path, mode)
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
