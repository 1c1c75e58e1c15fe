"""Who waits for the journal wakes when somebody wrote, however that was done."""

import threading
import time

import pytest

from paser_command.journal import doorbell as doorbell_module
from paser_command.journal.doorbell import LONGEST_WAIT_S, doorbell, ticking
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.times import now
from tests.records import flood


@pytest.fixture
def bell(journal):
    made = doorbell(journal)
    yield made
    made.close()


def waits_s(bell, meanwhile=lambda: None):
    began_s = time.monotonic()
    meanwhile()
    bell.wait()
    return time.monotonic() - began_s


def test_it_rings_when_another_connection_has_written(journal_url, journal, monkeypatch):
    monkeypatch.setattr(doorbell_module, "LONGEST_WAIT_S", 120.0)
    bell, rung = doorbell(journal), threading.Event()
    other = open_journal(journal_url, REAL)
    writer = Writer(other, now)

    def wait_twice() -> None:
        # The first time it looks where things stand, or begins to listen.
        bell.wait()
        rung.set()
        bell.wait()
        bell.close()

    waiting = threading.Thread(target=wait_twice)
    waiting.start()
    while not rung.wait(0.1):
        writer.append([flood()])
    writer.append([flood("warga/2")])

    waiting.join(30)
    assert not waiting.is_alive()
    other.close()


def test_it_rings_after_a_while_though_nobody_wrote(bell):
    bell.wait()

    assert waits_s(bell) >= LONGEST_WAIT_S * 0.9


def test_one_that_rests_wakes_when_it_is_rung():
    bell = ticking()
    woken = threading.Event()

    def rest():
        bell.sleep()
        woken.set()

    threading.Thread(target=rest, daemon=True).start()

    early = woken.wait(0.2)
    bell.ring()

    assert not early
    assert woken.wait(30)
