"""The strip shows the most urgent thing that nobody took, and takes it with one press."""

import msgspec
import pytest
from PySide6.QtCore import Qt

from paser_command.errors import InputError
from paser_command.outbox.ticket import Ticket, Unsaved
from paser_command.records import Severity
from paser_command.session.frames import Mode, Selection
from paser_command.session.view import View, ViewState
from paser_command.times import MINUTE
from paser_command.verbs.verb import Lost
from paser_ui.alarms.strip import SEEN_S, AlarmStrip
from paser_ui.alarms.tallies import Tallies
from paser_ui.alarms.waiting import Waiting, key_of
from tests.ui.city import NOON, a_level_alarm, a_report, acknowledging, the_picture


def tally(picture):
    return Tallies().of(picture)


def top_key(picture):
    top: Waiting | None = tally(picture).top
    assert top is not None
    return key_of(top)


NOW = View(state=ViewState.CURRENT, since=NOON, age_s=0.0)


@pytest.fixture
def strip(desk, qtbot):
    made = AlarmStrip(desk)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def picture():
    return the_picture()


def test_the_highest_and_newest_is_on_top(picture):
    picture.apply(
        a_report(20, severity=Severity.CRITICAL, received=NOON, at=NOON, title="Kebakaran")
    )

    assert top_key(picture) == "incident-20"


def test_what_was_acknowledged_waits_no_more(picture):
    picture.apply(acknowledging("limit/sensor/kandilo"))

    counted = tally(picture)

    assert top_key(picture) == "incident-0"
    assert counted.standing[Severity.CRITICAL] == 2
    assert counted.waiting[Severity.CRITICAL] == 1


def test_a_closed_incident_is_not_counted(picture):
    before = tally(picture).standing[Severity.HIGH]
    report = a_report(1, closed=True, at=NOON, received=NOON)

    picture.apply(report)

    assert tally(picture).standing[Severity.HIGH] == before - 1


def test_an_alarm_that_went_by_itself_still_waits(strip, picture):
    picture.apply(acknowledging("incident-0"))
    picture.apply(a_level_alarm(raised=False, at=NOON, received=NOON))

    strip.show_tally(picture, tally(picture), NOW, past=False)

    assert "sudah normal kembali" in strip.detail.text()


def test_the_line_says_what_and_since_when(strip, picture):
    strip.show_tally(picture, tally(picture), NOW, past=False)

    assert strip.word.text() == "KRITIS"
    assert strip.line.text() == "Muka air Kandilo 3,42 m mencapai Siaga 1 (3,20 m)"
    assert strip.detail.text() == "sejak 14.01 · belum diakui · 3 lagi"


def test_taking_it_writes_a_command(strip, picture, session):
    strip.show_tally(picture, tally(picture), NOW, past=False)

    strip.acknowledge.click()

    assert session.commands == [("acknowledge", "limit/sensor/kandilo", {})]


class Seconds:
    at = 0.0

    def __call__(self):
        return self.at


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def timed(desk, qtbot, picture, seconds):
    """A strip that has shown the picture's top for as long as a person needs to read it."""
    made = AlarmStrip(desk, now_s=seconds)
    qtbot.addWidget(made)
    made.show_tally(picture, tally(picture), NOW, past=False)
    seconds.at += SEEN_S
    return made


def show_worse(strip, picture):
    picture.apply(a_report(21, severity=Severity.CRITICAL, received=NOON, at=NOON))
    strip.show_tally(picture, tally(picture), NOW, past=False)


def test_a_key_takes_what_stood_there_long_enough_to_be_read(timed, session):
    timed.take_by_key()

    assert session.commands == [("acknowledge", "limit/sensor/kandilo", {})]


def test_no_key_takes_what_came_under_the_finger(timed, picture, session, seconds):
    show_worse(timed, picture)
    seconds.at += SEEN_S - 0.01

    timed.take_by_key()
    early = list(session.commands)
    seconds.at += 0.01
    timed.take_by_key()

    assert early == []
    assert session.commands == [("acknowledge", "incident-21", {})]


def test_the_button_in_focus_takes_it_no_sooner(timed, picture, session, qtbot, seconds):
    show_worse(timed, picture)
    qtbot.keyClick(timed.acknowledge, Qt.Key.Key_Space)
    early = list(session.commands)
    seconds.at += SEEN_S

    qtbot.keyClick(timed.acknowledge, Qt.Key.Key_Space)

    assert early == []
    assert session.commands == [("acknowledge", "incident-21", {})]


