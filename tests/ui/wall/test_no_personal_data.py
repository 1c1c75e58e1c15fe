"""What visitors read on a wall tells of things, never of persons, whatever panel it is.

Each type of panel that the program brings is shown on the wall with words of persons in all that it
could show, and each of these is picked in turn. The same panel on the desk shows them: so it is
seen that they could be shown.
"""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QPushButton

from paser_command.maps.services import MapServices
from paser_command.personal import MASK
from paser_command.plugin.discovery import discover
from paser_command.workspaces.display import Display
from paser_command.workspaces.files import text_of
from paser_command.workspaces.room import DisplaySetting, Room
from paser_ui.desk import Desk
from paser_ui.front import Front, Place
from paser_ui.settings import Settings
from paser_ui.wall.walls import Walls
from paser_ui.wall.window import WallWindow
from paser_ui.windows.screens import Present
from tests.ui.city import FakeSession
from tests.ui.frames import frame_of
from tests.ui.reading import words_of
from tests.ui.wall import persons
from tests.ui.wall.plugged import DESK, Plugged

READER = (sys.executable, "-m", "paser_command.cli")
TYPES = [manifest.id for _, manifest in discover().panels()]
WALL = Present(Display(connector="WALL", width_mm=1210, height_mm=680), QRect(0, 0, 900, 640), 1.2)
ID = "zqruang"

SHOWN_TO_OPERATORS = {
    "map.map": {
        *("a report's title", "a unit's name", "a unit's call sign", "a marked place"),
        *("a drawn line", "a drawn area", "a geofence", "a text on the map"),
        *("a thing in a file", "a value in a file", "a field of a file", "a layer's name"),
        "a telephone number",
    },
    "incidents.incidents": {
        *("a report's title", "a report's text", "a report's street", "an incident's key"),
        *("a report's key", "a note", "who noted", "a seat", "who acknowledged", "a search"),
        *("a telephone number", "a mail address"),
    },
    "charts.series": {
        *("a report's title", "a report's street", "a telephone number", "a mail address"),
    },
    "feeds.health": {"a server"},
}
"""What of the words of persons each panel shows on the desk, in one selection or another."""

_OFFICIAL = {f"{name} {MASK}" for name in ("Hujan lebat", "Jembatan Kandilo", "Pos Muara", "VIIRS")}

SHOWN_TO_VISITORS = {
    ("map.map", "id"): {"Satuan", "Pagar wilayah", "Anotasi", "Banjir", *_OFFICIAL},
    ("map.map", "en"): {"Unit", "Geofence", "Annotation", "Flood", *_OFFICIAL},
    ("incidents.incidents", "id"): {"Banjir", "diakui", "1 laporan"},
    ("incidents.incidents", "en"): {"Flood", "acknowledged", "1 report"},
    ("charts.series", "id"): {"Terdekat dari yang dipilih", f"Pos Muara {MASK}"},
    ("charts.series", "en"): {"Nearest to what is picked", f"Pos Muara {MASK}"},
    ("feeds.health", "id"): {"kamera", "gagal"},
    ("feeds.health", "en"): {"kamera", "failing"},
}
"""What is painted on the wall, part of it in the place of such words."""


@pytest.fixture(params=["id", "en"])
def front(qapp, tmp_path, request):
    """A console with all panels that the program brings, on a picture full of persons."""
    delivered = tmp_path / "delivered"
    delivered.mkdir()
    own = tmp_path / "home" / "workspaces"
    own.mkdir(parents=True)
    for type_id in TYPES:
        text = text_of(persons.workspace(type_id, tmp_path))
        (own / f"{_id(type_id)}.toml").write_text(text)
    place = Place(
        home=tmp_path / "home",
        site_name="Kabupaten Paser",
        zone="Asia/Makassar",
        delivered=(Path("resources/paser_resources/workspaces").resolve(),),
        plain_px=QSize(1400, 900),
    )
    session = FakeSession(persons.picture())
    maps = MapServices(tmp_path, None, READER)
    desk = Desk(session, maps=maps, language=request.param, zone=place.zone)  # type: ignore[arg-type]
    made = Front(desk, discover(), place, Settings(), now=lambda: session.wall)
    made.show()
    yield made
    made.close()
    maps.close()
    for window in (*made.docking.windows(), *made.windows.all()):
        window.deleteLater()


