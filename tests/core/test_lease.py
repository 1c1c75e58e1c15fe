"""One collector a journal: the lease, and why writers take turns at all."""

import os
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import insert, select, text, update

from paser_command.journal import schema
from paser_command.journal.lease import Lease, LeaseLostError
from paser_command.journal.lock_file import LockHolder, lock_holder, lock_path
from paser_command.journal.reader import Reader
from paser_command.journal.server_lease import ServerLease
from paser_command.journal.store import no_fence
from paser_command.journal.writer import Writer
from paser_command.records import built_in_kinds
from paser_command.times import now
from tests import processes
from tests.records import flood


def test_the_lease_is_one_collector_s_at_a_time(opened):
    with Lease(opened()) as first, Lease(opened()) as second:
        assert first.take()
        assert not second.take()

    with Lease(opened()) as third:
        assert third.take()


def test_who_holds_the_lease_writes_and_others_write_too(opened):
    collector, console = opened(), opened()
    with Lease(collector) as lease:
        assert lease.take()

        Writer(collector, now).append([flood("warga/1")])
        written = Writer(console, now).append([flood("warga/2")])

    assert written.seq == 2


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_lease_outlives_its_connections(opened):
    first, second = opened(), opened()
    with Lease(first) as held, Lease(second) as other:
        assert held.take()
        _break_all(second)

        assert not other.take()
        Writer(first, now).append([flood()])


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_lease_that_nobody_renews_runs_out_and_the_write_after_it_fails(opened):
    first, second = opened(), opened()
    writer = Writer(first, now)
    with Lease(first) as vanished, Lease(second) as standby:
        assert vanished.take()
        _let_run_out(vanished)

        assert standby.take()
        with pytest.raises(LeaseLostError):
            writer.append([flood()])
        Writer(second, now).append([flood("warga/2")])

    reader = Reader(second)
    assert [record.key for record in reader.read(0).records] == ["warga/2"]
    reader.close()


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_lease_that_ran_out_and_that_nobody_took_is_renewed(opened):
    first, second = opened(), opened()
    with Lease(first) as held, Lease(second) as other:
        assert held.take()
        _let_run_out(held)
        assert held._kept.renew()

        assert not other.take()


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_write_under_way_ends_before_another_takes_the_lease(opened):
    first, second = opened(), opened()
    standby = Lease(second)
    with Lease(first) as held:
        assert held.take()
        _let_run_out(held)
        taking = threading.Thread(target=standby.take)
        with first.writing() as connection:
            taking.start()
            _wait_for_the_lock(second)
            _insert(connection, 1, "warga/1")
            holder = connection.execute(select(schema.lease.c.holder)).scalar()
        taking.join()

        assert isinstance(held._kept, ServerLease)
        assert holder == held._kept._holder.text()
        with pytest.raises(LeaseLostError), first.writing():
            pass
    standby.__exit__(None, None, None)


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_process_of_this_machine_that_was_killed_leaves_its_lease_at_once(opened, journal_url):
    script = (
        "from paser_command.journal.lease import Lease\n"
        "from paser_command.journal.store import open_journal\n"
        "import sys, time\n"
        "lease = Lease(open_journal(sys.argv[1]))\n"
        "print(lease.take(), flush=True)\n"
        "time.sleep(600)\n"
    )
    command = [sys.executable, "-c", script, journal_url]
    with Lease(opened()) as other:
        with processes.running(command, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "True\n"
            assert not other.take()

        assert other.take()


@pytest.mark.parametrize("journal_url", ["sqlite"], indirect=True)
def test_a_lock_file_that_was_removed_is_made_again(opened):
    first, second = opened(), opened()
    with Lease(first) as held, Lease(second) as other:
        assert held.take()
        lock_path(first).unlink()

        _until(lock_path(first).exists)

        assert not other.take()
        Writer(first, now).append([flood()])


@pytest.mark.parametrize("journal_url", ["sqlite"], indirect=True)
def test_of_two_that_hold_a_lock_one_goes_when_the_file_was_replaced(opened):
    first, second = opened(), opened()
    with Lease(first) as before, Lease(second) as after:
        assert before.take()
        lock_path(first).unlink()
        assert after.take() or lock_holder(first) is not None

        held = [lease for lease in (before, after) if _writes(lease)]

    assert len(held) == 1


@pytest.mark.parametrize("journal_url", ["sqlite"], indirect=True)
def test_the_lock_file_tells_who_holds_it(opened):
    journal = opened()
    before = lock_holder(journal)
    with Lease(journal) as lease:
        assert lease.take()
        during = lock_holder(journal)
    after = lock_holder(journal)

    assert (before, after) == (None, None)
    assert during == LockHolder(os.getpid(), journal.caller.seat)


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


def _let_run_out(lease):
    """Stop renewing, and let the time go by that the lease is valid for."""
    lease._ended.set()
    lease._thread.join()
    with lease._store.engine.begin() as connection:
        connection.execute(update(schema.lease).values(until=1))


def _writes(lease):
    """Tell whether the holder of the lease may write."""
    try:
        with lease._store.writing():
            return lease._store.fence is not no_fence
    except LeaseLostError:
        return False


def _break_all(journal):
    """End all other sessions, as a cut cable or a restarted server does."""
    others = text(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with journal.engine.connect() as connection:
        connection.execute(others)


def _until(met):
    deadline_s = time.monotonic() + 30
    while not met():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)
