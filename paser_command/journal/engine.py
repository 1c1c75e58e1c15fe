"""The engine under the journal: opened with the settings that durability asks for."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from paser_command.errors import (
    InputError,
    JournalAwayError,
    JournalError,
    JournalRightError,
    Words,
)
from paser_command.journal.caller import Caller
from paser_command.redaction import blanked, blanked_address, secrets_in
from paser_command.server_address import address_faults
from paser_command.times import now as system_now

SQLITE = "sqlite+pysqlite"
POSTGRESQL = "postgresql+psycopg"
BUSY_TIMEOUT_MS = 5_000
_BUSY_PAUSE_S = 0.02

_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "afs"})
_MOUNTS = Path("/proc/self/mounts")
_PARAMETER = re.compile(r"://[^/@]*:.*\?\w+=")

_REASONS = {
    "database or disk is full": Words(
        "the disk is full: free some space and writing goes on by itself"
    ),
    "disk I/O error": Words("the disk reports an error: look at the system's log"),
    "database is locked": Words("another program holds the journal: close it"),
    "database disk image is malformed": Words("the file is damaged: restore a backup"),
    "file is not a database": Words("this file is not a journal"),
    "unable to open database file": Words(
        "the file cannot be opened: look at its folder and its rights"
    ),
    "readonly database": Words("the file may not be written: look at its rights"),
    "no answer for": Words("the server does not answer: look at it and at the network"),
    "connection timeout expired": Words(
        "the server does not answer: look at it and at the network"
    ),
    "due to lock timeout": Words(
        "another program holds the journal for too long: it is tried again"
    ),
    "due to statement timeout": Words(
        "the server takes too long for an answer: look at what else it does"
    ),
    "in a read-only transaction": Words(
        "the server is a standby, which takes no writes: name all hosts, "
        "and target_session_attrs=read-write"
    ),
}

_NO_RIGHT = "42501"
"""The SQLSTATE of what a role may not do."""

_LOCKED = "database is locked"


def journal_url(text: str) -> URL:
    """Return the URL; InputError unless it names one of the two drivers, and what they know."""
    for fault in address_faults(text):
        raise fault
    try:
        url = make_url(text)
    # A plain ValueError is a port that is no number.
    except (ArgumentError, ValueError) as cause:
        raise InputError(
            "{url} is no database URL; write {sqlite}:////folder/journal.sqlite",
            url=blanked_address(text)[:200],
            sqlite=SQLITE,
        ) from cause
    if url.drivername not in (SQLITE, POSTGRESQL):
        raise InputError(
            "{driver} is not a driver of ours; write {sqlite}: or {postgresql}:",
            driver=url.drivername,
            sqlite=SQLITE,
            postgresql=POSTGRESQL,
        )
    if url.drivername == SQLITE and url.database in (None, "", ":memory:"):
        raise InputError(
            "a journal is a file: write {sqlite}:////folder/journal.sqlite", sqlite=SQLITE
        )
    # What stands before the first @ was taken for user and password, parameters too.
    if "@" in (url.host or "") or (url.password and _PARAMETER.search(text.partition("@")[0])):
        raise InputError("an @ in the password of a journal's URL is written %40")
    return url


def address_of(url: URL) -> str:
    """Return the URL as it may be printed: without user, password and secret parameters."""
    return blanked_address(url.render_as_string(hide_password=False))


def sqlite_url(path: Path) -> str:
    """Return the URL of a journal in a file."""
    return f"{SQLITE}:///{path}"


def open_engine(url: URL, caller: Caller, deadline_s: float | None = None) -> Engine:
    """Return an engine whose transactions begin and sync as the journal needs.

    SQLite: WAL and synchronous=FULL, which loses nothing acknowledged at a power cut (NORMAL does).
    A connection's execution option `writing` makes its transactions take the write lock at once,
    `deadline_s` gives them another deadline than PostgreSQL's statements have else; the argument
    does so for all.
    """
    if url.drivername == POSTGRESQL:
        # PostgreSQL's driver is loaded where it is used.
        from paser_command.journal.postgres import guard

        options = {} if deadline_s is None else {"deadline_s": deadline_s}
        engine = _engine(url, paramstyle="format", pool_pre_ping=True, execution_options=options)
        guard(engine, caller, system_now)
        return engine
    path = Path(url.database or "")
    _refuse_network(path)
    engine = _engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "do_connect", _never_make)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _shrink_sqlite)
    return engine


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Tell a database's error as a JournalError with what to do about it.

    JournalAwayError where it may go by itself, JournalRightError where the role may not do it.
    """
    try:
        yield
    except (DBAPIError, ArgumentError) as cause:
        raise _told(engine, cause) from cause


