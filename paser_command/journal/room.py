"""Who works on a journal: connections, seats and versions, the lease, clocks, standbys."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection, text

from paser_command.journal.caller import PROGRAM, Called, called
from paser_command.journal.engine import told
from paser_command.journal.lock_file import lock_holder
from paser_command.journal.store import Journal
from paser_command.times import Instant


class Seat(msgspec.Struct, frozen=True):
    """A part of the program at a seat: how many connections it has, and since when.

    `clock_ms` is how far the server's clock is ahead of its machine's, in milliseconds. What the
    server does not say to our role, or a file's system cannot know, is None; `pid` is known of
    processes of this machine alone.
    """

    part: str
    seat: str | None
    version: str | None
    connections: int
    user: str | None = None
    address: str | None = None
    since: Instant | None = None
    clock_ms: int | None = None
    pid: int | None = None


class LeaseHeld(msgspec.Struct, frozen=True):
    """The collector's lease: at which seat, since when, until when if nobody renews it."""

    seat: str
    since: Instant | None = None
    expires: Instant | None = None
    over: bool = False


class Standby(msgspec.Struct, frozen=True):
    """A server that follows this one; `behind_bytes` is None where our role may not know."""

    name: str
    state: str | None
    sync: str | None
    behind_bytes: int | None


class Replication(msgspec.Struct, frozen=True):
    """Whether the server is a standby itself, whom it waits for at each commit, who follows it."""

    is_standby: bool
    waits_for: str
    standbys: tuple[Standby, ...]


class Room(msgspec.Struct, frozen=True):
    """All that is known of who works on a journal. A file has no replication."""

    seats: tuple[Seat, ...]
    lease: LeaseHeld | None
    replication: Replication | None


def room(store: Journal) -> Room:
    """Return who works on the journal now. Raises JournalError."""
    if not store.shared:
        holder = lock_holder(store)
        lease = LeaseHeld(holder.seat) if holder else None
        return Room(tuple(_at_the_file(store)), lease, None)
    with told(store.engine), store.engine.connect() as connection:
        return Room(tuple(_seats(connection)), _lease(connection), _replication(connection))


_SEATS = text(
    "SELECT application_name, usename, host(client_addr) AS address, count(*) AS connections, "
    "(extract(epoch FROM min(backend_start)) * 1000000)::bigint AS since FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "GROUP BY application_name, usename, client_addr ORDER BY application_name, address"
)
_LEASE = text(
    "SELECT seat, taken_at, until, "
    "until < (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS over "
    "FROM lease WHERE name = 'collector'"
)
_STATE = text(
    "SELECT pg_is_in_recovery() AS is_standby, "
    "current_setting('synchronous_standby_names') AS waits_for"
)
_STANDBYS = text(
    "SELECT application_name, state, sync_state, "
    "CASE WHEN pg_is_in_recovery() THEN NULL "
    "ELSE pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint END AS behind "
    "FROM pg_stat_replication ORDER BY application_name"
)


def _seats(connection: Connection) -> Iterator[Seat]:
    """Give the seats: the connections of one differ in what their clock's offset was."""
    found: dict[tuple[object, ...], Seat] = {}
    for row in connection.execute(_SEATS):
        name = called(row.application_name) or Called("", row.application_name, "", None)
        key = (name.part, name.seat, name.version, row.usename, row.address)
        before = found.get(key)
        since = min(filter(None, (row.since, before.since if before else None)), default=None)
        found[key] = Seat(
            part=name.part,
            seat=name.seat or None,
            version=name.version or None,
            connections=row.connections + (before.connections if before else 0),
            user=row.usename,
            address=row.address,
            since=since,
            clock_ms=name.clock_ms,
        )
    yield from found.values()


def _lease(connection: Connection) -> LeaseHeld | None:
    row = connection.execute(_LEASE).first()
    return None if row is None else LeaseHeld(row.seat, row.taken_at, row.until, row.over)


def _replication(connection: Connection) -> Replication:
    state = connection.execute(_STATE).one()
    standbys = (
        Standby(row.application_name, row.state, row.sync_state, row.behind)
        for row in connection.execute(_STANDBYS)
    )
    return Replication(state.is_standby, state.waits_for, tuple(standbys))


def _at_the_file(store: Journal) -> Iterator[Seat]:
    """Give the processes that have the file open, as far as this user may see them."""
    path = os.path.realpath(store.engine.url.database or "")
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda process: int(process.name)):
        if int(process.name) == os.getpid():
            continue
        try:
            opened = sum(os.readlink(file) == path for file in (process / "fd").iterdir())
            words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            # It ended meanwhile, or is another user's.
            continue
        if opened:
            yield Seat(_part(words), None, None, opened, pid=int(process.name))


def _part(words: list[str]) -> str:
    """Return which part of the program a command line is; what it runs where it is none."""
    if not any(PROGRAM in word or PROGRAM.replace("-", "_") in word for word in words):
        return Path(words[0]).name
    return "collector" if "collect" in words else "console"
