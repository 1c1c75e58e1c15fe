"""`journal room` and `journal grants`: who works on a journal, and who may."""

from argparse import Namespace
from collections.abc import Iterator

from paser_command.cli.journals import opened_journal
from paser_command.cli.output import language, say, wire
from paser_command.journal.grants import Role, grants
from paser_command.journal.room import LeaseHeld, Replication, Room, Seat, room
from paser_command.times import iso


def show_room(options: Namespace) -> int:
    """Print who works on the journal, who holds the lease, and how it is replicated."""
    with opened_journal(options) as journal:
        found, where = room(journal), journal.where
    say({"journal": where, **wire(found)}, _lines(where, found), as_json=options.json)
    return 0


def show_grants(options: Namespace) -> int:
    """Print the SQL that gives a role its rights."""
    with opened_journal(options) as journal:
        statements = list(grants(journal, Role(options.role), options.name))
    value = {"role": options.role, "name": options.name, "sql": statements}
    say(value, statements, as_json=options.json)
    return 0


def _lines(where: str, found: Room) -> Iterator[str]:
    tr = language().tr
    yield tr("{journal}: {n} parts work on it", journal=where, n=len(found.seats))
    yield from (f"  {_seat_line(seat)}" for seat in found.seats)
    yield _lease_line(found.lease)
    if found.replication is not None:
        yield from _replication_lines(found.replication)


def _seat_line(seat: Seat) -> str:
    tr = language().tr
    facts = (
        seat.part,
        seat.seat,
        seat.version,
        seat.user,
        seat.address,
        None if seat.pid is None else f"pid {seat.pid}",
        tr("connections: {n}", n=seat.connections),
        None if seat.since is None else tr("since {time}", time=iso(seat.since)),
        None if seat.clock_ms is None else tr("server's clock {ms} ms", ms=f"{seat.clock_ms:+d}"),
    )
    return " · ".join(fact for fact in facts if fact)


def _lease_line(lease: LeaseHeld | None) -> str:
    tr = language().tr
    if lease is None:
        return tr("nobody collects")
    if lease.since is None or lease.expires is None:
        return tr("{seat} collects", seat=lease.seat)
    if lease.over:
        return tr("{seat} collected until {time}", seat=lease.seat, time=iso(lease.expires))
    return tr("{seat} collects since {time}", seat=lease.seat, time=iso(lease.since))


def _replication_lines(replication: Replication) -> Iterator[str]:
    tr = language().tr
    if replication.is_standby:
        yield tr("this server is a standby: it takes no writes")
    for standby in replication.standbys:
        behind = "?" if standby.behind_bytes is None else standby.behind_bytes
        yield tr(
            "standby {name}: {state}, {sync}, {n} bytes behind",
            name=standby.name,
            state=standby.state or "?",
            sync=standby.sync or "?",
            n=behind,
        )
    if replication.standbys and not replication.waits_for:
        yield tr("no commit waits for a standby: what it lacks is lost when it takes over")
