"""Loss of view is told: whoever asks learns how old the picture is, whatever hangs or died."""

import os
import shutil
import threading
from pathlib import Path

import pytest

from paser_command.errors import JournalError, JournalReplacedError
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture
from paser_command.session import tail as tail_module
from paser_command.session.clock import Clock
from paser_command.session.frames import Mode, SeriesQuery
from paser_command.session.intake import Intake
from paser_command.session.session import Session
from paser_command.session.tail import Handover, Tail
from paser_command.session.view import Progress, ViewState, Watch
from paser_command.times import HOUR, MINUTE, SECOND, now
from tests.locked import read_locked
from tests.postgres import stopped
from tests.records import LEVEL, START, flood, level
from tests.waiting import until

LONG_S = 1e9


class Seconds:
    """A monotonic clock that stands until the test moves it."""

    def __init__(self):
        self.s = 0.0

    def __call__(self):
        return self.s


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def watch(clock, seconds):
    return Watch(clock, seconds)


def view_of(watch, *, loaded=True, folded=None, waiting=False, alive=True):
    return watch.view(loaded=loaded, folded=folded, waiting=waiting, alive=alive)


@pytest.fixture
def session_of():
    """Return a function that starts a session on a journal."""
    made = []

    def start(store):
        made.append(Session(store, who="sari", seat="meja 2"))
        made[-1].start()
        return made[-1]

    yield start
    for session in made:
        session.stop()


def drained(session, met):
    """Drain until the condition holds."""
    until(lambda: session.drain() and met())


def is_lost(session):
    return session.live_view.state in (ViewState.NOT_CURRENT, ViewState.UNREADABLE)


# What the stamps say


def test_a_picture_is_current_for_two_seconds_after_the_head_was_read(watch, clock, seconds):
    watch.catch_up(watch.ask())
    watch.answered()

    seconds.s = 2.0
    young = view_of(watch)
    seconds.s = 2.1
    old = view_of(watch)

    assert young.state is ViewState.CURRENT
    assert (old.state, old.since) == (ViewState.NOT_CURRENT, clock.instant)
    assert old.age_s == pytest.approx(2.1)


def test_the_age_goes_on_though_the_system_s_clock_is_set_back(watch, clock, seconds):
    watch.catch_up(watch.ask())
    watch.answered()

    clock.instant -= 24 * HOUR
    seconds.s = 5.0

    assert view_of(watch).state is ViewState.NOT_CURRENT
    assert view_of(watch).age_s == pytest.approx(5.0)


def test_a_journal_that_was_asked_and_is_silent_is_the_reason(watch, seconds):
    watch.ask()
    seconds.s = 3.0

    assert "does not answer" in str(view_of(watch).reason)


def test_what_cannot_be_read_is_unreadable_until_it_can_be(watch):
    watch.fail(JournalError("disk I/O error"))
    failed = view_of(watch)
    watch.catch_up(watch.ask())
    watch.answered()

    assert (failed.state, str(failed.reason)) == (ViewState.UNREADABLE, "disk I/O error")
    assert view_of(watch).current


def test_before_the_first_picture_it_is_loading_and_says_how_far(watch):
    watch.fold(Progress(50, 200))

    view = view_of(watch, loaded=False)

    assert view.state is ViewState.LOADING
    assert (view.progress, view.progress.share) == (Progress(50, 200), 0.25)


def test_what_was_handed_over_and_is_not_folded_is_not_current(watch, seconds):
    head = watch.ask()
    watch.answered()
    seconds.s = 5.0
    watch.catch_up(watch.ask())
    watch.answered()

    view = view_of(watch, folded=head, waiting=True)

    assert (view.state, view.age_s) == (ViewState.NOT_CURRENT, 5.0)
    assert "catching up" in str(view.reason)


def test_a_thread_that_died_is_the_reason(watch, seconds):
    seconds.s = 3.0

    assert "ended" in str(view_of(watch, alive=False).reason)


# What a window folds in one turn


@pytest.fixture
def tail(journal, clock):
    return Tail(journal, Clock(clock), clock)


def reports_in(taken):
    assert taken.picture is not None
    return taken.picture.reports


def handed(tail, *handovers):
    for handover in handovers:
        tail.handovers.put(handover)


