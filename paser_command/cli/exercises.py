"""An exercise set up: its own journal, its site file, and the command line of its city."""

import logging
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from paser_command.config import SiteConfig, site_toml
from paser_command.errors import InputError, JournalError
from paser_command.exercise.play import site_of
from paser_command.exercise.scenario import Scenario, load_scenario
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import open_journal
from paser_command.times import MINUTE, Instant, iso, now, parse

FOLDER = "exercises"

_log = logging.getLogger(__name__)


class Exercise(msgspec.Struct, frozen=True):
    """An exercise to be run: its site, the file that says so, and the city's command line."""

    site: SiteConfig
    site_file: Path
    city: tuple[str, ...]


def set_up(name: str, speed: float, journal_url: str | None, folder: Path) -> Exercise:
    """Return the exercise, going on with one that is under way at the same speed.

    Its journal is its own, one a play, unless `journal_url` names one. JournalMixedError where
    that holds the city's real records.
    """
    scenario = load_scenario(name)
    plays = folder / FOLDER
    plays.mkdir(parents=True, exist_ok=True)
    url = journal_url or _under_way(scenario, speed, plays) or _fresh(name, plays)
    began, speed = _play(url, scenario, speed)
    port = _free_port()
    site = site_of(scenario, f"http://127.0.0.1:{port}", url)
    site_file = plays / f"{name}.site.toml"
    site_file.touch(0o600)
    site_file.write_text(site_toml(site), encoding="utf-8")
    city = (
        *program(),
        *("exercise", name, "--began", iso(began), "--speed", str(speed), "--port", str(port)),
        "--watch-stdin",
    )
    return Exercise(site, site_file, city)


def newest_exercise(folder: Path) -> str | None:
    """Return the URL of the journal of the newest play, None where nothing was ever played."""
    plays = _plays(folder / FOLDER, "*")
    return sqlite_url(plays[-1]) if plays else None


def program() -> tuple[str, ...]:
    """Return the command line that starts this program again."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "paser_command.cli")


def _plays(folder: Path, name: str) -> Sequence[Path]:
    return sorted(folder.glob(f"{name}-[0-9]*.sqlite"), key=lambda path: path.stat().st_mtime)


def _under_way(scenario: Scenario, speed: float, folder: Path) -> str | None:
    """Return the newest play's journal at that speed, None where its time is over."""
    for path in reversed(_plays(folder, scenario.id)):
        url = sqlite_url(path)
        facts = _facts(url)
        if "began" in facts and float(facts["speed"]) == speed:
            left = parse(facts["began"]) + int(scenario.duration_min * MINUTE / speed) - now()
            return url if left > 0 else None
    return None


def _facts(url: str) -> Mapping[str, str]:
    """Return what a play's journal says of itself; nothing where it is damaged or not ours."""
    try:
        journal = open_journal(url, create=False)
    except JournalError as error:
        _log.warning("%s", error)
        return {}
    try:
        return journal.facts()
    finally:
        journal.close()


def _fresh(name: str, folder: Path) -> str:
    stamp = iso(now())[:19].replace("-", "").replace(":", "")
    return sqlite_url(folder / f"{name}-{stamp}.sqlite")


def _play(url: str, scenario: Scenario, speed: float) -> tuple[Instant, float]:
    """Put down when the play began and how fast it runs; what the journal says already counts."""
    journal = open_journal(url, scenario.id)
    try:
        facts = journal.note(began=iso(now()), speed=str(speed))
    finally:
        journal.close()
    if float(facts["speed"]) != speed:
        raise InputError(
            "the exercise in {url} runs at speed {speed}: give --speed {speed}, or another journal",
            url=journal.where,
            speed=facts["speed"],
        )
    return parse(facts["began"]), speed


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
