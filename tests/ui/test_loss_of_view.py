"""What cannot be seen is never drawn as calm: each loss is told on every window, and taken back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from paser_command.errors import JournalError, JournalReplacedError, Words
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.picture.model import BUILT_IN_PARTS
from paser_command.picture.part import Part
from paser_command.picture.picture import Picture
from paser_command.records import FeedState, Report, Unknown
from paser_command.session.session import Session
from paser_command.session.tail import Reloaded
from paser_command.session.view import Progress, View, ViewState
from paser_command.times import SECOND, now
from paser_map.export.saving import _mode_word
from paser_ui.bridge import Bridge
from paser_ui.collector_process import Phase, ProcessState
from tests.locked import read_locked
from tests.postgres import stopped
from tests.records import flood
from tests.ui.city import NOON, FakeSession, a_feed, the_picture
from tests.ui.frames import frame_of
from tests.ui.reading import words_of
from tests.waiting import until

DISK = JournalError(
    "journal {where}: {reason}",
    where="sqlite:///x",
    reason=Words("the disk reports an error: look at the system's log"),
)
LOST = (
    View(state=ViewState.LOADING, since=NOON, age_s=9.0, progress=Progress(50, 200)),
    View(state=ViewState.NOT_CURRENT, since=NOON - 12 * SECOND, age_s=12.0),
    View(state=ViewState.UNREADABLE, since=NOON - 12 * SECOND, age_s=12.0, reason=DISK),
)
HEADLINES = {
    "id": ("Memuat", "Tidak mutakhir sejak 14.03.15 (12 dtk)", "Tidak terbaca sejak 14.03.15"),
    "en": ("Loading", "Not current since 14:03:15 (12 s)", "Unreadable since 14:03:15 (12 s)"),
}
CALM = ("LIVE", "LANGSUNG", "Nothing waits", "Tidak ada yang menunggu")


def ticked(front, times=3):
    """Have the windows of a console brought up to date."""
    bridge = Bridge(front.desk, front.panels.all)
    bridge.on_tick.append(front.tick)
    for _ in range(times):
        bridge.tick()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("view", LOST, ids=lambda view: view.state)
@pytest.mark.parametrize("picture", [Picture, the_picture], ids=["empty", "bad day"])
def test_no_text_of_a_window_says_calm_while_now_cannot_be_seen(
    open_front, view, language, picture
):
    front = open_front(FakeSession(picture()), language=language)
    front.desk.session.view = front.desk.session.live_view = view

    ticked(front)
    words = words_of(front.window)

    assert [calm for calm in CALM if calm in words] == []
    assert HEADLINES[language][LOST.index(view)] in words
    assert front.window.strip.word.isVisible()


def test_the_calm_words_are_those_that_are_said_while_all_is_well(open_front):
    told = []
    for language in ("id", "en"):
        front = open_front(FakeSession(Picture()), language=language)
        ticked(front)
        told.append(words_of(front.window))

    assert [calm for calm in CALM if calm not in "\n".join(told)] == []


def test_a_replay_keeps_its_own_word_and_the_strip_says_that_now_is_lost(open_front):
    session = FakeSession(the_picture())
    front = open_front(session, language="en")
    session.seek(NOON - 60 * SECOND)
    session.live_view = LOST[1]

    ticked(front)

    assert front.window.status.mode.text() == "PAUSED · as known"
    assert front.window.strip.word.text() == "NOT CURRENT · CRITICAL"
    assert all(host.veil.isHidden() for host in front.panels.all() if host.isVisible())


def test_counts_of_old_are_grey_and_say_of_when(open_front):
    session = FakeSession(the_picture())
    front = open_front(session, language="en")
    session.view = session.live_view = LOST[1]

    ticked(front)

    status = front.window.status
    assert all(shown.old for shown in status.counts.values())
    assert (status.age.isVisible(), status.age.text()) == (True, "as of 14:03:15")


def test_before_the_first_picture_no_count_is_nought(open_front):
    session = FakeSession(Picture())
    front = open_front(session, language="en")
    session.view = session.live_view = LOST[0]

    ticked(front)

    assert {shown.shown for shown in front.window.status.counts.values()} == {"–"}
    assert front.window.status.feeds.text() == "Feeds –"


def test_what_is_sought_for_a_moment_only_does_not_flicker(open_front):
    session = FakeSession(the_picture())
    front = open_front(session)
    ticked(front)
    session.view = View(state=ViewState.LOADING, since=NOON, age_s=0.2)

    ticked(front)
    young = [host.veil.isVisible() for host in front.panels.all() if host.isVisible()]
    session.view = View(state=ViewState.LOADING, since=NOON, age_s=0.7)
    ticked(front)
    old = [host.veil.isVisible() for host in front.panels.all() if host.isVisible()]

    assert not any(young)
    assert all(old)


def test_a_page_made_of_a_map_does_not_say_live(open_front):
    session = FakeSession(the_picture())
    front = open_front(session, language="en")
    frame = frame_of(next(iter(front.panels.all())))

    assert _mode_word(frame, front.desk.language) == "Live"
    assert _mode_word(_old(frame), front.desk.language) == "Not current"


def _old(frame):
    return msgspec.structs.replace(frame, current=False)


# What else is told


def unknown(seq, *, damaged):
    return Unknown(
        feed="x", key="x/1", at=NOON, received=NOON, name="lain", seq=seq, body=b"", damaged=damaged
    )


def test_records_that_cannot_be_shown_are_one_notice_in_a_replay_too(open_front):
    session = FakeSession(Picture())
    front = open_front(session, language="en")
    for seq in (3, 4, 5):
        session.picture.apply(unknown(seq, damaged=False))
    session.picture.apply(unknown(17, damaged=True))

    ticked(front)
    live = front.window.banner.told()
    session.seek(NOON - SECOND)
    ticked(front)

    assert live == [
        "3 records of a newer program are not shown: update this console. "
        "Record 17 cannot be read: run paser-command journal verify."
    ]
    assert front.window.banner.told() == live


def test_a_journal_that_was_set_back_is_told_until_somebody_read_it(open_front):
    session = FakeSession(Picture())
    front = open_front(session, language="en")
    session.reloaded = Reloaded(
        NOON, JournalReplacedError("the file {path} is another one", path="x")
    )

    ticked(front)
    told = front.window.banner.told()
    front.window.banner.findChild(object, "bannerClose").click()
    ticked(front)

    assert len(told) == 1
    assert "read anew at 14:03:27: the file x is another one" in told[0]
    assert front.window.banner.told() == []


class Failing(Part):
    """A plugin's part that folds nothing."""

    name = "laporan.part"
    tables = ("laporan.laporan",)
    kinds = (Report,)

    def table(self, name: str) -> Mapping[str, Any]:
        return {}

    def fold(self, record: Report) -> None:
        raise ValueError(record.key)