def test_a_large_handover_is_folded_in_slices_and_in_order(tail, seconds):
    def each_costs_a_millisecond():
        seconds.s += 0.001
        return seconds.s

    reports = tuple(flood(f"warga/{number}") for number in range(100))
    taken = Intake(tail, each_costs_a_millisecond)
    handed(tail, Handover(0, Picture()), Handover(0, None, reports))
    counts = []

    while taken.waiting:
        taken.take(0, seconds.s + 0.030)
        counts.append(len(reports_in(taken)))

    assert len(counts) >= 4
    assert counts == sorted(counts)
    assert max(after - before for before, after in zip([0, *counts], counts, strict=False)) <= 30
    assert list(reports_in(taken)) == [f"warga/{number}" for number in range(100)]


def test_a_jump_lets_go_of_what_was_not_folded_yet(tail, seconds):
    reports = tuple(flood(f"warga/{number}") for number in range(100))
    taken = Intake(tail, seconds)
    handed(tail, Handover(1, Picture()), Handover(1, None, reports))
    taken.take(1, -1.0)

    handed(tail, Handover(2, Picture(), (flood("warga/lain"),)))
    taken.take(2, LONG_S)

    assert list(reports_in(taken)) == ["warga/lain"]
    assert taken.is_loaded(2)
    assert not taken.is_loaded(1)


def test_a_record_that_cannot_be_folded_costs_that_record(tail, seconds, caplog):
    class Bad(Picture):
        def apply(self, record):
            if record.key == "warga/1":
                raise RuntimeError("a part of a plugin")
            super().apply(record)

    taken = Intake(tail, seconds)
    handed(tail, Handover(0, Bad(), tuple(flood(f"warga/{number}") for number in range(3))))

    taken.take(0, LONG_S)

    assert list(reports_in(taken)) == ["warga/0", "warga/2"]
    assert taken.unfolded == 1
    assert "a part of a plugin" in caplog.text


# The first picture


class Growing(Reader):
    """A reader behind whose back the journal grows faster than it reads."""

    writer: Writer
    reads = 0

    def read(self, after, until=None, page=10):
        Growing.reads += 1
        page = super().read(after, until, page)
        self.writer.append([flood(f"baru/{Growing.reads}/{one}") for one in range(20)])
        return page


def test_the_first_picture_comes_though_the_journal_grows_faster(journal, session_of, monkeypatch):
    writer = Writer(journal, now)
    writer.append([flood(f"warga/{number}") for number in range(35)])
    monkeypatch.setattr(Growing, "writer", writer, raising=False)
    monkeypatch.setattr(tail_module, "Reader", Growing)
    monkeypatch.setattr(tail_module, "SLICE", 10)

    session = session_of(journal)

    drained(session, lambda: "warga/34" in session.live_picture.reports)


def test_the_end_does_not_wait_for_a_fold(journal, monkeypatch):
    held = threading.Event()

    class Slow(Picture):
        def apply(self, record):
            held.wait(0.05)
            super().apply(record)

    Writer(journal, now).append([flood(f"warga/{number}") for number in range(5_000)])
    monkeypatch.setattr(Reader, "start", lambda self, last: (Slow(), 0))
    session = Session(journal, who="sari", seat="2")
    session.start()
    until(lambda: session._live.alive)

    session.stop()

    assert not session._live.alive


# What goes wrong with a thread


def test_a_reader_that_raises_anything_is_told_and_goes_on(
    journal, session_of, monkeypatch, caplog
):
    monkeypatch.setattr(tail_module, "RETRY_S", 0.05)
    session = session_of(journal)
    drained(session, lambda: session.live_view.current)
    read = Reader.read
    monkeypatch.setattr(Reader, "read", _raising(RuntimeError("a bug")))
    drained(session, lambda: is_lost(session))
    told = session.live_view

    monkeypatch.setattr(Reader, "read", read)
    drained(session, lambda: session.live_view.current)

    assert told.state is ViewState.UNREADABLE
    assert "RuntimeError: a bug" in str(told.reason)
    errors = [line for line in caplog.records if line.levelname == "ERROR"]
    assert len(errors) == 1
    assert errors[0].exc_info


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_reader_that_died_is_started_again(journal, session_of, monkeypatch):
    session = session_of(journal)
    drained(session, lambda: session.live_view.current)
    read = Reader.read
    monkeypatch.setattr(Reader, "read", _raising(SystemExit()))
    until(lambda: not session._live.alive)

    monkeypatch.setattr(Reader, "read", read)
    Writer(journal, now).append([flood()])

    drained(session, lambda: session.live_view.current and session.picture.reports)


