"""`journal room` tells who works on a journal: seats, versions, the lease, standbys."""

import os
import subprocess
import sys

import pytest

from paser_command import __version__
from paser_command.journal.caller import Caller, called
from paser_command.journal.lease import Lease
from paser_command.journal.room import room
from paser_command.journal.store import REAL, open_journal
from tests import processes
from tests.command_line import run

POSTGRESQL = pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
SQLITE = pytest.mark.parametrize("journal_url", ["sqlite"], indirect=True)


@POSTGRESQL
def test_the_server_tells_seats_and_versions_by_the_names_of_connections(journal, journal_url):
    desk = open_journal(journal_url, REAL, caller=Caller("console", "Meja 2"))
    # The pool keeps one, which is asked again.
    desk.facts()

    [seat] = [seat for seat in room(journal).seats if seat.part == "console"]

    desk.close()
    assert (seat.seat, seat.version, seat.connections) == ("Meja 2", __version__, 1)
    assert seat.address == "127.0.0.1"
    assert seat.clock_ms is not None
    assert abs(seat.clock_ms) < 60_000


@POSTGRESQL
def test_who_holds_the_lease_is_told(journal, journal_url):
    before = room(journal).lease
    collecting = open_journal(journal_url, REAL, caller=Caller("collector", "Meja 3"))
    with Lease(collecting) as lease:
        assert lease.take()
        held = room(journal).lease
    collecting.close()

    assert before is None
    assert held is not None
    assert (held.seat, held.over) == ("Meja 3", False)


@POSTGRESQL
def test_a_server_without_standbys_says_so(journal):
    replication = room(journal).replication

    assert replication is not None
    assert not replication.is_standby
    assert replication.standbys == ()


@SQLITE
def test_of_a_file_the_processes_are_known_that_have_it_open(journal, journal_url):
    script = (
        "import sys, time; from paser_command.journal.store import open_journal; "
        "journal = open_journal(sys.argv[1]); c = journal.engine.connect(); "
        "print('open', flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", script, journal_url]
    with processes.running(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        found = room(journal)

    assert other.pid in [seat.pid for seat in found.seats]
    assert found.replication is None


@SQLITE
def test_the_lease_on_a_file_is_told(journal):
    with Lease(journal) as lease:
        assert lease.take()
        held = room(journal).lease

    assert held is not None
    assert held.seat == journal.caller.seat


def test_the_command_tells_it_in_words_and_in_json(journal, journal_url, tmp_path):
    with Lease(journal) as lease:
        assert lease.take()
        told = run(tmp_path, "journal", "room", "--journal", journal_url)
        value = run(tmp_path, "journal", "room", "--journal", journal_url, "--json").json

    assert f"{journal.caller.seat} collects" in told.out
    assert value["lease"]["seat"] == journal.caller.seat
    assert value["seats"]
    assert str(os.getpid()) in told.out or "command" in told.out


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (f"paser-command {__version__} console Meja 2 +12ms", (__version__, "Meja 2", 12)),
        ("paser-command 0.2.0 collector srv -5000ms", ("0.2.0", "srv", -5000)),
        ("paser-command 0.1.0 console Meja 2", ("0.1.0", "Meja 2", None)),
        ("psql", None),
        ("", None),
    ],
)
def test_a_connection_s_name_is_read_again(name, told):
    found = called(name)

    assert (found and (found.version, found.seat, found.clock_ms)) == told


def test_a_connection_s_name_fits_with_its_offset():
    name = Caller("collector", "Meja ke-dua di ruang siaga é " * 4).name

    assert name.isascii()
    assert len(name + " +999999999ms") <= 63
