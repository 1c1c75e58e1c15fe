"""Two replays and the live room on three displays, by keys and mouse."""

from pathlib import Path

import pytest

from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.records import Severity
from paser_command.times import MINUTE, now
from tests.journeys.monitors import LEFT, MIDDLE, RIGHT
from tests.journeys.mouse import Mouse
from tests.journeys.standing import FIRST, pages, settled
from tests.records import flood

PICTURES = Path("out/journey/times")
STEP = MINUTE


@pytest.fixture
def journal(tmp_path):
    """A journal that goes on while the console shows it."""
    made = open_journal(sqlite_url(tmp_path / "journal.sqlite"), REAL)
    yield made
    made.close()


@pytest.fixture
def console(room, manager, monitors, journal):
    Writer(journal, now).append([flood("warga/1", at=now())])
    with room() as shown:
        shown.until(lambda told: settled(told, monitors) and pages(told) == FIRST)
        shown.until(lambda told: told["alarm"])
        yield shown
        shown.quit()


def on(told, monitor):
    """Return what the window on a monitor tells."""
    (window,) = [one for one in told["windows"] if tuple(one["at"]) == monitor.at]
    return window


def times(told):
    """Return the numbers of the times on the three displays, from the left."""
    return [on(told, monitor)["time"] for monitor in (LEFT, MIDDLE, RIGHT)]


def modes(told):
    return [on(told, monitor)["mode"] for monitor in (LEFT, MIDDLE, RIGHT)]


def work_in(console, hands, monitor):
    """Take the window on a monitor in hand, by a click on its date."""
    left, top, *_ = monitor.at
    hands.click(left + 60, top + 24)
    console.until(lambda told: on(told, monitor)["active"])


@pytest.mark.timeout(300)
def test_two_replays_and_live_on_three_displays(console, hands, journal):
    mouse = Mouse(console, hands)
    before = console.ask("count")["threads"]

    work_in(console, hands, MIDDLE)
    hands.key("ctrl+t")
    console.until(lambda told: times(told) == [0, 1, 0])
    hands.key("ctrl+Left")
    console.until(lambda told: modes(told) == ["live", "paused", "live"])

    work_in(console, hands, RIGHT)
    hands.key("ctrl+t")
    console.until(lambda told: times(told) == [0, 1, 2])
    hands.key("ctrl+shift+Left")
    told = console.until(lambda told: modes(told) == ["live", "paused", "paused"])
    assert on(told, RIGHT)["behind"] > on(told, MIDDLE)["behind"] + STEP
    shot(console, "two-replays")

    # What is new comes where it is now, and moves nothing of what stands in the past.
    stood = [on(told, monitor)["now"] for monitor in (MIDDLE, RIGHT)]
    worse = {"title": "Banjir Long Ikis", "severity": Severity.CRITICAL}
    Writer(journal, now).append([flood("warga/2", at=now(), **worse)])
    told = console.until(lambda told: "Long Ikis" in told["waiting"])
    assert [on(told, monitor)["now"] for monitor in (MIDDLE, RIGHT)] == stood
    assert modes(told) == ["live", "paused", "paused"]

    # The right one joins the middle one's replay: from then on both are moved by the keys of each.
    mouse.click("timeChip", display=3)
    mouse.choose("time.1")
    told = console.until(lambda told: times(told) == [0, 1, 1])
    assert on(told, RIGHT)["now"] == on(told, MIDDLE)["now"] == stood[0]
    work_in(console, hands, RIGHT)
    hands.key("ctrl+Left")
    told = console.until(lambda told: on(told, RIGHT)["now"] < stood[0])
    assert on(told, MIDDLE)["now"] == on(told, RIGHT)["now"]
    work_in(console, hands, MIDDLE)
    hands.key("p")
    console.until(lambda told: modes(told) == ["live", "playing", "playing"])
    shot(console, "shared")

    hands.key("Escape")
    console.until(lambda told: modes(told) == ["live"] * 3)
    for monitor in (MIDDLE, RIGHT):
        work_in(console, hands, monitor)
        hands.key("ctrl+t")
    console.until(lambda told: times(told) == [0, 0, 0])
    console.until(lambda _: console.ask("count")["threads"] <= before)


def shot(console, name):
    """Keep a picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    console.ask("shot", str(PICTURES / f"{name}.png"))
