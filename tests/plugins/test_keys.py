"""The keys of the desk and of all panels of ours stand beside each other."""

from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import discover
from paser_ui.desk import Desk
from paser_ui.front import Front, Place
from paser_ui.settings import Settings
from tests.plugins.panel_kit import theme
from tests.ui.city import FakeSession, the_picture
from tests.ui.frames import frame_of

__all__ = ["theme"]


@pytest.fixture
def front(tmp_path):
    """The windows as they are delivered, with the panels of ours."""
    session = FakeSession(the_picture())
    desk = Desk(
        session,  # type: ignore[arg-type]
        maps=MapServices(tmp_path),
        language="id",
        zone="Asia/Makassar",
    )
    place = Place(
        home=tmp_path / "home",
        site_name="Kabupaten Paser",
        zone="Asia/Makassar",
        delivered=(Path(str(files("paser_resources") / "workspaces")),),
    )
    front = Front(desk, discover(), place, Settings(), now=lambda: session.wall)
    front.show()
    for host in front.panels.all():
        if host.isVisible():
            host.draw(frame_of(host))
    yield front
    front.close()


def test_no_two_acts_claim_one_key(front, qtbot):
    def ends() -> set[str]:
        return {act.id.rpartition("/")[2] for act in front.acts}

    qtbot.waitUntil(lambda: {"map.layers", "incidents.acknowledge"} <= ends())

    assert {"clock.live", "palette.open", "settings.open", "manual.open"} <= ends()
    assert front.acts.clashes == ()


def test_of_two_maps_the_one_used_last_is_searched(front, qtbot):
    board = front.workspaces.board
    first = board.host("map")
    second = board.host(board.add("map.map", board.page_of("map")))
    second.draw(frame_of(second))
    qtbot.waitUntil(lambda: f"{second.panel_id}/map.finding.search" in front.acts)
    front.window.activateWindow()
    qtbot.waitUntil(front.window.isActiveWindow)

    searched = []
    for host in (first, second, first):
        front.docking.raise_tab(host.panel_id)
        host.panel.canvas.setFocus()
        qtbot.waitUntil(host.panel.canvas.hasFocus)
        # It is used elsewhere then: the key is still that of the map which was used last.
        front.window.setFocus()
        QTest.keyClick(front.window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        searched.append([one.panel.sheets.name for one in (first, second)])
        host.panel.sheets.open("")

    assert searched == [["search", ""], ["", "search"], ["search", ""]]
    assert front.acts.clashes == ()
