"""One collector a journal: the lease, and why writers take turns at all."""

import threading
import time

import pytest
from sqlalchemy import create_engine, insert, text

from paser_command.journal import schema
from paser_command.journal.lease import Lease, LeaseLostError
from paser_command.journal.reader import Reader
from paser_command.journal.writer import Writer
from paser_command.records import built_in_kinds
from paser_command.times import now
from tests.records import flood


def test_the_lease_is_one_collector_s_at_a_time(opened):
    with Lease(opened()) as first, Lease(opened()) as second:
        assert first.take()
        assert not second.take()

    with Lease(opened()) as third:
        assert third.take()


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_lease_that_broke_with_its_connection_is_renewed_or_lost(opened, journal_url):
    with Lease(opened()) as first, Lease(opened()) as second:
        assert first.take()
        first.renew()
        _break(first, journal_url)
        first.renew()

        _break(first, journal_url)
        assert second.take()
        with pytest.raises(LeaseLostError):
            first.renew()


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_without_taking_turns_a_reader_misses_a_late_commit(journal):
    reader = Reader(journal)
    with journal.engine.begin() as late:
        _insert(late, 1, "late/1")
        with journal.engine.begin() as quick:
            _insert(quick, 2, "quick/1")
        page = reader.read(0)

    seen = [record.key for record in (*page.records, *reader.read(page.seq).records)]
    assert seen == ["quick/1"]
    reader.close()


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_taking_turns_a_reader_misses_nothing(opened, journal):
    reader = Reader(journal)
    quick = threading.Thread(target=Writer(opened(), now).append, args=([flood("quick/1")],))
    with journal.writing() as late:
        _insert(late, 1, "late/1")
        quick.start()
        _wait_for_the_lock(journal)
        page = reader.read(0)
    quick.join()

    seen = [record.key for record in (*page.records, *reader.read(page.seq).records)]
    assert seen == ["late/1", "quick/1"]
    reader.close()


def _insert(connection, seq, key):
    row = {"seq": seq, "at": 0, "received": 0, "kind": "report", "feed": "f", "key": key}
    body = built_in_kinds().encode(flood(key, received=0))
    connection.execute(insert(schema.journal), row | {"body": body})
    batch = {"first_seq": seq, "last_seq": seq, "received": 0, "digest": b""}
    connection.execute(insert(schema.batch), batch)


def _wait_for_the_lock(journal):
    """Wait until somebody waits for the write lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    deadline_s = time.monotonic() + 30
    while True:
        with journal.engine.connect() as connection:
            if connection.execute(waiting).scalar():
                return
        assert time.monotonic() < deadline_s


def _break(lease, url):
    """End the lease's session as a cut cable or a restarted server does."""
    pid = lease._connection.execute(text("SELECT pg_backend_pid()")).scalar()
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({pid})"))
    engine.dispose()
