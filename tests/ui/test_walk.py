"""All that can be used has a name, words for those who do not see, and a place for Tab.

Windows with the program's own panels are walked, in both languages.
"""

from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from paser_command.export.exports import Exports
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import discover
from paser_command.workspaces.room import DisplaySetting, Room
from paser_ui.desk import Desk
from paser_ui.front import Front, Place
from paser_ui.settings import Settings
from paser_ui.wall.walls import Walls
from paser_ui.wall.window import WallWindow
from tests.core.export.rooms import origin
from tests.ui.city import FakeSession, the_picture
from tests.ui.frames import frame_of
from tests.ui.walking import faults, heard
from tests.ui.wall.plugged import DESK, WALL, Plugged

DELIVERED = Path(str(files("paser_resources") / "workspaces"))
WORKSPACES = ("ruang-siaga", "banjir", "karhutla", "rapat-pimpinan", "dinding")
DIALOGS = (
    "settings.open",
    "keys.open",
    "manual.open",
    "workspace.new",
    "workspace.duplicate",
    "workspace.rename",
    "workspace.reset",
    "workspace.export",
    "workspace.import",
    "page.new",
    "page.rename",
    "page.remove",
    "panel.rename",
)


@pytest.fixture(params=["id", "en"])
def front(qapp, tmp_path, request):
    """A console with all panels that the program brings."""
    place = Place(
        home=tmp_path,
        site_name="Kabupaten Paser",
        zone="Asia/Makassar",
        delivered=(DELIVERED,),
    )
    session = FakeSession(the_picture())
    store = open_journal(sqlite_url(tmp_path / "exported.sqlite"), REAL)
    maps = MapServices(tmp_path, exports=Exports(origin(store)))
    desk = Desk(session, maps=maps, language=request.param, zone=place.zone)  # type: ignore[arg-type]
    made = Front(desk, discover(), place, Settings(), now=lambda: session.wall)
    made.show()
    yield made
    made.close()
    store.close()


def walked(front):
    """Return what is wrong on the pages of the shown workspace, each brought to the front."""
    found = []
    board = front.workspaces.board
    for page in board.pages:
        front.windows.window_of(page).pages.turn_to(page)
        for key in page.dock.panels():
            front.docking.raise_tab(key)
            host = front.panels.get(key)
            if host.isVisible():
                host.draw(frame_of(host))
                assert host.panel is not None, key
        front.tick(True)
        front.speak()
        for window in front.windows.all():
            found += [f"{board.name}, {page.name}: {fault}" for fault in faults(window)]
    return found


@pytest.mark.parametrize("id", WORKSPACES)
def test_all_panels_can_be_used_by_those_who_do_not_see(front, id):
    front.workspaces.show(id)

    assert walked(front) == []


def test_so_can_side_windows_and_those_of_single_panels(front, qtbot):
    front.arranging.float("incidents")
    front.arranging.toggle_full()
    front.windows.follow_time(front.workspaces.board.pages[0], True)
    qtbot.waitUntil(lambda: len(front.windows.all()) == 2)
    front.tick(True)
    front.speak()

    windows = [*front.windows.all(), *front.docking.windows()]

    assert len(windows) == 3
    assert [fault for window in windows for fault in faults(window)] == []


@pytest.fixture
def wall(front):
    """One display of the wall beside this console."""
    walls = Walls(
        Plugged(DESK, WALL),  # type: ignore[arg-type]
        lambda: Room(displays=(DisplaySetting(display=WALL.display, wall=True),)),
        lambda beside: WallWindow(beside, site_name="Kabupaten Paser"),
        front.workspaces.store,
        front.panels,
        front.docking,
        front.desk,
    )
    walls.arrange()
    yield walls
    walls.stop()


@pytest.mark.parametrize("id", WORKSPACES)
def test_what_a_wall_shows_is_told_to_those_who_do_not_see(front, wall, id):
    wall.send_workspace(WALL.display, id)
    (window,) = wall.windows()
    hosts = [front.panels.get(key) for key in window.pages.front.dock.panels()]
    for host in hosts:
        host.draw(frame_of(host))
    window.show_tick(True)
    wall.speak()

    bar = (window.clock, *window.counts.values())

    assert hosts
    assert all(host.panel is not None for host in hosts)
    assert [one for one in bar if not heard(one)] == []
    assert faults(window) == []


@pytest.mark.parametrize("sheet", ["layers", "search", "here", "drawing", "export"])
def test_so_can_what_opens_beside_the_map(front, sheet):
    front.tick(True)
    host = front.workspaces.board.host("map")
    host.draw(frame_of(host))

    host.panel.sheets.open(sheet)
    if sheet == "layers":
        host.panel.tree.rows.pick("incidents")

    assert host.panel.sheets.name == sheet
    assert faults(front.window) == []


def test_so_can_the_palette(front):
    front.tick(True)
    front.palette.open()

    assert faults(front.window) == []
    front.palette.close(restore=False)


def test_so_can_the_menus(front):
    host = front.workspaces.board.host("incidents")
    front.menus.open_workspaces()
    front.menus.open_panel(host.panel_id, QPoint(10, 10))

    menus = [*front.window.findChildren(QMenu, "workspaceMenu"), *host.findChildren(QMenu)]
    inner = [one for menu in menus for one in menu.findChildren(QMenu)]
    every = [action for menu in (*menus, *inner) for action in menu.actions()]
    entries = [action for action in every if not action.isSeparator()]

    assert len(menus) == 2
    assert [one.objectName() for one in inner] == ["workspaceMenu.Pages", "workspaceMenu.Console"]
    assert [one for one in entries if not (one.objectName() and one.text().strip())] == []
    for menu in menus:
        menu.close()


@pytest.mark.parametrize("act", DIALOGS)
def test_so_can_each_dialog(front, qapp, qtbot, act):
    front.arranging.hand.panel = front.workspaces.board.host("incidents").panel_id
    before = set(qapp.topLevelWidgets())
    assert front.acts.run(act)

    def opened():
        return [w for w in qapp.topLevelWidgets() if w.isVisible() and w not in before]

    qtbot.waitUntil(lambda: bool(opened()))
    (dialog,) = opened()

    assert faults(dialog) == []
    dialog.close()
