"""What the tests of walls share: a console with workspaces for them, and walls of set seconds."""

import pytest

from paser_command.workspaces.definition import Page
from paser_command.workspaces.room import DisplaySetting, Room
from paser_ui.wall.walls import Walls
from paser_ui.wall.window import WallWindow
from tests.ui.city import FakeSession
from tests.ui.fronts import PANELS, tabs, workspace
from tests.ui.wall.plugged import WALL, WALL_2

NAMES = ("Dinding", "Banjir", "Karhutla")


class SetSeconds:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return SetSeconds()


@pytest.fixture
def shown(open_front):
    """Return a console whose delivered workspaces are those of the wall, too."""
    known = [workspace(name, Page(layout=tabs("map")), types=PANELS) for name in NAMES]

    def make(picture, *more, panel="Good"):
        return open_front(FakeSession(picture), workspaces=[*known, *more], panel=panel)

    return make


@pytest.fixture
def walls_of(qapp, clock):
    """Return a function that fills the walls among the displays that are plugged in."""
    made = []

    def make(front, plugged, *rotation, room=None):
        left = DisplaySetting(display=WALL.display, title="Kiri", wall=True, rotation=rotation)
        right = DisplaySetting(display=WALL_2.display, wall=True)
        walls = Walls(
            plugged,
            room or (lambda: Room(displays=(left, right))),
            lambda beside: WallWindow(beside, site_name="Paser", now_s=clock),
            front.workspaces.store,
            front.panels,
            front.docking,
            front.desk,
            now_s=clock,
        )
        walls.arrange()
        made.append(walls)
        return walls

    yield make
    for walls in made:
        walls.stop()
