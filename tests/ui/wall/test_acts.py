"""A person sends to the wall, takes back, and says which displays are it; a file keeps that."""

import pytest
from PySide6.QtCore import QRect

from paser_command.picture.picture import Picture
from paser_command.workspaces.display import Display
from paser_command.workspaces.room import room_file, scale_of
from paser_ui.acts.acts import Acts
from paser_ui.wall.acts import RoomOfDisplays, WallActs
from paser_ui.wall.walls import setting_of
from paser_ui.windows.screens import Present
from tests.ui.wall.plugged import DESK, WALL, WALL_2, Plugged


class Standing:
    """A console with two displays, of which none is a wall, and what a person can do with them."""

    def __init__(self, front, walls_of, home, *present):
        self.front = front
        self.plugged = Plugged(*present)
        self.faults: list[str] = []
        self.told: list[str] = []
        self.room = RoomOfDisplays(room_file(home), lambda name, _error: self.faults.append(name))
        self.walls = walls_of(front, self.plugged, room=lambda: self.room.room)
        self.acts = Acts({})
        self.wall_acts = WallActs(
            self.acts,
            self.walls,
            self.room,
            self.plugged,  # type: ignore[arg-type]
            front.workspaces,
            front.arranging,
            front.desk,
            lambda _name, text: self.told.append(text),
        )

    def offered(self):
        return [act.id for act in self.acts]

    def on(self):
        return [screen.page for screen in self.walls.shown()]

    def setting(self, present=WALL):
        return setting_of(self.room.room, present.display)


@pytest.fixture
def home(tmp_path):
    made = tmp_path / "of-a-person"
    made.mkdir()
    return made


@pytest.fixture
def standing(shown, walls_of, home):
    return Standing(shown(Picture()), walls_of, home, DESK, WALL)


@pytest.fixture
def with_wall(standing):
    standing.acts.run("wall.make.2")
    return standing


def test_each_of_several_displays_may_become_a_wall(standing):
    assert standing.offered() == ["wall.make.1", "wall.make.2"]


def test_the_only_display_may_not(shown, walls_of, home):
    assert Standing(shown(Picture()), walls_of, home, DESK).offered() == []


def test_a_display_that_becomes_a_wall_is_filled_at_once(with_wall):
    assert with_wall.on() == ["Dinding"]
    assert with_wall.offered() == [
        "wall.desk.2",
        "wall.make.1",
        "wall.replay.2",
        "wall.send.2",
        "wall.send_panel.2",
        "wall.take_back.2",
    ]


def glass(width, height, dpr=1.0):
    """Return a wall of 65 inches with so many pixels."""
    at = QRect(0, 0, round(width / dpr), round(height / dpr))
    return Present(WALL_2.display, at, width / 1430, dpr)


@pytest.fixture
def made(shown, walls_of, home):
    """Return a function that makes a wall of a display."""

    def make(present):
        standing = Standing(shown(Picture()), walls_of, home, DESK, present)
        standing.acts.run("wall.make.2")
        return standing

    return make


def test_its_text_is_as_large_as_is_read_from_five_metres(made):
    wall = glass(5120, 2880)
    standing = made(wall._replace(px_per_mm=1.2))
    setting = standing.setting(wall)

    assert setting.distance_m == 5.0
    assert setting.scale == scale_of(setting, 1.2) > 1.0
    assert "WALL-2" in standing.told[-1]
    assert "terbaca" not in standing.told[-1]


@pytest.mark.parametrize("dpr", [1.0, 1.5])
def test_its_text_leaves_room_for_the_page_and_it_says_from_how_far_it_is_read(made, dpr):
    wall = glass(1920, 1080, dpr)
    standing = made(wall)

    assert standing.setting(wall).scale == 2.0
    assert "terbaca dari jarak 2,8 m" in standing.told[-1]


def test_the_desk_is_not_told_from_how_far_its_text_is_read(made):
    standing = made(glass(1920, 1080))
    standing.acts.run("wall.desk.2")

    assert "terbaca" not in standing.told[-1]


def test_it_is_kept_for_the_next_start(with_wall, home):
    assert room_file(home).load().value == with_wall.room.room
    assert with_wall.faults == []


def test_a_room_that_cannot_be_kept_is_told(with_wall, home):
    (home / "displays.toml.bak").unlink(missing_ok=True)
    (home / "displays.toml").unlink()
    (home / "displays.toml").mkdir()

    with_wall.acts.run("wall.desk.2")

    assert with_wall.faults == ["displays"]
    assert with_wall.on() == []


def test_a_wall_becomes_a_display_of_the_desk_again(with_wall):
    with_wall.acts.run("wall.desk.2")

    assert with_wall.on() == []
    assert (with_wall.setting().wall, with_wall.setting().scale) == (False, 0.0)
    assert with_wall.offered() == ["wall.make.1", "wall.make.2"]


def test_the_workspace_of_the_desk_is_sent_and_taken_back(with_wall):
    with_wall.front.workspaces.show("banjir")

    with_wall.acts.run("wall.send.2")
    sent = with_wall.on()
    with_wall.acts.run("wall.take_back.2")

    assert (sent, with_wall.on()) == (["Banjir"], ["Dinding"])


def test_the_panel_in_hand_is_sent(with_wall):
    front = with_wall.front
    front.arranging.hand.panel = front.workspaces.board.host("incidents").panel_id

    with_wall.acts.run("wall.send_panel.2")

    assert with_wall.walls.shown()[0].panels == ("incidents.incidents",)


def test_a_display_that_was_pulled_out_is_offered_no_more(with_wall):
    with_wall.plugged.now = [DESK]
    with_wall.plugged.changed.emit()

    assert with_wall.offered() == []


def test_acts_speak_the_language_of_the_screen(standing):
    before = standing.acts["wall.make.2"].words
    standing.front.desk.speak("en")

    assert (before, standing.acts["wall.make.2"].words) == (
        "Jadikan WALL dinding",
        "Make WALL a wall",
    )


def twin(connector):
    display = Display(
        maker="Dell", model="U2720Q", width_mm=600, height_mm=340, connector=connector
    )
    return Present(display, QRect(0, 0, 800, 600), 1.3)


def test_of_two_that_are_alike_only_the_one_that_was_meant_becomes_a_wall(shown, walls_of, home):
    standing = Standing(shown(Picture()), walls_of, home, DESK, twin("DP-1"), twin("DP-2"))

    standing.acts.run("wall.make.3")

    walls = [one.display.connector for one in standing.walls.displays()]
    assert walls == ["DP-2"]
    assert "wall.make.2" in standing.offered()


def test_two_that_are_alike_have_two_names(shown, walls_of, home):
    standing = Standing(shown(Picture()), walls_of, home, DESK, twin("DP-1"), twin("DP-2"))

    names = {standing.walls.title(twin(one).display) for one in ("DP-1", "DP-2")}

    assert names == {"Dell U2720Q (DP-1)", "Dell U2720Q (DP-2)"}
