"""Whatever a network does between a console and PostgreSQL is noticed, and nothing is lost."""

import itertools
import threading
import time

import pytest
from sqlalchemy.engine import make_url

from paser_command.errors import JournalAwayError, JournalError
from paser_command.journal.doorbell import doorbell
from paser_command.journal.lease import Lease
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.session.session import Session
from paser_command.times import now
from paser_command.verbs.acknowledge import Acknowledge
from tests.patience import patient
from tests.proxy import Proxy
from tests.records import flood

NOTICED_WITHIN_S = 5.0
LONGEST_WAIT_S = 60.0

pytestmark = pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)


@pytest.fixture
def proxy(journal_url):
    with Proxy(make_url(journal_url).port or 0) as made:
        yield made


@pytest.fixture
def far(journal_url, proxy):
    """The test's journal behind the proxy, which is opened by whoever asks."""
    return make_url(journal_url).set(port=proxy.port).render_as_string(hide_password=False)


@pytest.fixture
def far_journal(far):
    journal = open_journal(far, REAL)
    yield journal
    journal.close()


def until(met, longest_s=LONGEST_WAIT_S):
    end_s = time.monotonic() + patient(longest_s)
    while not met():
        assert time.monotonic() < end_s, "it never came to that"
        time.sleep(0.02)


def noticed_s(act):
    """Return after how many seconds the act said that the journal is away."""
    began_s = time.monotonic()
    with pytest.raises(JournalAwayError) as caught:
        act()
    assert "no answer" in str(caught.value) or "does not answer" in str(caught.value)
    return time.monotonic() - began_s


def test_a_reader_notices_that_packets_vanish(far_journal, proxy):
    reader = Reader(far_journal)
    reader.head()

    with proxy.swallowing():
        assert noticed_s(reader.head) <= patient(NOTICED_WITHIN_S)

    until(lambda: _works(reader.head))
    reader.close()


def test_a_write_under_way_notices_that_packets_vanish(far_journal, proxy):
    def write():
        with far_journal.writing() as connection:
            proxy.swallow()
            connection.exec_driver_sql("SELECT 1")

    assert noticed_s(write) <= patient(NOTICED_WITHIN_S)
    proxy.flow()


def test_who_opens_a_journal_notices_that_packets_vanish(far, proxy):
    with proxy.swallowing():
        assert noticed_s(lambda: open_journal(far, REAL)) <= patient(NOTICED_WITHIN_S)


def test_a_session_says_that_it_sees_nothing_and_goes_on_afterwards(journal, far, proxy):
    session = Session(open_journal(far, REAL), who="Rina", seat="Meja 2")
    session.start()
    writer = Writer(journal, now)
    try:
        writer.append([flood("warga/1")])
        until(lambda: session.drain() and "warga/1" in session.live_picture.incidents)

        with proxy.swallowing():
            until(lambda: session.view.reason is not None, NOTICED_WITHIN_S)
            writer.append([flood("warga/2")])
        until(lambda: session.drain() and "warga/2" in session.live_picture.incidents)

        until(lambda: session.view.reason is None)
    finally:
        session.stop()


@pytest.mark.parametrize("loss", ["swallow", "refuse", "cut"])
def test_what_was_not_saved_is_saved_once_when_the_network_is_back(
    journal, far_journal, proxy, loss
):
    writer = Writer(far_journal, now)
    writer.append([flood("warga/0")])
    written = []

    def write():
        for number in itertools.count(1):
            while not _works(lambda key=f"warga/{number}": writer.append([flood(key)])):
                time.sleep(0.1)
            written.append(number)
            if done.is_set():
                return

    done = threading.Event()
    writing = threading.Thread(target=write)
    writing.start()
    getattr(proxy, loss)()
    time.sleep(1.0)
    proxy.flow()
    before = len(written)
    until(lambda: len(written) > before + 3)
    done.set()
    writing.join()

    reader = Reader(journal)
    keys = {record.key for record in reader.read(0).records}
    reader.close()
    assert {f"warga/{number}" for number in written} <= keys


def test_a_client_that_vanished_in_a_write_holds_nobody_up(journal, far_journal, proxy):
    writer = Writer(journal, now)
    vanishing = far_journal.writing()
    vanishing.__enter__()
    proxy.swallow()

    until(lambda: _works(lambda: writer.append([flood()])))

    proxy.flow()
    with pytest.raises(JournalError):
        vanishing.__exit__(None, None, None)


def test_a_slow_line_is_no_loss(journal, far_journal, proxy):
    Writer(journal, now).append([flood(f"warga/{n}", text="x" * 2_000) for n in range(200)])
    reader = Reader(far_journal)
    proxy.rate = 80_000

    page = reader.read(0)

    assert page.count == 200
    reader.close()


def test_over_a_long_line_the_picture_comes_and_acts_are_saved(journal, far, proxy):
    Writer(journal, now).append([flood("warga/1")])
    proxy.delay_s = 0.1
    session = Session(open_journal(far, REAL), who="Rina", seat="Meja 2")
    session.start()
    try:
        until(lambda: session.drain() and "warga/1" in session.live_picture.incidents)
        session.act(Acknowledge(), "warga/1")

        until(lambda: session.drain() and session.live_picture.incidents["warga/1"].acknowledged)
    finally:
        session.stop()


def test_the_bell_rings_again_after_its_line_was_dead(journal, far_journal, proxy):
    bell, writer = doorbell(far_journal), Writer(journal, now)
    reader = Reader(far_journal)
    bell.wait()
    with proxy.swallowing():
        noticed_s(reader.head)
    until(lambda: _works(reader.head))

    rung: list[int] = []
    until(lambda: bool(rung) or _rings(bell, writer, rung))

    bell.close()
    reader.close()


def test_a_lease_is_kept_though_the_line_was_dead_for_a_moment(journal, far_journal, proxy):
    with Lease(far_journal) as held, Lease(journal) as other:
        assert held.take()
        with proxy.swallowing():
            time.sleep(3.0)

        assert not other.take()
        writer = Writer(far_journal, now)
        until(lambda: _works(lambda: writer.append([flood()])))


def test_each_connection_made_anew_is_counted(far_journal, proxy):
    far_journal.facts()
    before = far_journal.connections

    proxy.cut()
    until(lambda: _works(far_journal.facts))

    assert far_journal.connections > before


def _works(act):
    try:
        act()
    except JournalError:
        return False
    return True


def _rings(bell, writer, rung):
    """Write while somebody waits for the bell; tell whether it rang."""
    began_s = time.monotonic()
    writer.append([flood()])
    bell.wait()
    if bell._connection is not None and time.monotonic() - began_s < patient(LONGEST_WAIT_S):
        rung.append(True)
    return bool(rung)
