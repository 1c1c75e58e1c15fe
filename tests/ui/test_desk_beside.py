"""A window more shares all of the desk but its time, where it has its own."""

from paser_command.session.frames import Mode, Selection
from paser_command.times import HOUR
from tests.ui.city import NOON


def test_it_shares_selection_area_and_language(desk):
    beside = desk.beside()
    told = []
    beside.selection_changed.connect(lambda: told.append("selection"))
    beside.language_changed.connect(lambda: told.append("language"))

    beside.select(Selection("incident", "incident-1"))
    beside.speak("en")

    assert desk.selection == beside.selection == Selection("incident", "incident-1")
    assert desk.language.code == beside.language.code == "en"
    assert told == ["selection", "language"]


def test_it_is_moved_in_time_alone_once_it_takes_its_own(desk):
    beside = desk.beside()
    beside.take_time(True)

    beside.session.seek(NOON - HOUR)

    assert beside.own_time
    assert (beside.session.mode, desk.session.mode) == (Mode.PAUSED, Mode.LIVE)
    beside.take_time(False)


def test_with_the_others_again_its_own_session_ends(desk):
    beside = desk.beside()
    told = []
    beside.session_changed.connect(lambda: told.append(beside.session))
    beside.take_time(True)
    own = beside.session

    beside.take_time(False)

    assert told == [own, desk.session]
    assert not own.running
    assert desk.session.mode is Mode.LIVE


def test_the_desk_itself_has_the_common_time(desk):
    session = desk.session

    desk.take_time(True)

    assert desk.session is session
    assert not desk.own_time


def test_to_take_it_twice_is_to_take_it_once(desk):
    beside = desk.beside()
    beside.take_time(True)
    own = beside.session

    beside.take_time(True)

    assert beside.session is own
    beside.take_time(False)
