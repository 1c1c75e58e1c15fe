"""Files that are written whole or not at all: beside, synced, and renamed."""

import os
from contextlib import suppress
from pathlib import Path

from paser_command.errors import PaserError

PRIVATE = 0o600


def write_whole(path: Path, body: bytes, *, mode: int = 0o644) -> None:
    """Write the file, making its folder; PaserError says why that fails, and the old one stays."""
    written = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(written, body, mode)
        os.replace(written, path)
        sync_folder(path.parent)
    except OSError as cause:
        with suppress(OSError):
            written.unlink()
        raise PaserError(
            "{path} cannot be written: {cause}", path=path, cause=cause.strerror
        ) from cause


def keep_last(path: Path) -> None:
    """Keep what the file says now beside it as `.bak`; nothing where there is none."""
    if not path.exists():
        return
    linked = path.with_name(f".{path.name}.{os.getpid()}.bak")
    try:
        linked.unlink(missing_ok=True)
        os.link(path, linked)
        os.replace(linked, backup_of(path))
    except OSError as cause:
        raise PaserError(
            "{path} cannot be written: {cause}", path=backup_of(path), cause=cause.strerror
        ) from cause


def backup_of(path: Path) -> Path:
    """Return where `keep_last` keeps the last one."""
    return path.with_name(f"{path.name}.bak")


def sync_folder(path: Path) -> None:
    """Have the disk keep what was renamed in a folder."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_synced(path: Path, body: bytes, mode: int) -> None:
    with path.open("wb") as file:
        os.chmod(path, mode)
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