def test_a_part_of_a_plugin_that_stands_still_is_told(open_front):
    session = FakeSession(Picture(parts=(*BUILT_IN_PARTS, Failing)))
    front = open_front(session, language="id")
    session.picture.apply(flood())

    ticked(front)

    (told,) = front.window.banner.told()
    assert told.startswith("Berhenti sejak gagal: laporan.part.")


def test_charts_that_cannot_be_read_are_told(open_front):
    session = FakeSession(Picture())
    front = open_front(session, language="en")
    session.query_fault = JournalError("it takes too long")

    ticked(front)

    assert front.window.banner.told() == [
        "Charts and trails cannot be read: it takes too long. They stay as they were."
    ]


def test_values_get_old_only_where_no_collector_is_heard(open_front):
    session = FakeSession(Picture())
    front = open_front(session, language="en")
    ended = ProcessState(Phase.WAITING, 2, 1, 4.0)

    front.window.show_process("The collector", ended)
    alone = front.window.banner.told()
    session.picture.apply(a_feed("bmkg", FeedState.LIVE))
    front.window.show_process("The collector", ended)
    beside_another = front.window.banner.told()
    session.wall += 60 * SECOND
    front.window.show_process("The collector", ended)

    assert "Values get old" in alone[0]
    assert beside_another == ["The collector ended (1) and is started again in 4.0 s."]
    assert "Values get old" in front.window.banner.told()[0]


# Real windows on a real journal


class Seen:
    """A console's windows, brought up to date as the bridge does."""

    def __init__(self, front):
        self.front = front
        self._bridge = Bridge(front.desk, front.panels.all)
        self._bridge.on_tick.append(front.tick)

    @property
    def mode(self):
        return self.front.window.status.mode.text()

    def until(self, met):
        def ticked():
            self._bridge.tick()
            return met()

        until(ticked)

    def until_live(self):
        self.until(lambda: self.mode == "LIVE" and self.front.window.strip.word.text() != "")

    def until_lost(self):
        """Wait until each place says it; return what the window says then."""
        window = self.front.window

        def lost():
            words = ("NOT CURRENT", "UNREADABLE")
            hosts = [host for host in self.front.panels.all() if host.isVisible()]
            places = (self.mode, window.strip.word.text())
            return all(place.startswith(words) for place in places) and all(
                host.veil.isVisible() for host in hosts
            )

        self.until(lost)
        return words_of(window)


@pytest.fixture
def seen_on(open_front):
    """Return a function that shows a journal."""
    sessions = []

    def show(store):
        sessions.append(Session(store, who="Sari", seat="meja 2"))
        sessions[-1].start()
        seen = Seen(open_front(sessions[-1], language="en"))
        seen.until_live()
        return seen

    yield show
    for session in sessions:
        session.stop()


@pytest.fixture
def store(tmp_path):
    made = open_journal(sqlite_url(tmp_path / "journal.sqlite"), REAL)
    Writer(made, now).append([flood("warga/1")])
    yield made
    made.close()


def test_a_file_that_another_program_holds(store, seen_on):
    seen = seen_on(store)

    with read_locked(Path(store.engine.url.database)):
        words = seen.until_lost()

    seen.until_live()
    assert [calm for calm in CALM if calm in words] == []


def test_a_file_that_is_gone(store, seen_on):
    seen = seen_on(store)
    path = Path(store.engine.url.database)

    path.rename(path.with_name("away"))
    words = seen.until_lost()
    path.with_name("away").rename(path)

    seen.until_live()
    assert "is gone: put it back" in words


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("error", [RuntimeError("a bug"), SystemExit()], ids=["raises", "dies"])
def test_a_reader_that_is_no_more(store, seen_on, monkeypatch, error):
    seen = seen_on(store)

    def read(*_arguments):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(Reader, "read", read)
        words = seen.until_lost()

    seen.until_live()
    assert [calm for calm in CALM if calm in words] == []


@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_server_that_is_silent(postgres_server, journal, seen_on):
    Writer(journal, now).append([flood("warga/1")])
    seen = seen_on(journal)

    with stopped(postgres_server):
        words = seen.until_lost()

    seen.until_live()
    assert "does not answer" in words
