"""Everything over three displays by the keyboard alone: no key is pressed in vain."""

from pathlib import Path

import pytest

from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.times import now
from tests.journeys.monitors import MIDDLE, RIGHT
from tests.journeys.standing import FIRST, HOME, pages, settled
from tests.records import flood

PICTURES = Path("out/journey/keyboard")


@pytest.fixture
def console(room, manager, monitors, tmp_path):
    """A console on three displays, with a flood that nobody has taken notice of."""
    journal = open_journal(sqlite_url(tmp_path / "journal.sqlite"), REAL)
    Writer(journal, now).append([flood(at=now())])
    journal.close()
    with room() as shown:
        shown.until(lambda told: settled(told, monitors) and pages(told) == FIRST)
        yield shown
        shown.quit()


def active(told):
    """Return the pages of the window that is worked in."""
    return [page["name"] for w in told["windows"] if w["active"] for page in w["pages"]]


def by_palette(hands, console, words):
    """Do something by its name."""
    hands.key("ctrl+k")
    console.until(lambda told: told["typed"] == "")
    hands.type(words)
    console.until(lambda told: told["typed"] == words)
    hands.key("Return")
    console.until(lambda told: told["typed"] is None)


def pressed(hands, console, key, met):
    """Press a key, and wait for what it does."""
    hands.key(key)
    return console.until(met)


@pytest.mark.timeout(300)
def test_three_displays_by_keys_alone(console, hands):
    console.until(lambda told: active(told) == ["Desk"] and told["alarm_seen"])
    pressed(hands, console, "space", lambda told: not told["alarm"])

    pressed(hands, console, "ctrl+2", lambda told: told["workspace"] == "banjir")
    pressed(hands, console, "ctrl+1", lambda told: told["workspace"] == "ruang-siaga")

    by_palette(hands, console, "Insiden")
    name = console.until(lambda told: told["in_hand"])["in_hand"]
    by_palette(hands, console, "Pilihan sendiri")
    console.until(lambda told: told["pins"] == {name: ["selection"]})

    pressed(hands, console, "ctrl+m", lambda told: alone(told) == [name])
    pressed(hands, console, "ctrl+m", lambda told: alone(told) == [])
    pressed(hands, console, "ctrl+shift+f", lambda told: told["floating"] == [name])
    by_palette(hands, console, "Kembalikan panel")
    console.until(lambda told: told["floating"] == [])

    # A panel that is brought takes the keyboard to its window, wherever that is.
    pressed(hands, console, "ctrl+shift+Next", lambda told: on(told, MIDDLE) == ["Desk", "Map"])
    by_palette(hands, console, "Insiden")
    console.until(lambda told: active(told) == ["Desk", "Map"])
    pressed(hands, console, "ctrl+Next", lambda told: front(told, MIDDLE) == "Map")
    pressed(hands, console, "ctrl+t", lambda told: own_times(told) == [MIDDLE.at])
    pressed(hands, console, "ctrl+t", lambda told: own_times(told) == [])
    pressed(hands, console, "ctrl+Prior", lambda told: front(told, MIDDLE) == "Desk")
    pressed(hands, console, "ctrl+shift+Next", lambda told: "Desk" in on(told, RIGHT))
    by_palette(hands, console, "Insiden")
    console.until(lambda told: "Desk" in active(told))
    pressed(hands, console, "ctrl+shift+Next", lambda told: pages(told) == FIRST)
    by_palette(hands, console, "Insiden")
    console.until(lambda told: active(told) == ["Desk"])

    by_palette(hands, console, "Gandakan ruang kerja ini")
    console.until(lambda told: told["dialogs"] == ["nameDialog"])
    pressed(hands, console, "Escape", lambda told: told["dialogs"] == [])
    pressed(hands, console, "ctrl+k", lambda told: told["typed"] == "")
    pressed(hands, console, "Escape", lambda told: told["typed"] is None)

    pressed(hands, console, "ctrl+Left", lambda told: told["mode"] == "paused")
    pressed(hands, console, "Escape", lambda told: told["mode"] == "live")
    pressed(hands, console, "ctrl+l", lambda told: told["language"] == "en")
    pressed(hands, console, "F1", lambda told: told["dialogs"] == ["manual"])
    shot(console, "manual")
    pressed(hands, console, "Escape", lambda told: told["dialogs"] == [])
    pressed(hands, console, "ctrl+comma", lambda told: told["dialogs"] == ["settings"])
    shot(console, "settings")
    pressed(hands, console, "Escape", lambda told: told["dialogs"] == [])
    assert console.tell()["workspace"] == HOME


def on(told, monitor):
    """Return the names of the pages on a monitor."""
    return dict(pages(told)).get(monitor.at, [])


def front(told, monitor):
    """Return the name of the page in front on a monitor."""
    (window,) = [one for one in told["windows"] if tuple(one["at"]) == monitor.at]
    return window["pages"][window["front"]]["name"]


def own_times(told):
    """Return the monitors whose windows are moved in time alone."""
    return [tuple(one["at"]) for one in told["windows"] if one["own_time"]]


def shot(console, name):
    """Keep a picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    console.ask("shot", str(PICTURES / f"{name}.png"))


def alone(told):
    """Return the panels that are alone on their pages."""
    return [page["alone"] for w in told["windows"] for page in w["pages"] if page["alone"]]
