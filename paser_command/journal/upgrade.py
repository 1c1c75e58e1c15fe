"""Bringing an older journal to this program's schema: a copy first, then all or nothing."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from paser_command.errors import JournalError

Progress = Callable[[str, float], None]
"""Called now and then with the step, "copy" or "migrate", and how much of it is done, 0 to 1."""

_MARGIN = 64 * 1024 * 1024
_COPIED_PAGES = 4_096
_MB = 1_000_000


def migrate(connection: Connection, progress: Progress | None) -> None:
    """Run the migrations in the connection's transaction, which holds the write lock."""
    # Alembic takes most of a second to load, and is needed only where the schema is not ours.
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    if progress is not None:
        tell = progress
        settings.attributes["progress"] = lambda done, total: tell("migrate", done / max(total, 1))
    command.upgrade(settings, "head")


def copy_before(path: Path, revision: str, progress: Progress | None) -> Path:
    """Copy a journal's file beside it, as it was before `revision`; return the copy's path.

    Whoever calls holds the write lock. JournalError where the disk has no room for the copy.
    """
    copy = path.with_name(f"{path.name}.before-{revision}")
    part = copy.with_name(f"{copy.name}.part")
    _need_room(path)
    try:
        part.unlink(missing_ok=True)
        _copy(path, part, progress)
        shutil.copymode(path, part)
        os.replace(part, copy)
    except (OSError, sqlite3.Error) as cause:
        part.unlink(missing_ok=True)
        raise JournalError(
            "the journal {path} cannot be copied before it is brought to the new schema: {cause}",
            path=path,
            cause=cause,
        ) from cause
    return copy


def _need_room(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    size = path.stat().st_size + (log.stat().st_size if log.exists() else 0)
    # Beside the copy: batches, segments, and the log of the transaction that writes them.
    need, free = size + size // 5 + _MARGIN, shutil.disk_usage(path.parent).free
    if free < need:
        raise JournalError(
            "the journal {path} has to be brought to the new schema, and a copy of it is kept: "
            "that needs {need} MB in its folder, where {free} MB are free. Free some, and start "
            "again: nothing was changed",
            path=path,
            need=-(-need // _MB),
            free=free // _MB,
        )


def _copy(path: Path, copy: Path, progress: Progress | None) -> None:
    def tell(_: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress("copy", (total - remaining) / max(total, 1))

    source = sqlite3.connect(path)
    target = sqlite3.connect(copy)
    try:
        source.backup(target, pages=_COPIED_PAGES, progress=tell)
    finally:
        target.close()
        source.close()
    with copy.open("rb") as written:
        os.fsync(written.fileno())