@pytest.fixture
def walls(front):
    setting = DisplaySetting(display=WALL.display, title="Kiri", wall=True)
    made = Walls(
        Plugged(DESK, WALL),  # type: ignore[arg-type]
        lambda: Room(displays=(setting,)),
        lambda beside: WallWindow(beside, site_name="Paser"),
        front.workspaces.store,
        front.panels,
        front.docking,
        front.desk,
    )
    made.arrange()
    yield made
    for window in made.windows():
        window.close()
        window.deleteLater()


def _id(type_id):
    return type_id.replace(".", "-")


def read(qtbot, front, window, host):
    """Return all words in a window, over everything that can be picked, by selection."""
    found = {}
    for selection in persons.SELECTIONS:
        front.desk.select(selection)
        host.draw(frame_of(host))
        settle(qtbot, host)
        window.show_tick(True)
        found[selection] = words_of(window)
    return found


def settle(qtbot, host):
    """Wait until the map has read its file."""
    added = getattr(host.panel, "added", None)
    layer = added.layer("zq") if added is not None else None
    if layer is not None:
        qtbot.waitUntil(lambda: layer.poll() is None or layer.settled)


def told_of_persons(found):
    """Return the lines with words of persons, each once, with what was picked."""
    lines = {
        (name, line.strip()): selection
        for selection, words in found.items()
        for line in words.splitlines()
        for name, word in persons.NEVER.items()
        if word in line
    }
    return [f"{name}: {line} ({selection})" for (name, line), selection in lines.items()]


def missing(wanted, found):
    """Return what of the wanted words is nowhere."""
    return {word for word in wanted if not any(word in words for words in found.values())}


def names_in(found):
    """Return which words of persons are there."""
    return {name for name, word in persons.NEVER.items() if any(word in f for f in found.values())}


@pytest.mark.parametrize("type_id", TYPES)
def test_a_panel_on_the_wall_has_no_word_of_persons(qtbot, front, walls, type_id):
    assert walls.send_workspace(WALL.display, _id(type_id))
    ((_, host),) = walls.hosts_on(WALL.display).hosts()
    (window,) = walls.windows()

    found = read(qtbot, front, window, host)

    language = front.desk.language.code
    assert told_of_persons(found) == []
    assert missing(SHOWN_TO_VISITORS[type_id, language], found) == set()


@pytest.mark.parametrize("front", ["id"], indirect=True)
@pytest.mark.parametrize("type_id", TYPES)
def test_the_same_panel_on_the_desk_has_them(qtbot, front, type_id):
    assert front.workspaces.show(_id(type_id))
    ((_, host),) = front.workspaces.board.hosts()

    def unseen():
        return SHOWN_TO_OPERATORS[type_id] - names_in(read(qtbot, front, front.window, host))

    # A window takes its size by and by.
    qtbot.waitUntil(lambda: unseen() == set())


def test_another_language_brings_no_word_back(qtbot, front, walls):
    for type_id in TYPES:
        walls.send_workspace(WALL.display, _id(type_id))
        ((_, host),) = walls.hosts_on(WALL.display).hosts()
        front.desk.select(persons.SELECTIONS[1])
        host.draw(frame_of(host))
        settle(qtbot, host)

        front.desk.speak("id" if front.desk.language.code == "en" else "en")
        front.speak()

        assert told_of_persons({type_id: words_of(walls.windows()[0])}) == []


def test_neither_does_a_fault_nor_what_can_be_done_about_it(front, walls):
    walls.send_workspace(WALL.display, _id("feeds.health"))
    ((_, host),) = walls.hosts_on(WALL.display).hosts()
    host.draw(frame_of(host))

    for _ in range(10):
        host.blame(KeyError(persons.NEVER["a report's title"]))

    words = words_of(walls.windows()[0])
    assert host.guard.paused
    assert told_of_persons({"fault": words}) == []
    assert not any(button.isVisible() for button in host.findChildren(QPushButton))


@pytest.mark.parametrize("front", ["id"], indirect=True)
@pytest.mark.parametrize("type_id", TYPES)
def test_no_key_of_a_panel_works_on_the_wall(front, walls, type_id):
    walls.send_workspace(WALL.display, _id(type_id))
    ((_, host),) = walls.hosts_on(WALL.display).hosts()

    host.draw(frame_of(host))

    assert [action.objectName() for action in host.panel.actions() if action.isEnabled()] == []
