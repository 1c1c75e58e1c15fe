"""Pages stand on their displays, whatever is plugged in: none is lost, and none is off screen.

Displays settle in 60 ms here instead of a second (`SETTLE_MS` in tests/journeys/asked.py).
"""

import pytest

from tests.journeys.monitors import LEFT, MIDDLE, RIGHT, THREE
from tests.journeys.mouse import Mouse
from tests.journeys.standing import FIRST, hints, moved, pages, settled

SIZES = ((1024, 640), (1366, 768), (1920, 1080))


@pytest.fixture
def console(room, monitors):
    """A console on three displays."""
    with room() as shown:
        shown.until(lambda told: settled(told, monitors) and pages(told) == FIRST)
        yield shown
        shown.quit()


def test_what_is_unplugged_is_a_tab_elsewhere_that_says_so_until_it_is_back(console, monitors):
    shown = console.tell()
    monitors.pull(MIDDLE.name)
    gone = console.until(lambda told: len(pages(told)) == 2 and settled(told, monitors))

    monitors.plug(MIDDLE)
    console.until(lambda told: pages(told) == FIRST and settled(told, monitors))

    assert all(window["full"] for window in shown["windows"])
    assert shown["shown"] == shown["panels"]
    assert pages(gone) == [(LEFT.at, ["Desk", "Map"]), (RIGHT.at, ["Charts"])]
    assert list(hints(gone)) == ["Map"]
    assert "DP-2" in hints(gone)["Map"]
    assert hints(console.tell()) == {}


def test_pages_follow_monitors_that_change_places_or_go_all_at_once(console, monitors):
    moved(console, monitors, RIGHT._replace(left=0), LEFT._replace(left=2560))
    swapped = [((0, 0, 1280, 720), ["Charts"]), FIRST[1], ((2560, 0, 1280, 720), ["Desk"])]
    console.until(lambda told: pages(told) == swapped)

    monitors.pull(*monitors.there)
    whole = [((0, 0, 5120, 2160), ["Desk", "Map", "Charts"])]
    console.until(lambda told: pages(told) == whole)

    monitors.plug(*THREE)
    console.until(lambda told: pages(told) == FIRST)


def test_nothing_is_off_screen_at_other_resolutions_and_offsets(console, monitors):
    console.ask("free", 1, False)
    console.ask("float", "incidents-2", 3500, 500, 300, 200)

    for width, height in SIZES:
        anew = MIDDLE._replace(left=2560, top=300, width=width, height=height)
        right = RIGHT._replace(left=0, top=720, width=width, height=height)
        told = moved(console, monitors, anew, right)
        free = [window for window in told["windows"] if not window["full"]]
        assert [page["name"] for window in free for page in window["pages"]] == ["Map"]
        assert [one["panels"] for one in told["floats"]] == [["incidents-2"]]

    told = moved(console, monitors, RIGHT._replace(left=-1280, top=40))
    assert ((-1280, 40, 1280, 720), ["Charts"]) in pages(told)


def test_displays_of_different_scales_are_filled(room, monitors):
    wide = [m._replace(left=1920 * n, width=1920, height=1080) for n, m in enumerate(THREE)]
    monitors.pull(*monitors.there)
    monitors.plug(*wide[:2], wide[2]._replace(left=0, top=1080))

    with room(QT_SCREEN_SCALE_FACTORS="1.25;1;1.5") as console:
        console.until(_each_is_filled)
        monitors.pull(MIDDLE.name)
        told = console.until(lambda told: _each_is_filled(told) and len(pages(told)) == 2)
        console.quit()

    assert [names for _, names in pages(told)] == [["Desk", "Charts"], ["Map"]]


def test_a_floating_panel_stays_above_a_window_that_is_clicked(room, manager, monitors, hands):
    with room() as console:
        console.until(lambda told: settled(told, monitors) and pages(told) == FIRST)
        console.ask("float", "feeds", MIDDLE.left + 200, 200, 500, 300)
        mouse = Mouse(console, hands)
        mouse.find("host", panel="feeds")

        hands.click(MIDDLE.left + 100, 600)
        console.until(
            lambda told: MIDDLE.at in [tuple(w["at"]) for w in told["windows"] if w["active"]]
        )

        mouse.find("host", panel="feeds")
        console.quit()


def active(told):
    """Return where the window is that has the keyboard."""
    return [tuple(window["at"]) for window in told["windows"] if window["active"]]


def _each_is_filled(told):
    windows = sorted(window["at"] for window in told["windows"])
    return windows == sorted(told["screens"].values())
