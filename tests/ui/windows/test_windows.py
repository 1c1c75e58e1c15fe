"""Windows fill the displays that pages stand on, and pages outlive windows and displays.

The displays are a fake: the platform without a screen has one, and none can be unplugged.
"""

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal

from paser_command.session.frames import Mode, Selection
from paser_command.times import HOUR
from paser_command.workspaces.definition import Node, Page
from paser_command.workspaces.display import Display
from paser_ui import front
from paser_ui.windows.screens import Present
from tests.ui.city import NOON
from tests.ui.fronts import PANELS, tabs, workspace


def present(name, left, top=0, width=640, height=480):
    display = Display(maker="Dell", model="U2720Q", serial=name, connector=f"DP-{name}")
    return Present(display, QRect(left, top, width, height), 3.8)


ONE, TWO, THREE = present("1", 0), present("2", 640), present("3", 1280)


class FakeScreens(QObject):
    """Displays that a test plugs and pulls."""

    changed = Signal()

    def __init__(self, _parent=None):
        super().__init__()
        self.there = [ONE, TWO, THREE]

    def present(self):
        return list(self.there)

    def become(self, *there):
        self.there = list(there)
        self.changed.emit()


@pytest.fixture
def windows(open_front, monkeypatch):
    monkeypatch.setattr(front, "Screens", FakeScreens)
    pages = (
        Page(name="Desk", layout=tabs("map")),
        Page(name="Map", place=2, layout=tabs("chart")),
        Page(name="Charts", place=3, layout=Node(down=(tabs("health"), tabs("thing")))),
    )
    opened = open_front(workspaces=(workspace("Three", *pages, types=PANELS),), language="en")
    opened.workspaces.show("three")
    opened.windows.front = opened
    return opened.windows


def plugged(windows):
    return windows._screens


def stand(windows):
    return [[page.name for page in window.pages.pages] for window in windows.all()]


def page(windows, name):
    return next(one for one in windows.front.workspaces.board.pages if one.name == name)


def test_each_display_has_a_window_with_its_page(windows):
    assert stand(windows) == [["Desk"], ["Map"], ["Charts"]]
    assert [windows.corner(page(windows, name)).x() for name in ("Desk", "Map", "Charts")] == [
        0,
        640,
        1280,
    ]


def test_the_main_window_reaches_beyond_no_display_however_small(windows):
    windows.main.setWindowState(Qt.WindowState.WindowNoState)

    windows.main.setGeometry(ONE.geometry)

    assert windows.main.geometry() == ONE.geometry


def test_pages_of_a_display_that_went_say_where_they_stood(windows):
    plugged(windows).become(ONE, THREE)

    assert stand(windows) == [["Desk", "Map"], ["Charts"]]
    assert "Dell U2720Q" in page(windows, "Map").hint.text()
    assert page(windows, "Map").display == TWO.display
    assert page(windows, "Desk").hint.isHidden()


def test_they_go_back_in_their_order_when_it_comes_back(windows):
    plugged(windows).become(ONE)
    together = stand(windows)

    plugged(windows).become(ONE, TWO, THREE)

    assert together == [["Desk", "Map", "Charts"]]
    assert stand(windows) == [["Desk"], ["Map"], ["Charts"]]
    assert page(windows, "Map").hint.isHidden()


def test_a_page_sent_to_another_display_belongs_there(windows):
    windows.send(page(windows, "Desk"), THREE.display)
    plugged(windows).become(ONE, TWO)
    plugged(windows).become(ONE, TWO, THREE)

    assert stand(windows) == [[], ["Map"], ["Desk", "Charts"]]


def test_a_window_of_a_page_alone_is_inside_of_its_display(windows):
    one = page(windows, "Map")
    one.at = QRect(600, 400, 300, 200)

    windows.free(one, False)

    window = windows.window_of(one)
    assert window not in (windows.main, None)
    assert TWO.geometry.contains(window.geometry().topLeft())
    assert [w.pages.pages for w in windows.all() if not w.pages.pages] == []


def test_a_window_that_is_closed_gives_its_page_to_the_main_one(windows):
    side = windows.window_of(page(windows, "Map"))

    side.close()

    assert stand(windows) == [["Desk", "Map"], ["Charts"]]


def test_its_own_time_ends_with_a_window(windows):
    one = page(windows, "Map")
    windows.follow_time(one, True)
    session = windows.window_of(one).desk.session

    plugged(windows).become(ONE, THREE)

    assert not session.running
    assert one.time == 1


def test_its_own_time_is_there_again_with_the_display(windows):
    windows.follow_time(page(windows, "Map"), True)
    plugged(windows).become(ONE, THREE)

    plugged(windows).become(ONE, TWO, THREE)

    window = windows.window_of(page(windows, "Map"))
    assert window.desk.own_time


def test_a_window_goes_back_to_the_common_time_when_its_page_of_another_goes(windows):
    own, common = page(windows, "Map"), page(windows, "Charts")
    windows.follow_time(own, True)
    windows.send(common, TWO.display)
    left = windows.window_of(common).desk
    together, past = left.own_time, left.session

    windows.send(own, THREE.display)

    assert together
    assert windows.window_of(common).desk is left
    assert not left.own_time
    assert not past.running
    assert windows.window_of(own).desk.own_time