def _told(engine: Engine, cause: DBAPIError | ArgumentError) -> JournalError:
    raiser = getattr(cause, "orig", cause)
    if getattr(raiser, "sqlstate", None) == _NO_RIGHT:
        return no_right(engine)
    where, raised = address_of(engine.url), _said(engine.url, raiser)
    is_operational = isinstance(cause, OperationalError)
    kind = "" if is_operational else f"{type(raiser).__name__}: "
    known = (why for sign, why in _REASONS.items() if sign in raised)
    reason: Words | str = next(known, kind + raised)
    is_away = is_operational or getattr(cause, "connection_invalidated", False)
    if (is_away and engine.dialect.name == "postgresql") or _LOCKED in raised:
        return JournalAwayError("journal {where}: {reason}", where=where, reason=reason)
    return JournalError("journal {where}: {reason}", where=where, reason=reason)


def no_right(engine: Engine) -> JournalRightError:
    """Return what tells a role that it may not write, and how it may."""
    return JournalRightError(
        "{role} may only read the journal: an administrator gives the right to act by "
        "paser-command journal grants --role operator {role}",
        role=engine.url.username or engine.url.database,
    )


def _engine(url: URL, **settings: Any) -> Engine:
    try:
        return create_engine(url, **settings)
    except ArgumentError as cause:
        raise InputError(
            "the journal's URL {url} is not understood: {cause}",
            url=address_of(url),
            cause=_said(url, cause),
        ) from cause


def _said(url: URL, error: object) -> str:
    """Return the first line of what a driver says. It may repeat any part of the URL."""
    lines = str(error).strip().splitlines() or ["closed"]
    return blanked(lines[0], secrets_in(url.render_as_string(hide_password=False)))


def _refuse_network(path: Path, mounts: str | None = None) -> None:
    if mounts is None:
        mounts = _MOUNTS.read_text() if _MOUNTS.exists() else ""
    place = path.expanduser().absolute()
    holding = ("", "")
    for line in mounts.splitlines():
        _, mount, kind, *_ = line.split(" ")
        if place.is_relative_to(mount) and len(mount) >= len(holding[0]):
            holding = (mount, kind)
    if holding[1] in _NETWORK_FILE_SYSTEMS:
        raise JournalError(
            "{path} lies on a network file system ({kind}), where SQLite loses data: "
            "use a local disk, or PostgreSQL",
            path=path,
            kind=holding[1],
        )


def _never_make(_dialect: Any, _record: Any, arguments: list[Any], named: dict[str, Any]) -> None:
    """Open what is there: an empty file in the place of one that is away voids its log."""
    arguments[0] = f"{Path(arguments[0]).absolute().as_uri()}?mode=rw"
    named["uri"] = True


def _prepare_sqlite(connection: Any, _: object) -> None:
    # The driver's own guesses about transactions are switched off: `begin` is ours to send.
    connection.isolation_level = None
    cursor = connection.cursor()
    _use_log(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_log(cursor: sqlite3.Cursor) -> None:
    """Turn the file's write-ahead log on.

    Of two who do so at once SQLite refuses one without waiting, since both hold what the other
    needs: https://www.sqlite.org/rescode.html#busy. So it is tried until the usual wait is over.
    """
    end_s = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= end_s:
                raise
        time.sleep(_BUSY_PAUSE_S)


def _shrink_sqlite(connection: Any, _: object) -> None:
    """Let go of the pages read, up to 2 MB: the next commit of a collector outdates all of them."""
    if connection is not None:
        connection.execute("PRAGMA shrink_memory").close()


def _begin_sqlite(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