def test_a_question_that_raises_is_told_and_the_next_is_answered(
    journal, session_of, clock, monkeypatch
):
    clock.instant = START + HOUR
    Writer(journal, clock).append([level(1.0, START)])
    session = session_of(journal)
    query = SeriesQuery(LEVEL, START, START + MINUTE, 10)
    series = "paser_command.session.queries.series"
    with monkeypatch.context() as patched:
        patched.setattr(series, _raising(RuntimeError("a bug")))
        session.ask("chart", [query])
        drained(session, lambda: session.query_fault)

    session.ask("chart", [query])
    drained(session, lambda: session.series("chart"))

    assert session.query_fault is None


def _raising(error):
    def raises(*_arguments, **_named):
        raise error

    return raises


# What goes wrong with the journal


@pytest.fixture
def sqlite_journal(tmp_path):
    store = open_journal(sqlite_url(tmp_path / "journal.sqlite"), REAL)
    Writer(store, now).append([flood("warga/1")])
    yield store
    store.close()


def file_of(store):
    return Path(store.engine.url.database)


def test_a_file_that_is_held_by_another_program_is_told_and_comes_back(sqlite_journal, session_of):
    session = session_of(sqlite_journal)
    drained(session, lambda: session.live_view.current)

    with read_locked(file_of(sqlite_journal)):
        drained(session, lambda: is_lost(session))
        since = session.live_view.since

    drained(session, lambda: session.live_view.current)
    assert since <= now()


def test_a_file_that_is_gone_is_told_and_comes_back(sqlite_journal, session_of):
    session = session_of(sqlite_journal)
    drained(session, lambda: session.live_view.current)
    path = file_of(sqlite_journal)

    path.rename(path.with_name("away"))
    drained(session, lambda: session.live_view.state is ViewState.UNREADABLE)
    told = str(session.live_view.reason)
    path.with_name("away").rename(path)
    drained(session, lambda: session.live_view.current)

    assert "is gone" in told
    assert session.reloaded is None


def test_another_file_in_its_place_is_read_anew_and_told(sqlite_journal, session_of, tmp_path):
    other = open_journal(sqlite_url(tmp_path / "other.sqlite"), REAL)
    Writer(other, now).append([flood("lain/1")])
    other.close()
    session = session_of(sqlite_journal)
    drained(session, lambda: "warga/1" in session.picture.reports)

    path = file_of(sqlite_journal)
    for beside in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        beside.unlink()
    os.replace(tmp_path / "other.sqlite", path)

    drained(session, lambda: session.live_view.current and session.reloaded)
    assert isinstance(session.reloaded.why, JournalReplacedError)
    assert list(session.picture.reports) == ["lain/1"]


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_server_that_does_not_answer_is_told_and_comes_back(journal, postgres_server, session_of):
    session = session_of(journal)
    drained(session, lambda: session.live_view.current)

    with stopped(postgres_server):
        drained(session, lambda: is_lost(session))
        told = str(session.live_view.reason)

    drained(session, lambda: session.live_view.current)
    assert "does not answer" in told


# A replay


def test_a_replay_says_that_its_picture_is_on_its_way(journal, session_of, clock):
    Writer(journal, clock).append([flood()])
    session = session_of(journal)
    drained(session, lambda: session.picture.reports)

    session.seek(START + SECOND)
    asked = session.view.state

    drained(session, lambda: session.view.current)
    assert asked is ViewState.LOADING
    assert session.mode is Mode.PAUSED


def test_a_moment_of_the_past_stays_true_while_now_is_lost(sqlite_journal, session_of):
    session = session_of(sqlite_journal)
    drained(session, lambda: session.live_view.current)
    session.pause()
    drained(session, lambda: session.view.current)

    path = file_of(sqlite_journal)
    shutil.move(path, path.with_name("away"))
    drained(session, lambda: is_lost(session))

    assert session.view.current
