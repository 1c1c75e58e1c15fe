"""What was picked belongs to its journal, and to look at a journal writes nothing into it."""

import msgspec

from paser_command.session.frames import Selection
from paser_command.times import SECOND
from paser_ui.settings import Settings
from tests.plugins.panel_kit import health
from tests.ui.city import NOON, FakeSession

PICKED = Selection("incident", "warga/1")


def test_a_selection_comes_back_on_its_own_journal(open_front):
    kept = open_front()
    kept.desk.select(PICKED)

    again = open_front(settings=kept.remembered())

    assert again.desk.selection == PICKED


def test_a_selection_of_an_exercise_is_none_on_another_journal(open_front):
    kept = open_front()
    kept.desk.select(PICKED)
    other = FakeSession()
    other.journal_id = "another"

    front = open_front(other, settings=kept.remembered())

    assert front.desk.selection == Selection()
    assert front.remembered().selection_of == "another"


def test_a_selection_of_an_older_file_belongs_to_no_journal(open_front):
    assert open_front(settings=Settings(selection=PICKED)).desk.selection == Selection()


def opened(open_front, *, heard):
    """Open a console at noon on a journal in which a feed was heard then; return what it said."""
    session = FakeSession()
    session.identity = msgspec.structs.replace(session.identity, since=NOON)
    session.live_picture.apply(health("sungai", received=heard))
    front = open_front(session)
    front.tick(True)
    front.tick(True)
    return [arguments["reason"] for _, _, arguments in session.commands]


def test_to_look_at_a_journal_that_nobody_fills_writes_nothing(open_front):
    assert opened(open_front, heard=NOON - SECOND) == []


def test_once_a_feed_is_heard_the_journal_has_what_the_console_began_with(open_front):
    assert opened(open_front, heard=NOON) == ["start"]