def test_another_workspace_in_a_window_does_not_stay_in_the_past_of_the_last_one(windows):
    windows.follow_time(page(windows, "Map"), True)
    desk = windows.window_of(page(windows, "Map")).desk
    pages = windows.front.workspaces.board.pages
    two = windows.front.workspaces.board.add_page("Two")
    two.display = TWO.display

    windows.show([two])
    alone = windows.window_of(two).desk.own_time
    windows.show(pages[:3])

    assert windows.window_of(two) is None
    assert not alone
    assert desk is windows.window_of(page(windows, "Map")).desk
    assert desk.own_time


@pytest.fixture
def own(windows, qtbot):
    """The window of a page with a time of its own, which has the focus."""
    windows.follow_time(page(windows, "Map"), True)
    window = windows.window_of(page(windows, "Map"))
    window.activateWindow()
    window.setFocus()
    qtbot.waitUntil(window.hasFocus)
    return window


TIME_KEYS = ("clock.back", "clock.far_back", "clock.play")


@pytest.mark.parametrize("act", TIME_KEYS)
def test_keys_move_the_time_of_the_window_in_focus(windows, own, act):
    windows.front.acts.run(act)

    assert own.desk.session.mode is Mode.PAUSED
    assert windows.main.desk.session.mode is Mode.LIVE


def test_back_to_live_is_for_the_window_in_focus_too(windows, own):
    windows.main.desk.session.seek(NOON - HOUR)
    own.desk.session.seek(NOON - HOUR)

    windows.front.acts.run("clock.live")

    assert own.desk.session.mode is Mode.LIVE
    assert windows.main.desk.session.mode is Mode.PAUSED


@pytest.mark.parametrize("act", TIME_KEYS)
def test_keys_move_the_common_time_in_windows_that_share_it(windows, own, qtbot, act):
    other = windows.window_of(page(windows, "Charts"))
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)

    windows.front.acts.run(act)

    assert own.desk.session.mode is Mode.LIVE
    assert windows.main.desk.session.mode is Mode.PAUSED


def test_a_panel_in_a_window_by_itself_goes_with_the_main_one(windows, own, qtbot):
    windows.front.arranging.float("map")
    floating = windows.front.workspaces.board.host("map")
    floating.window().activateWindow()
    floating.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    floating.setFocus()
    qtbot.waitUntil(floating.hasFocus)

    windows.front.acts.run("clock.back")

    assert own.desk.session.mode is Mode.LIVE
    assert windows.main.desk.session.mode is Mode.PAUSED


def test_enter_brings_the_window_in_focus_back_from_the_past(windows, own):
    for window in windows.all():
        window.show_tick(True)
    own.desk.session.seek(NOON - HOUR)

    windows.front.acts.run("alarm.open")

    assert own.desk.session.mode is Mode.LIVE
    assert windows.main.desk.selection == Selection("stream", "sensor/kandilo")


def test_a_window_of_its_own_stands_in_front_and_has_the_keys(windows, qtbot):
    windows.free(page(windows, "Desk"), False)
    window = windows.window_of(page(windows, "Desk"))

    qtbot.waitUntil(window.hasFocus)

    assert window.isActiveWindow()
    assert windows.front.arranging.hand.window is window


def test_every_window_has_a_strip_that_says_what_waits(windows):
    windows.free(page(windows, "Desk"), False)
    for window in windows.all():
        window.show_tick(True)

    strips = [window.strip for window in windows.all()]

    assert {strip.line.text() for strip in strips} == {strips[0].line.text()}
    assert all(strip.isVisible() and strip.top is not None for strip in strips)


def test_a_window_is_called_what_its_page_is_called(windows):
    window = windows.window_of(page(windows, "Map"))
    before = window.windowTitle()

    page(windows, "Map").rename("Rivers")

    assert before == "Map · Paser Command · Kabupaten Paser"
    assert window.windowTitle() == "Rivers · Paser Command · Kabupaten Paser"
    assert windows.main.windowTitle() == "Paser Command · Kabupaten Paser"


def test_panels_of_windows_that_closed_follow_the_main_one(windows):
    board = windows.front.workspaces.board
    host = board.host("chart")
    board.maximise("chart")
    windows.front.workspaces.show("ruang-siaga")

    plugged(windows).become(ONE)
    windows.front.workspaces.show("three")

    assert host.view.desk is windows.main.desk


def test_a_display_without_a_name_is_known_by_its_connector(windows):
    beamer = Present(Display(connector="HDMI-1"), QRect(1280, 0, 640, 480), 0.0)
    plugged(windows).become(ONE, TWO, beamer)

    assert stand(windows) == [["Desk", "Charts"], ["Map"]]
    assert windows.corner(page(windows, "Charts")) == QPoint()


def test_pages_turn_by_key_and_the_front_one_is_seen(windows):
    plugged(windows).become(ONE)
    pages = windows.main.pages

    pages.turn(1)
    pages.turn(-2)

    assert pages.front is page(windows, "Charts")
    assert pages.tabs.isVisible()
    assert [pages.tabs.tabText(n) for n in range(3)] == ["Desk", "Map", "Charts"]
