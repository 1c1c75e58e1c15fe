"""What is drawn comes back through the journal: on every console, in a replay, after a restart."""

import time
from collections.abc import Callable

import pytest

from paser_command.journal.frames import Frames
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.verify import verify
from paser_command.outbox.ticket import TicketState
from paser_command.picture.drawing_change import Change, DrawnShape, Purpose
from paser_command.picture.picture import Reading
from paser_command.records import Command
from paser_command.session.session import Session
from paser_command.times import HOUR, MINUTE
from paser_command.verbs.draw import Draw
from paser_command.verbs.drawing import new_drawing
from paser_command.verbs.erase import Erase
from paser_command.verbs.redraw import Redraw
from tests.records import START

FENCE = Change(
    shape=DrawnShape.AREA,
    places=((116.1, -2.0), (116.3, -2.0), (116.3, -1.8)),
    name="Zona evakuasi",
    purpose=Purpose.GEOFENCE,
)


@pytest.fixture
def console(opened):
    """Opens a console on the test's journal, as often as is asked, and stops it at the end."""
    started: list[Session] = []

    def start(who: str = "sari") -> Session:
        session = Session(opened(), who=who, seat="meja 2")
        session.start()
        started.append(session)
        return session

    yield start
    for session in started:
        session.stop()


def until(session: Session, met: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not met():
        assert time.monotonic() < deadline
        session.drain()
        time.sleep(0.005)


def redraw(session: Session, key: str, name: str) -> None:
    session.act(Redraw(Change(shape=DrawnShape.AREA, name=name)), key)


def names(session: Session) -> list[str]:
    return [drawing.name for drawing in session.picture.drawings.values()]


def test_what_one_console_draws_the_other_shows(console):
    here, there = console("sari"), console("budi")

    here.act(Draw(FENCE), new_drawing())

    until(there, lambda: there.picture.drawings)
    (drawing,) = there.picture.drawings.values()
    assert (drawing.places, drawing.drawn_by) == (FENCE.places, "sari")


def test_two_who_change_one_drawing_see_the_same_and_the_journal_has_both(console, journal):
    here, there = console("sari"), console("budi")
    key = new_drawing()
    here.act(Draw(FENCE), key)
    until(there, lambda: there.picture.drawings)

    redraw(here, key, "A")
    redraw(there, key, "B")

    def both() -> bool:
        return sum(isinstance(record, Command) for _, record in all_records(journal)) == 3

    until(here, both)
    last = [r for _, r in sorted(all_records(journal)) if isinstance(r, Command)][-1]
    wanted = [last.arguments["name"]]
    until(here, lambda: names(here) == wanted)
    until(there, lambda: names(there) == wanted)
    assert not list(verify(journal))


def test_undo_and_redo_go_on_after_a_restart(console):
    first = console()
    key = new_drawing()
    first.act(Draw(FENCE), key)
    redraw(first, key, "Zona B")
    until(first, lambda: names(first) == ["Zona B"])
    assert first.undo()
    until(first, lambda: names(first) == ["Zona evakuasi"])

    again = console()
    until(again, lambda: names(again) == ["Zona evakuasi"])
    assert again.redo()
    until(again, lambda: names(again) == ["Zona B"])
    assert again.undo()
    until(again, lambda: names(again) == ["Zona evakuasi"])
    assert again.undo()
    until(again, lambda: not again.picture.drawings)

    assert not again.undo()


def test_nobody_undoes_at_another_seat(console):
    here, there = console("sari"), console("budi")
    here.act(Draw(FENCE), new_drawing())
    until(there, lambda: there.picture.drawings)

    assert not there.undo()


def test_a_replay_shows_what_was_erased_later(opened, clock):
    journal = opened()
    session = Session(opened(), who="sari", seat="meja 2", now=clock)
    session.start()
    key = new_drawing()
    session.act(Draw(FENCE), key)
    until(session, lambda: session.picture.drawings)
    clock.instant += HOUR
    session.act(Erase(), key)
    until(session, lambda: not session.picture.drawings)
    clock.instant += HOUR

    session.seek(START + MINUTE)
    until(session, lambda: session.picture.drawings)
    assert not session.live_picture.drawings
    session.seek(START + HOUR + MINUTE)
    until(session, lambda: not session.picture.drawings)
    session.stop()

    reader = Reader(journal)
    assert reader.picture(START + MINUTE, Reading.HAPPENED)[0].drawings
    assert not reader.picture(clock.instant, Reading.HAPPENED)[0].drawings
    reader.close()


def test_a_keyframe_of_drawings_is_their_fold(opened, clock, console):
    journal = opened()
    session = console()
    key = new_drawing()
    session.act(Draw(FENCE), key)
    redraw(session, key, "Zona B")
    until(session, lambda: names(session) == ["Zona B"])
    assert session.undo()
    until(session, lambda: names(session) == ["Zona evakuasi"])

    reader = Reader(journal)
    seq, received = reader.head()
    Frames(journal).keep(session.picture, seq, received)

    assert reader.picture(received)[0] == session.picture
    assert not list(verify(journal))
    reader.close()


def test_what_is_no_drawing_never_reaches_the_journal(console, journal):
    session = console()

    ticket = session.act(Draw(Change(shape=DrawnShape.AREA)), new_drawing())

    assert ticket.state is TicketState.REFUSED
    assert not list(all_records(journal))
