"""An operator's first hour: sees the flood, takes an incident, looks back, returns, comes again."""

import os
import shutil
from pathlib import Path

import pytest

from tests.journeys.room import Room, display
from tests.patience import patient

PICTURES = Path("out/journey")
"""The journey's screens are kept to be looked at."""


@pytest.fixture
def room(tmp_path):
    if missing := [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]:
        if os.environ.get("CI"):
            pytest.fail(f"{missing} missing")
        pytest.skip(f"{missing} missing (Debian: xvfb xdotool)")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with display() as number:
        yield Room(number, tmp_path)


def incidents(screen):
    return screen["rows"]["incidents.list"]


def acknowledged(screen):
    return [row for row in incidents(screen) if " diakui" in row and "belum" not in row]


def shown_texts(screen):
    return " ".join(screen["texts"].values())


def flooded(screen):
    """Return whether the exercise's first ten minutes stand on the screen."""
    return (
        len(incidents(screen)) >= 6
        and all(told in shown_texts(screen) for told in ("BMKG 1", "Muka air 4"))
        and screen["texts"].get("feedCount") == "Sumber 7/7"
    )


@pytest.mark.timeout(400)
def test_an_operator_s_first_hour(room):
    play = ("--exercise", "banjir-kandilo", "--speed", "20", "--language", "id")
    with room.console(*play) as console:
        screen = console.until(flooded)
        assert any(text.endswith(" m") for text in screen["texts"].values())
        assert "LATIHAN" in screen["title"]
        assert not acknowledged(screen)
        console.shot(PICTURES / "live.png")

        room.key("space")
        screen = console.until(acknowledged)
        (taken,) = acknowledged(screen)
        count = len(incidents(screen))
        console.shot(PICTURES / "acknowledged.png")

        room.key("ctrl+shift+Left")
        screen = console.until(lambda screen: not incidents(screen))
        assert "JEDA" in shown_texts(screen)
        console.shot(PICTURES / "five-minutes-ago.png")

        room.key("Escape")
        screen = console.until(lambda screen: len(incidents(screen)) >= count)
        assert "LANGSUNG" in shown_texts(screen)
        assert [row.partition(" |")[0] for row in acknowledged(screen)]

        room.key("ctrl+l")
        console.until(lambda screen: "LIVE" in shown_texts(screen))
        console.shot(PICTURES / "english.png")
        room.key("ctrl+l")
        console.until(lambda screen: "LANGSUNG" in shown_texts(screen))

        assert console.quit() <= patient(3.0)

    with room.console(*play) as console:
        screen = console.until(acknowledged)
        assert _title(taken) in [_title(row) for row in acknowledged(screen)]
        assert console.quit() <= patient(3.0)


def _title(row):
    """Return what stays of a row while time goes on: its title."""
    return row.split(",")[0]