def test_what_got_worse_is_another_thing_to_read(timed, picture, seconds):
    picture.apply(a_level_alarm(value=3.6, at=NOON, received=NOON))
    timed.show_tally(picture, tally(picture), NOW, past=False)
    same = timed.seen
    picture.apply(a_level_alarm(raised=False, at=NOON, received=NOON))
    picture.apply(acknowledging("incident-0"))

    timed.show_tally(picture, tally(picture), NOW, past=False)

    assert same
    assert not timed.seen


def test_in_the_past_it_says_that_it_is_live_and_is_taken_all_the_same(strip, picture, session):
    session.seek(NOON - MINUTE)
    strip.show_tally(picture, tally(picture), NOW, past=True)

    strip.take()

    assert strip.word.text() == "LANGSUNG · KRITIS"
    assert not strip.acknowledge.isHidden()
    assert session.commands == [("acknowledge", "limit/sensor/kandilo", {})]
    assert session.mode is Mode.PAUSED


def test_opening_it_in_the_past_goes_back_to_live_first(strip, picture, session, desk):
    session.seek(NOON - MINUTE)
    strip.show_tally(picture, tally(picture), NOW, past=True)

    strip.pick()

    assert session.mode is Mode.LIVE
    assert desk.selection == Selection("stream", "sensor/kandilo")


def test_opening_an_alarm_picks_its_stream(strip, picture, desk):
    strip.show_tally(picture, tally(picture), NOW, past=False)

    strip.open.click()

    assert desk.selection == Selection("stream", "sensor/kandilo")


def test_opening_an_incident_picks_it(strip, picture, desk):
    picture.apply(acknowledging("limit/sensor/kandilo"))
    strip.show_tally(picture, tally(picture), NOW, past=False)

    strip.pick()

    assert desk.selection == Selection("incident", "incident-0")


def test_a_calm_room_has_a_calm_strip(strip, picture, session):
    for key in ("limit/sensor/kandilo", *picture.incidents):
        picture.apply(acknowledging(key))

    strip.show_tally(picture, tally(picture), NOW, past=False)
    strip.take()

    assert strip.line.text() == "Tidak ada yang menunggu diakui"
    assert strip.acknowledge.isHidden()
    assert session.commands == []


def test_thousands_that_wait_are_counted(picture):
    for number in range(20_000):
        picture.apply(a_report(100 + number, at=NOON + MINUTE, received=NOON + MINUTE))

    assert tally(picture).more > 19_000


def test_the_strip_says_how_many_acts_are_being_saved_and_that_they_are_late(strip):
    strip.show_acts(Unsaved(2), ())
    first = strip.acts.text()
    strip.show_acts(Unsaved(2, late=True), ())

    assert (first, strip.acts.text()) == ("sedang disimpan (2)", "belum tersimpan (2)")
    assert not strip.acts.isHidden()


def test_the_strip_says_who_was_first_and_of_what(strip, session):
    session.live_picture = the_picture()
    lost = Lost("{who} ({seat}) acknowledged it at {time}", "Rina", "Meja 2", NOON)

    strip.show_acts(Unsaved(), (Ticket("acknowledge", "incident-0", lost=lost),))

    assert strip.acts.text() == (
        "Rina (Meja 2) sudah mengakuinya pukul 14.03 · Banjir Tanah Grogot · Jl. RM Noto Sunardi"
    )


def test_a_refusal_in_a_panel_is_said_there_and_that_of_the_strip_here(strip, picture, session):
    refused = Ticket("note", "incident-0", error=InputError("no"))
    strip.show_acts(Unsaved(), (refused,))
    there = strip.acts.isHidden()
    session.refused = refused
    strip.show_tally(picture, tally(picture), NOW, past=False)
    strip.take()
    strip.show_acts(Unsaved(), (refused,))

    assert there
    assert strip.acts.text().startswith("no")
    assert strip.detail.isHidden()


def test_while_all_is_saved_the_strip_says_nothing_of_it(strip):
    strip.show_acts(Unsaved(1), ())
    strip.show_acts(Unsaved(), ())

    assert strip.acts.isHidden()


def test_an_alarm_of_a_station_whose_name_nobody_can_see_shows_its_key(strip, picture):
    stream = picture.streams["sensor/kandilo"]
    picture.apply(msgspec.structs.replace(stream, name="\u200b"))

    strip.show_tally(picture, tally(picture), NOW, past=False)

    assert strip.line.text().startswith("sensor/kandilo 3,42 m")
