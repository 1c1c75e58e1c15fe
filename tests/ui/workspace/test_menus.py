"""By mouse alone: the menus of a panel and of workspaces do what the keys do."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from paser_command.workspaces.definition import Page
from paser_command.workspaces.display import Display
from paser_ui.acts.act import Act
from tests.ui.fronts import PANELS, tabs, workspace


@pytest.fixture
def front(open_front):
    flood = workspace("Banjir", Page(layout=tabs("map")), types=PANELS)
    return open_front(workspaces=[flood])


def opened(front, name):
    menu = front.window.findChild(QMenu, name)
    assert menu is not None
    return {action.objectName(): action for action in menu.actions() if action.objectName()}


def panel_menu(front, name):
    host = front.workspaces.board.host(name)
    front.menus.open_panel(host.panel_id, QPoint(10, 10))
    menu = host.findChildren(QMenu, "panelMenu")[-1]
    return {action.objectName(): action for action in menu.actions() if action.objectName()}


def test_the_name_in_the_status_bar_opens_the_workspaces(front):
    front.window.status.workspace.click()

    actions = opened(front, "workspaceMenu")
    actions["workspace.show.banjir"].trigger()

    assert list(actions)[:2] == ["workspace.show.ruang-siaga", "workspace.show.banjir"]
    assert front.workspaces.id == "banjir"
    assert front.window.status.workspace.text().startswith("Banjir")


def test_no_menu_offers_to_open_itself(front):
    front.window.status.workspace.click()

    assert "workspace.menu" not in opened(front, "workspaceMenu")
    assert "panel.menu" not in panel_menu(front, "map")


def test_a_panel_is_closed_from_its_menu(front):
    panel_menu(front, "chart")["panel.close"].trigger()

    assert "chart" not in front.workspaces.board.names()


def test_what_a_locked_workspace_does_not_allow_is_not_in_the_menu(front):
    front.workspaces.lock(True)

    actions = panel_menu(front, "map")

    assert "panel.close" not in actions
    assert "panel.maximise" in actions


def test_the_button_in_the_title_bar_opens_the_menu_of_its_panel(front):
    dock = front.docking.dock(front.workspaces.board.host("health").panel_id)

    dock.findChild(QAction, "panelMenu").trigger()

    assert front.workspaces.board.host("health").findChild(QMenu, "panelMenu") is not None


@pytest.fixture
def side(front, qtbot):
    """A window of its own for the page of the flood, beside the main one."""
    front.workspaces.show("banjir")
    front.arranging.toggle_full()
    qtbot.waitUntil(lambda: len(front.windows.all()) == 2)
    (window,) = [one for one in front.windows.all() if one is not front.window]
    return window


def inner(menu):
    """Return the entries of the menus that open from one."""
    menus = menu.findChildren(QMenu)
    return {action.objectName(): action for one in menus for action in one.actions()}


def test_what_would_change_nothing_is_not_in_the_menus(front):
    """One page on one display, in the main window, which has the common time."""
    front.workspaces.show("banjir")
    front.window.status.workspace.click()

    idle = {"page.next", "page.previous", "page.remove", "page.next_display"}
    idle |= {"window.own_time", "window.next_time", "window.time_menu"}
    assert not idle & inner(front.window.findChild(QMenu, "workspaceMenu")).keys()
    assert "panel.next_page" not in panel_menu(front, "map")


def test_a_page_more_gives_the_menus_what_is_done_among_pages(front):
    front.workspaces.show("banjir")
    front.arranging.add_page("Peta")
    front.window.status.workspace.click()

    among = {"page.next", "page.previous", "page.remove"}
    assert among <= inner(front.window.findChild(QMenu, "workspaceMenu")).keys()
    front.arranging.next_page()
    assert "panel.next_page" in panel_menu(front, "map")


def test_a_panel_that_floats_can_go_to_the_only_page(front):
    front.workspaces.show("banjir")
    front.arranging.float("map")

    panel_menu(front, "map")["panel.next_page"].trigger()

    assert not front.arranging.floats("map")


def test_a_page_of_a_display_that_is_gone_can_be_given_to_the_only_one(front):
    front.workspaces.show("banjir")
    (page,) = front.workspaces.board.pages
    here, page.display = page.display, Display(connector="HDMI-9")
    front.window.status.workspace.click()

    inner(front.window.findChild(QMenu, "workspaceMenu"))["page.next_display"].trigger()

    assert page.display == here


def test_each_window_has_the_menu_and_it_is_about_its_own_page(front, side):
    front.window.activateWindow()

    side.status.workspace.click()
    menu = side.findChild(QMenu, "workspaceMenu")
    inner(menu)["window.own_time"].trigger()

    assert side.desk.own_time
    assert side.status.workspace.text().startswith("Banjir")


def test_the_language_is_changed_in_each_window(front, side):
    side.status.language.click()

    assert front.desk.language.code == "en"


def test_what_the_console_has_for_itself_is_in_the_menu(front):
    front.window.status.workspace.click()

    entries = inner(front.window.findChild(QMenu, "workspaceMenu"))

    assert {"settings.open", "keys.open", "manual.open", "palette.open"} <= set(entries)


def test_a_panel_s_menu_is_about_it_whatever_has_the_focus(front, qtbot):
    front.window.activateWindow()
    front.arranging.bring(front.workspaces.board.host("health").panel_id)
    front.workspaces.board.host("health").setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    front.workspaces.board.host("health").setFocus()
    qtbot.waitUntil(front.workspaces.board.host("health").hasFocus)

    panel_menu(front, "map")["panel.maximise"].trigger()

    assert front.workspaces.board.maximised(front.workspaces.board.pages[0]) == "map"


def test_a_panel_stays_in_hand_while_those_about_it_go(front, qtbot):
    panel_menu(front, "map")["panel.maximise"].trigger()
    front.acts.run("panel.maximise")

    assert front.workspaces.board.maximised(front.workspaces.board.pages[0]) == ""
    assert front.arranging.panel_in_hand() == "map"


def test_a_window_of_its_own_and_the_way_back_are_offered_in_turn(front):
    before = panel_menu(front, "map")
    before["panel.float"].trigger()
    after = panel_menu(front, "map")

    assert "panel.dock" not in before
    assert not {"panel.float", "panel.maximise"} & set(after)
    assert "panel.dock" in after


def test_a_panel_goes_back_to_the_page_where_it_stood(front):
    front.arranging.add_page("Dua")
    first, second = front.workspaces.board.pages
    front.workspaces.board.move("map", second)
    front.arranging.settle()
    front.arranging.float("map")
    front.window.pages.turn_to(first)

    front.arranging.dock("map")

    assert front.workspaces.board.page_of("map") is second
    assert front.window.pages.front is second


@pytest.fixture
def sent(front):
    """Offer to send to a wall, as a console does that has one; return what was sent."""
    done: list[str] = []
    for id in ("wall.send.2", "wall.send_panel.2"):
        front.acts.add(Act(id=id, words="Flood", group="Wall", run=partial(done.append, id)))
    return done


def test_a_panel_is_sent_from_its_own_menu_and_a_workspace_from_theirs(front, sent):
    of_panel = panel_menu(front, "map")
    of_panel["wall.send_panel.2"].trigger()
    front.window.status.workspace.click()
    of_workspaces = inner(front.window.findChild(QMenu, "workspaceMenu"))
    of_workspaces["wall.send.2"].trigger()

    assert sent == ["wall.send_panel.2", "wall.send.2"]
    assert "wall.send.2" not in of_panel
    assert "wall.send_panel.2" not in of_workspaces


def test_a_panel_is_added_from_the_menu_of_another(front):
    before = len(front.workspaces.board.names())

    panel_menu(front, "map")["panel.add.charts.chart"].trigger()

    assert len(front.workspaces.board.names()) == before + 1


def test_acts_of_a_menu_are_done_to_its_panel_whichever_was_in_hand(front):
    front.arranging.hand.panel = front.workspaces.board.host("map").panel_id

    panel_menu(front, "chart")["panel.close"].trigger()

    assert {"chart", "map"} & set(front.workspaces.board.names()) == {"map"}


def test_a_key_opens_the_menu_of_the_panel_in_hand(front):
    host = front.workspaces.board.host("chart")
    front.arranging.hand.panel = host.panel_id

    front.acts.run("panel.menu")

    assert host.findChild(QMenu, "panelMenu") is not None


def test_the_menu_of_a_panel_that_has_gone_does_not_open(front):
    front.menus.open_panel("nobody/map", QPoint(10, 10))

    assert QApplication.activePopupWidget() is None
