"""The wall shows what it was told, to everybody, until somebody takes it back."""

import pytest
from PySide6.QtCore import QObject, QRect, Signal

from paser_command.picture.picture import Picture
from paser_command.workspaces.definition import Page
from paser_command.workspaces.display import Display
from paser_command.workspaces.room import DisplaySetting, Room, Turn
from paser_ui.wall.walls import HOME, Walls
from paser_ui.wall.window import WallWindow
from paser_ui.windows.screens import Present
from tests.ui.city import FakeSession, the_picture
from tests.ui.fronts import PANELS, tabs, workspace

DESK = Present(Display(connector="DESK", width_mm=530, height_mm=300), QRect(0, 0, 800, 600), 3.6)
WALL = Present(Display(connector="WALL", width_mm=1210, height_mm=680), QRect(0, 0, 800, 600), 1.6)
NAMES = ("Dinding", "Banjir")


class Plugged(QObject):
    """Displays that are plugged in, and unplugged by a test."""

    changed = Signal()

    def __init__(self, *present):
        super().__init__()
        self.now = list(present)

    def present(self):
        return list(self.now)


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
    more = [workspace(name, Page(layout=tabs("map")), types=PANELS) for name in NAMES]

    def make(picture):
        return open_front(FakeSession(picture), workspaces=more)

    return make


@pytest.fixture
def walls_of(qapp, clock):
    made = []

    def make(front, plugged, *rotation):
        setting = DisplaySetting(display=WALL.display, title="Kiri", wall=True, rotation=rotation)
        walls = Walls(
            plugged,
            lambda: Room(displays=(setting,)),
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


def on(walls):
    return [screen.page for screen in walls.shown()]


def test_a_display_of_the_wall_shows_its_own_workspace(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))

    assert on(walls) == ["Dinding"]
    (window,) = walls.windows()
    assert window.isVisible()
    assert window.property("wall") is True


def test_the_only_display_is_never_a_wall(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(WALL))

    assert walls.windows() == []


def test_what_was_sent_stays_until_it_is_taken_back(shown, walls_of, clock):
    front = shown(Picture())
    walls = walls_of(front, Plugged(DESK, WALL))

    walls.send_workspace(WALL.display, "banjir")
    clock.seconds += 10_000
    walls.look()
    sent = on(walls)
    walls.take_back(WALL.display)

    assert sent == ["Banjir"]
    assert on(walls) == ["Dinding"]


def test_what_a_rule_sent_goes_back_by_itself(shown, walls_of, clock):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))
    walls.send_workspace(WALL.display, "banjir", stay_s=60.0)

    clock.seconds = 59.0
    walls.look()
    before = on(walls)
    clock.seconds = 61.0
    walls.look()

    assert (before, on(walls)) == (["Banjir"], ["Dinding"])


def test_it_rotates_by_its_dwell_times(shown, walls_of, clock):
    turns = (Turn(workspace=HOME, dwell_s=10), Turn(workspace="banjir", dwell_s=30))
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL), *turns)
    seen = []

    for seconds in (0, 9, 10, 39, 40):
        clock.seconds = float(seconds)
        walls.look()
        seen += on(walls)

    assert seen == ["Dinding", "Dinding", "Banjir", "Banjir", "Dinding"]


def test_rotation_waits_while_a_critical_alarm_waits_for_a_person(shown, walls_of, clock):
    turns = (Turn(workspace=HOME, dwell_s=10), Turn(workspace="banjir", dwell_s=10))
    walls = walls_of(shown(the_picture()), Plugged(DESK, WALL), *turns)

    clock.seconds = 100.0
    walls.look()

    assert on(walls) == ["Dinding"]
    assert "belum diakui" in walls.windows()[0].site.text()


def test_a_panel_of_the_desk_is_shown_alone_and_stays_on_the_desk(shown, walls_of):
    front = shown(Picture())
    walls = walls_of(front, Plugged(DESK, WALL))

    walls.send_panel(WALL.display, "incidents", front.workspaces.board)

    assert walls.shown()[0].panels == ("incidents.incidents",)
    assert front.workspaces.board.page_of("incidents") is not None


def test_panels_on_the_wall_are_told_so(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))

    board = walls.hosts_on(WALL.display)

    assert [host.on_wall for _, host in board.hosts()] == [True]


def test_a_wall_that_is_unplugged_leaves_nothing_behind(shown, walls_of):
    front = shown(Picture())
    plugged = Plugged(DESK, WALL)
    walls = walls_of(front, plugged)
    before = len(front.panels.all())

    plugged.now = [DESK]
    walls.arrange()

    assert walls.windows() == []
    assert len(front.panels.all()) == before - 1


def test_a_workspace_that_is_none_is_told_and_changes_nothing(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))
    told = []
    walls.told.connect(lambda name, error: told.append(str(error)))

    sent = walls.send_workspace(WALL.display, "tidak-ada")

    assert (sent, on(walls)) == (False, ["Dinding"])
    assert "tidak-ada" in told[0]
