"""By mouse alone: the menus of a panel and of workspaces do what the keys do."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from paser_command.workspaces.definition import Page
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
    menu = host.findChild(QMenu, "panelMenu")
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
