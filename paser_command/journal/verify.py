"""Checking a journal: is everything there, unchanged, and does it add up?"""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from paser_command.errors import JournalError, Words
from paser_command.journal.checks.activity import Counted
from paser_command.journal.checks.audit import check_audit
from paser_command.journal.checks.finding import Finding
from paser_command.journal.checks.keyframes import check_chunks, check_keyframes
from paser_command.journal.checks.line import check_line
from paser_command.journal.checks.rollups import check_rollups
from paser_command.journal.checks.states import check_states, deleted_until
from paser_command.journal.checks.tables import check_file, check_tables, engine_error
from paser_command.journal.engine import told
from paser_command.journal.store import Journal
from paser_command.times import Instant
from paser_command.times import now as system_now

Check = Callable[[], Iterator[Finding]]


def verify(store: Journal, now: Instant | None = None) -> Iterator[Finding]:
    """Give all that is wrong with the journal; nothing where it is sound.

    Looks at one snapshot: what is written meanwhile is left aside. Memory does not grow with the
    journal. A part that is too damaged to be read is a finding, and the others are looked at.
    """
    moment = system_now() if now is None else now
    with told(store.engine), store.engine.connect() as connection:
        if store.shared:
            connection.execution_options(isolation_level="REPEATABLE READ")
        for name, check in _checks(store, connection, moment):
            yield from _guarded(name, check, connection)
        yield from _guarded("keyframes", lambda: check_keyframes(store), connection)


def _checks(store: Journal, connection: Connection, now: Instant) -> Iterator[tuple[str, Check]]:
    counted = Counted()
    kinds = store.model.kinds
    if not store.shared:
        yield "sqlite", lambda: check_file(connection)
    yield "schema", lambda: check_tables(connection, shared=store.shared)
    yield "records", lambda: check_line(connection, kinds, now, counted)
    yield "segments", lambda: check_states(connection, kinds)
    yield "audit", lambda: check_audit(connection)
    yield "activity", lambda: counted.check(connection, deleted_until(connection))
    yield "rollups", lambda: check_rollups(connection, deleted_until(connection))
    yield "chunks", lambda: check_chunks(connection)


def _guarded(name: str, check: Check, connection: Connection) -> Iterator[Finding]:
    """Give what a check finds, and what kept it from looking on."""
    try:
        yield from check()
    except JournalError as error:
        connection.rollback()
        yield Finding(name, Words(error.template, **error.facts))
    except Exception as error:  # noqa: BLE001 - what is damaged raises whatever it meets first
        connection.rollback()
        what = Words("cannot be checked to its end: {cause}", cause=engine_error(error))
        yield Finding(name, what)
