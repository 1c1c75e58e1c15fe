"""A session: live and replay on one path, on both engines, and commands that are never lost."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import text

from paser_command.journal.writer import Writer
from paser_command.outbox import saving
from paser_command.outbox.ticket import TicketState
from paser_command.records import Position
from paser_command.session.frames import Mode, SeriesQuery, TrailQuery
from paser_command.session.session import Session
from paser_command.times import HOUR, MINUTE, SECOND, now
from paser_command.verbs.acknowledge import Acknowledge
from paser_command.verbs.note import AddNote
from tests.records import LEVEL, START, flood, level


@pytest.fixture
def session(opened):
    made = Session(opened(), who="sari", seat="meja 2")
    made.start()
    yield made
    made.stop()


def drained(session: Session, met: Callable[[], object]) -> bool:
    """Drain until the condition holds; tell whether the picture became another one."""
    deadline = time.monotonic() + 60
    seeked = False
    while not met():
        assert time.monotonic() < deadline
        seeked = session.drain().seeked or seeked
        time.sleep(0.005)
    return seeked


def test_what_is_written_is_seen(session, journal):
    Writer(journal, now).append([flood(), level(2.1)])

    drained(session, lambda: session.picture.incidents and session.picture.latest)

    assert session.mode is Mode.LIVE
    assert session.picture.latest[LEVEL].value == 2.1


def test_a_command_comes_back_through_the_journal(session, journal):
    Writer(journal, now).append([flood()])
    drained(session, lambda: session.picture.incidents)

    session.act(Acknowledge(), "warga/1")
    session.act(AddNote("perahu berangkat"), "warga/1")

    drained(session, lambda: session.picture.incidents["warga/1"].notes)
    incident = session.picture.incidents["warga/1"]
    assert (incident.acknowledged.who, incident.acknowledged.seat) == ("sari", "meja 2")


@pytest.mark.parametrize("text", [" ", "x" * 4_001, "\ud800"])
def test_what_is_no_note_is_refused_with_a_sentence(session, text):
    ticket = session.act(AddNote(text), "warga/1")

    assert ticket.state is TicketState.REFUSED
    assert ticket.error is not None


def test_back_in_time_hides_what_came_later_and_live_shows_it_again(session, journal, clock):
    writer = Writer(journal, clock)
    writer.append([flood("warga/1")])
    clock.instant += HOUR
    writer.append([flood("warga/2", START + HOUR)])
    drained(session, lambda: len(session.picture.incidents) == 2)

    session.seek(START + MINUTE)
    assert drained(session, lambda: list(session.picture.incidents) == ["warga/1"])
    assert len(session.live_picture.incidents) == 2
    assert session.mode == Mode.PAUSED.value
    assert session.now() == START + MINUTE

    session.live()
    assert drained(session, lambda: len(session.picture.incidents) == 2)
    assert session.mode is Mode.LIVE


def test_what_is_new_breaks_through_a_replay(session, journal):
    Writer(journal, now).append([flood("warga/1")])
    drained(session, lambda: session.picture.incidents)
    session.pause()
    drained(session, lambda: session.picture is not session.live_picture)

    Writer(journal, now).append([flood("warga/2")])

    drained(session, lambda: len(session.live_picture.incidents) == 2)
    assert list(session.picture.incidents) == ["warga/1"]


def test_playing_reaches_what_comes_and_ends_live(session, journal):
    begin = now() - 10 * SECOND
    instants = iter([begin, begin + 5 * SECOND])
    writer = Writer(journal, lambda: next(instants))
    writer.append([flood("warga/1", begin)])
    writer.append([flood("warga/2", begin)])
    drained(session, lambda: len(session.picture.incidents) == 2)
    session.seek(begin + SECOND)
    drained(session, lambda: list(session.picture.incidents) == ["warga/1"])

    session.play(4.0)

    assert not drained(session, lambda: len(session.picture.incidents) == 2)
    drained(session, lambda: session.mode is Mode.LIVE)


def test_series_are_answered_and_the_past_hides_the_future(session, journal, clock):
    clock.instant = START + HOUR
    numbers = [level(float(n), START + n * SECOND) for n in range(600)]
    Writer(journal, clock).append(numbers)
    query = SeriesQuery(LEVEL, START, START + 599 * SECOND, 100)

    session.ask("chart", [query])
    drained(session, lambda: session.series("chart"))

    answer = session.series("chart")[LEVEL]
    assert (answer.value[0], answer.value[-1]) == (0.0, 599.0)
    assert len(answer.at) <= 600

    session.seek(START + MINUTE)
    session.ask("chart", [query])
    drained(session, lambda: len(session.series("chart")[LEVEL].at) == 0)


def test_what_was_answered_to_one_who_asks_no_more_is_let_go(session, journal, clock):
    clock.instant = START + HOUR
    Writer(journal, clock).append([level(1.0, START)])
    query = SeriesQuery(LEVEL, START, START + MINUTE, 10)
    for owner in ("chart", "other"):
        session.ask(owner, [query])
        session.ask_trails(owner, TrailQuery(("satuan/perahu",), START, START + MINUTE))
    drained(session, lambda: session.series("chart") and session.series("other"))

    session.ask("chart", [query])
    session.forget("chart")

    drained(session, lambda: not session.series("chart") and not session.trails("chart"))
    assert session.series("other")


def test_a_replay_s_trails_hide_what_came_later(session, journal, clock):
    def boat(at, lon):
        return Position(feed="satuan", key="satuan/perahu", at=at, lon=lon, lat=-1.9)

    def lons():
        trail = session.trails("map").get("satuan/perahu")
        return trail.lon.tolist() if trail else []

    writer = Writer(journal, clock)
    writer.append([boat(START, 116.1)])
    clock.instant += HOUR
    writer.append([boat(START + 30 * MINUTE, 116.2)])
    drained(session, lambda: "satuan/perahu" in session.picture.units)
    query = TrailQuery(("satuan/perahu",), START - HOUR, START + 2 * HOUR)

    session.ask_trails("map", query)
    drained(session, lambda: lons() == [116.1, 116.2])
    session.seek(START + MINUTE)
    session.ask_trails("map", query)

    drained(session, lambda: lons() == [116.1])


def test_activity_counts_by_severity(session, journal, clock):
    Writer(journal, clock).append([flood(), flood("warga/2"), level(2.1)])

    session.ask_activity(START - HOUR, START + HOUR)
    drained(session, lambda: session.activity is not None)

    assert session.activity.counts.sum(axis=0).tolist() == [1, 0, 0, 2, 0]


def test_a_journal_that_is_away_is_said_and_comes_back(opened, monkeypatch, caplog):
    monkeypatch.setattr("paser_command.session.tail.RETRY_S", 0.02)
    monkeypatch.setattr(saving, "RETRY_S", 0.02)
    store = opened()
    session = Session(store, who="sari", seat="2")
    _rename(store, "journal", "hidden")
    session.start()
    drained(session, lambda: session.view.reason)
    session.act(Acknowledge(), "warga/1")
    drained(session, lambda: session.command_fault)

    _rename(store, "hidden", "journal")
    drained(session, lambda: session.view.current and not session.command_fault)
    drained(session, lambda: session.picture.acts("warga/1"))
    session.stop()

    errors = [line.message for line in caplog.records if line.levelname == "ERROR"]
    assert len(errors) == 2


def _rename(store, old, new):
    with store.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_a_session_beside_looks_back_while_the_other_stays_at_now(session, journal, clock):
    writer = Writer(journal, clock)
    writer.append([flood("warga/1")])
    clock.instant += HOUR
    writer.append([flood("warga/2", START + HOUR)])
    drained(session, lambda: len(session.picture.incidents) == 2)
    beside = session.beside()

    beside.seek(START + MINUTE)
    drained(session, lambda: beside.drain() and "warga/2" not in beside.picture.incidents)

    assert set(beside.picture.incidents) == {"warga/1"}
    assert set(session.picture.incidents) == {"warga/1", "warga/2"}
    assert beside.live_picture is session.live_picture
    beside.stop()


def test_a_session_beside_shows_at_once_what_comes_now(session, journal):
    beside = session.beside()

    Writer(journal, now).append([flood("warga/1")])
    changed = drained_beside(session, beside)

    assert changed
    assert beside.picture is session.picture
    beside.stop()


def test_what_is_done_in_a_session_beside_comes_to_the_other(session, journal):
    Writer(journal, now).append([flood()])
    beside = session.beside()

    beside.act(Acknowledge(), "warga/1")

    drained(session, lambda: session.picture.incidents and _taken(session))
    beside.stop()


def drained_beside(session, beside):
    """Drain both until the one beside has an incident; tell whether it said that it changed."""
    changed = []

    def met():
        changed.append(beside.drain().changed)
        return beside.picture.incidents

    drained(session, met)
    return any(changed)


def _taken(session):
    return session.picture.incidents["warga/1"].acknowledged is not None
