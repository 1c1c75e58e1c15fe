"""Everything over three displays by the keyboard alone: no key is pressed in vain."""

import shutil

import pytest

from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.times import now
from tests.journeys.hands import Hands
from tests.journeys.standing import FIRST, pages, settled
from tests.records import flood


@pytest.fixture
def hands(server):
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool missing (Debian: xdotool)")
    return Hands(server)


@pytest.fixture
def console(room, monitors, tmp_path):
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
    hands.take_up(640, 360)
    console.until(lambda told: active(told) == ["Desk"] and told["alarm"])
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

    pressed(hands, console, "ctrl+Left", lambda told: told["mode"] == "paused")
    pressed(hands, console, "Escape", lambda told: told["mode"] == "live")
    pressed(hands, console, "ctrl+l", lambda told: told["language"] == "en")
    pressed(hands, console, "F1", lambda told: "manual" in told["dialogs"])
    pressed(hands, console, "ctrl+comma", lambda told: "settings" in told["dialogs"])


def alone(told):
    """Return the panels that are alone on their pages."""
    return [page["alone"] for w in told["windows"] for page in w["pages"] if page["alone"]]
