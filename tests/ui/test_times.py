"""Times by number: two windows share one, each lasts as long as somebody is in it."""

import pytest
from PySide6.QtWidgets import QMenu

from paser_command.session.frames import Mode
from paser_command.times import HOUR
from paser_command.workspaces.definition import Page
from paser_ui.times import COMMON, time_name
from paser_ui.windows.page import PageView
from tests.ui.city import NOON


@pytest.fixture
def desks(desk):
    return [desk.beside() for _ in range(3)]


def test_two_desks_of_one_time_share_its_clock_and_the_third_stays_live(desk, desks):
    one, two, three = desks
    one.join_time(1)
    two.join_time(1)

    one.session.seek(NOON - HOUR)

    assert two.session is one.session
    assert (two.session.mode, three.session.mode) == (Mode.PAUSED, Mode.LIVE)
    assert (one.own_time, two.own_time, three.own_time) == (True, True, False)
    assert desk.times.numbers() == (1,)


def test_a_time_ends_with_the_last_that_leaves_it(desk, desks):
    one, two, _ = desks
    one.join_time(1)
    two.join_time(1)
    session = one.session

    one.join_time(COMMON)
    between = session.running
    two.join_time(2)

    assert between
    assert not session.running
    assert two.session.running
    assert desk.times.numbers() == (2,)
    assert desk.times.unused() == 1


def test_to_join_a_time_again_changes_nothing(desk, desks):
    one, two, _ = desks
    one.join_time(1)
    session = one.session
    one.join_time(1)
    two.join_time(1)
    two.join_time(COMMON)

    assert one.session is session
    assert session.running


def test_a_time_that_nobody_can_join_has_no_number(desk, desks):
    one, _, _ = desks
    one.take_time(True)
    alone = one.session

    assert (one.time, one.own_time, desk.times.numbers()) == (None, True, ())
    one.join_time(1)
    assert not alone.running
    one.take_time(False)
    assert (one.time, desk.times.numbers()) == (COMMON, ())


def test_the_common_time_is_never_left_by_the_main_window(desk):
    desk.join_time(1)

    assert (desk.time, desk.times.numbers()) == (COMMON, ())


def test_times_have_names_in_the_screens_language(desk):
    assert time_name(COMMON, desk.language) == "Waktu bersama"
    assert time_name(2, desk.language) == "Waktu 2"


@pytest.fixture
def windows(open_front):
    """A console with two windows beside the main one."""
    front = open_front()
    pages = [front.workspaces.board.add_page(name) for name in ("One", "Two")]
    front.windows.show(front.workspaces.board.pages)
    for page in pages:
        front.windows.free(page, False)
    return front, *(front.windows.window_of(page) for page in pages)


def test_a_window_joins_the_time_of_another_by_the_menu(windows):
    front, one, two = windows
    one.status.times.click()
    one.findChild(QMenu, "timeMenu").findChild(object, "time.new").trigger()
    one.desk.session.seek(NOON - HOUR)

    two.status.times.click()
    menu = two.findChild(QMenu, "timeMenu")
    told = [action.text() for action in menu.actions()]
    menu.findChild(object, "time.1").trigger()

    assert one.desk.session is two.desk.session is not front.desk.session
    assert told[:2] == ["Waktu bersama\t14.03.27", "Waktu 1\t13.03.27"]
    assert two.status.times.text() == "Waktu 1  ▾"
    assert one.status.times.isVisible()
    assert not front.window.status.times.isVisible()


def test_a_window_goes_from_time_to_time_by_a_key_and_home_after_the_last(windows):
    front, one, two = windows
    front.arranging.hand.take_window(one)
    front.acts.run("window.own_time")
    front.arranging.hand.take_window(two)
    joined = []
    for _ in range(2):
        front.acts.run("window.next_time")
        joined.append(two.desk.time)

    assert joined == [1, COMMON]
    assert one.desk.time == 1


def test_a_workspace_remembers_who_shared_a_time(windows):
    front, one, two = windows
    board = front.workspaces.board
    for page in board.pages[1:]:
        front.windows.join_time(page, 3)

    assert [page.time for page in board.read(front.windows.corner).pages] == [0, 3, 3]
    assert one.desk.session is two.desk.session


def test_pages_that_said_no_more_than_a_time_of_their_own_each_get_one(windows):
    front, one, two = windows
    pages = front.workspaces.board.pages
    for page in pages[1:]:
        page.time = PageView(front.docking, Page(own_time=True)).time

    front.windows.show(pages)

    assert (one.desk.time, two.desk.time) == (1, 2)
