"""A shift over three displays by the mouse alone: no key is pressed, and nothing is out of reach.

The exercise's feeds come in meanwhile. Pictures are kept to be looked at.
"""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader
from paser_command.journal.store import open_journal
from paser_command.records import Command
from tests.journeys.mouse import Mouse, middle
from tests.journeys.standing import FIRST, HOME, pages, settled

PICTURES = Path("out/journey/mouse")
PLAY = ("--exercise", "banjir-kandilo", "--speed", "20", "--language", "id")
WHO = ("--who", "Sari", "--seat", "meja 2")
DESK, MAP, CHARTS = 1, 2, 3
"""The displays, by what stands on them."""


class Shift:
    """What an operator does in a shift, with what must come of it."""

    def __init__(self, console, mouse, home):
        self.console = console
        self.mouse = mouse
        self.home = home

    def shot(self, name):
        """Keep a picture."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.console.ask("shot", str(PICTURES / f"{name}.png"))

    def until(self, met):
        return self.console.until(met)

    def take_an_alarm(self):
        self.mouse.find("incidents.list.row", panel="incidents")
        before = self.until(lambda told: told["alarm"])["waiting"]
        self.shot("alarm")
        self.mouse.click("alarmAcknowledge")
        self.until(lambda told: told["waiting"] != before)

    def find_an_incident_on_the_map(self):
        at = middle(self.mouse.find("map.canvas", panel="map"))
        whole = self.console.tell()["maps"]["map"]
        self.mouse.wheel(at, 4)
        near = self.until(lambda told: told["maps"]["map"][2] > whole[2] + 0.5)["maps"]["map"]
        self.mouse.drag(at, (at[0] + 180, at[1] + 90))
        self.mouse.drag(at, (at[0] + 180, at[1] + 90))
        moved = self.until(lambda told: told["maps"]["map"][0] < near[0] - 0.1)["maps"]["map"]
        self.shot("panned")

        self.mouse.click("incidents.list.row", panel="incidents")
        told = self.until(
            lambda told: told["selection"][0] == "incident" and told["maps"]["map"][:2] != moved[:2]
        )
        self.shot("selected")
        return told["selection"]

    def work_with_panels(self):
        self.mouse.of_panel("map", "panel.maximise")
        self.until(lambda told: alone(told) == ["map"])
        self.shot("alone")
        self.mouse.of_panel("map", "panel.maximise")
        self.until(lambda told: alone(told) == [])

        self.mouse.drop("feeds", "charts", "Center")
        self.until(lambda _: self.mouse.seen("tab", panel="charts", text="Grafik"))
        self.mouse.click("tab", panel="charts")
        self.until(lambda told: "charts" in told["shown"] and "feeds" not in told["shown"])
        self.mouse.drop("feeds", "charts-2", "Left", held=lambda: self.shot("held"))
        assert black("held", self.mouse.find("host", panel="incidents-2")) < 0.2
        self.until(lambda told: "feeds" in on(told, CHARTS) and told["astray"] == [])
        self.shot("split")

        self.mouse.of_panel("feeds", "panel.float")
        self.until(lambda told: told["floating"] == ["feeds"] and told["floats"])
        self.shot("afloat")
        self.mouse.of_panel("feeds", "panel.dock")
        self.until(lambda told: "feeds" in on(told, CHARTS) and told["floating"] == [])
        self.mouse.of_panel("feeds", "panel.next_page")
        self.until(lambda told: "feeds" in on(told, DESK))

    def go_its_own_way(self):
        for pin in ("selection", "time", "area"):
            self.mouse.of_panel("incidents", f"panel.pin.{pin}")
            self.until(lambda told, pin=pin: pin in told["pins"].get("incidents", ()))
        self.shot("pinned")
        for pin in ("selection", "time", "area"):
            self.mouse.of_panel("incidents", f"panel.pin.{pin}")
        self.until(lambda told: told["pins"] == {})

    def send_a_page_round(self):
        for display in (MAP, CHARTS, DESK):
            self.mouse.of_workspaces("workspaceMenu.Pages", "page.next_display", display=display)
            there = display % 3 + 1
            self.until(lambda told, there=there: "Map" in names_on(told, there))
        self.until(lambda told: pages(told) == FIRST)

        self.mouse.of_workspaces("workspaceMenu.Pages", "window.own_time", display=MAP)
        self.until(lambda told: window_on(told, MAP)["own_time"])
        line = self.mouse.find("timelineHistogram", display=MAP)
        self.mouse.drag(*at_shares(line, 0.9, 0.4))
        self.until(lambda told: window_on(told, MAP)["mode"] == "paused" and told["mode"] == "live")
        self.shot("own-time")
        self.mouse.of_workspaces("workspaceMenu.Pages", "window.own_time", display=MAP)
        self.until(lambda told: window_on(told, MAP)["mode"] == "live")

    def look_back(self):
        line = self.mouse.find("timelineHistogram", display=DESK)
        self.mouse.drag(*at_shares(line, 0.9, 0.3))
        self.until(lambda told: told["mode"] == "paused")
        self.mouse.click("timelinePlay")
        self.until(lambda told: told["mode"] == "playing")
        self.shot("replay")
        self.mouse.click("timelineLive")
        self.until(lambda told: told["mode"] == "live")

    def work_with_workspaces(self):
        self.mouse.of_workspaces("workspace.show.banjir", display=CHARTS)
        self.until(lambda told: told["workspace"] == "banjir")
        self.shot("flood")
        # What is shown is saved every few seconds.
        self.until(lambda _: "banjir" in kept(self.home))
        self.mouse.of_workspaces(f"workspace.show.{HOME}")
        self.until(lambda told: told["workspace"] == HOME)

        self.mouse.of_workspaces("workspace.duplicate")
        self.mouse.click("nameDialog.ok")
        copy = self.until(lambda told: told["workspace"] != HOME)["workspace"]
        self.mouse.of_workspaces("workspace.rename")
        self.shot("rename")
        self.mouse.click("nameDialog.ok")
        self.mouse.gone("nameDialog.ok")
        self.mouse.of_workspaces("workspace.remove")
        self.mouse.click("question.yes")
        self.until(lambda told: told["workspace"] == HOME)

        self.mouse.of_workspaces("workspace.reset")
        self.shot("reset")
        self.mouse.click("question.yes")
        self.until(lambda told: "feeds" in on(told, DESK) and pages(told) == FIRST)
        return copy

    def send_to_the_wall(self):
        self.mouse.of_workspaces("workspaceMenu.Wall", f"wall.make.{CHARTS}")
        self.until(lambda told: len(told["walls"]) == 1 and len(told["windows"]) == 2)
        before = self.console.tell()["walls"]
        self.mouse.click("panelMenu", panel="map")
        self.mouse.choose(f"wall.send_panel.{CHARTS}")
        self.until(lambda told: told["walls"][0]["panels"] == ["map.map"])
        self.mouse.find("map.canvas", display=CHARTS)
        self.shot("wall")
        self.mouse.of_workspaces("workspaceMenu.Wall", f"wall.take_back.{CHARTS}")
        self.until(lambda told: told["walls"] == before)
        self.mouse.of_workspaces("workspaceMenu.Wall", f"wall.desk.{CHARTS}")
        self.until(lambda told: told["walls"] == [] and pages(told) == FIRST)

    def settle_in(self):
        for act, dialog in (("settings.open", "settings"), ("manual.open", "manual")):
            self.mouse.of_workspaces("workspaceMenu.Console", act)
            self.until(lambda told, dialog=dialog: told["dialogs"] == [dialog])
            self.mouse.find(f"{dialog}.close")
            self.shot(dialog)
            self.mouse.click(f"{dialog}.close")
            self.until(lambda told: told["dialogs"] == [])
        self.mouse.click("languageSwitch", display=MAP)
        self.until(lambda told: told["language"] == "en")
        self.shot("english")
        self.mouse.click("languageSwitch", display=DESK)
        self.until(lambda told: told["language"] == "id")


@pytest.mark.timeout(600)
def test_a_shift_by_the_mouse_alone(room, manager, monitors, hands, tmp_path):
    with room(*PLAY, *WHO) as console:
        console.until(lambda told: settled(told, monitors) and pages(told) == FIRST)
        shift = Shift(console, Mouse(console, hands), tmp_path / "home")

        shift.take_an_alarm()
        _, incident = shift.find_an_incident_on_the_map()
        shift.work_with_panels()
        shift.go_its_own_way()
        shift.send_a_page_round()
        shift.look_back()
        copy = shift.work_with_workspaces()
        shift.send_to_the_wall()
        shift.settle_in()
        console.quit()

    told = commands(tmp_path / "home")
    assert {seat for _, seat, _ in told} == {"meja 2"}
    assert [verb for verb, _, _ in told].count("acknowledge") == 1
    assert {"banjir", copy, HOME} <= {id for verb, _, id in told if verb == "workspace"}
    assert incident
    assert copy not in kept(tmp_path / "home")


def black(name, thing):
    """Return the share of a kept picture that is black, where a thing stands."""
    picture = QImage(str(PICTURES / f"{name}.png")).copy(*thing["at"])
    points = [
        picture.pixelColor(x, y)
        for x in range(0, picture.width(), 8)
        for y in range(0, picture.height(), 8)
    ]
    return sum(point.lightness() == 0 for point in points) / len(points)


def kept(home):
    """Return the workspaces that the room has files of."""
    return [path.stem for path in (home / "workspaces").glob("*.toml")]


def commands(home):
    """Return what the operator did, as the journal has it: verb, seat, and which workspace."""
    (path,) = (home / "exercises").glob("*.sqlite")
    journal = open_journal(sqlite_url(path), "banjir-kandilo")
    reader = Reader(journal)
    found = [record for record in reader.read(0).records if isinstance(record, Command)]
    reader.close()
    journal.close()
    return [(one.verb, one.seat, one.arguments.get("id", "")) for one in found]


def alone(told):
    """Return the panels that are alone on their pages."""
    return [page["alone"] for w in told["windows"] for page in w["pages"] if page["alone"]]


def window_on(told, display):
    """Return the window on a display; one without pages where there is none."""
    found = [w for w in told["windows"] if w["at"][0] == 1280 * (display - 1)]
    return found[0] if found else {"pages": []}


def names_on(told, display):
    """Return the names of the pages on a display."""
    return [page["name"] for page in window_on(told, display)["pages"]]


def on(told, display):
    """Return the panels on a display's pages."""
    return [name for page in window_on(told, display)["pages"] for name in page["panels"]]


def at_shares(thing, *shares):
    """Return places across what is seen, from 0 at its left to 1."""
    left, top, width, height = thing["at"]
    return [(round(left + share * width), top + height // 2) for share in shares]
