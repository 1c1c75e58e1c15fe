"""A console and its collector that are killed again and again, in the middle of an exercise.

Used by the soak (`make soak`, two hundred kills) and by a seeded short slice in `make test`.
"""

import json
import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from paser_command.exercise.city import City
from paser_command.exercise.scenario import load_scenario
from paser_command.journal.reader import all_records
from paser_command.journal.schema import observation
from paser_command.journal.store import open_journal
from paser_command.journal.verify import verify
from paser_command.picture.incidents import NOTE
from paser_command.records import Command, Observation
from paser_command.times import Instant, now, parse
from tests.patience import patient
from tests.processes import end, start

SCENARIO, SPEED = "banjir-kandilo", 20.0
BACK_WITHIN_S = 10.0
LONGEST_WAIT_S = 60.0


class DrivenConsole:
    """A driven console's process, and what it says, line by line."""

    def __init__(self, journal_url: str, home: Path) -> None:
        self.began_s = time.monotonic()
        self.acknowledged: set[str] = set()
        self._said: queue.Queue[dict[str, object]] = queue.Queue()
        module = ("-m", "tests.integration.driven_console")
        play = ("--exercise", SCENARIO, "--speed", str(SPEED), "--journal", journal_url)
        self.process = start(
            [sys.executable, *module, *play],
            stdout=subprocess.PIPE,
            env=os.environ | {"PASER_COMMAND_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        )
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def wait_for(self, what: str) -> Any:
        """Return what it says of that next."""
        end_s = time.monotonic() + patient(LONGEST_WAIT_S)
        while True:
            said = self._said.get(timeout=max(0.1, end_s - time.monotonic()))
            if what in said:
                return said[what]

    def kill(self) -> set[str]:
        """Kill the console; return every note that it had shown as acknowledged."""
        end(self.process)
        self._reading.join()
        return self.acknowledged

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                if not line.endswith(b"\n"):
                    break
                told = json.loads(line)
                self._said.put(told)
                if "acknowledged" in told:
                    self.acknowledged.add(told["acknowledged"])


def run_kills(journal_url: str, home: Path, *, rounds: int, seed: int) -> int:
    """Kill a collector, then its console, in each round; return how many notes were acknowledged.

    Fails where a note that the console had shown or a number was lost or doubled, or where the
    picture was not back in time.
    """
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    for _ in range(rounds):
        console = DrivenConsole(journal_url, home)
        shown = console.wait_for("picture")
        back_s = time.monotonic() - console.began_s
        collector = console.wait_for("collector")

        assert back_s <= patient(BACK_WITHIN_S)
        assert acknowledged <= set(shown)

        _pause(chance)
        os.kill(collector, signal.SIGKILL)
        assert console.wait_for("collector") != collector
        _pause(chance)
        acknowledged |= console.kill()

    until = _catch_up(journal_url, home)
    _look_into(journal_url, acknowledged, until)
    return len(acknowledged)


def _pause(chance: random.Random) -> None:
    """Let a random time pass: the moment of the kill is what is tried here."""
    time.sleep(chance.uniform(0.1, 1.2))


def _catch_up(journal_url: str, home: Path) -> Instant:
    """Run a console once more until its collector has what it missed; return up to when."""
    until = now()
    console = DrivenConsole(journal_url, home)
    console.wait_for("collector")
    end_s = time.monotonic() + patient(LONGEST_WAIT_S)
    while _newest_number(journal_url) <= until:
        assert time.monotonic() < end_s
        time.sleep(0.2)
    console.kill()
    return until


def _newest_number(journal_url: str) -> Instant:
    journal = open_journal(journal_url, create=False)
    try:
        with journal.engine.connect() as connection:
            return connection.execute(select(func.max(observation.c.at))).scalar() or 0
    finally:
        journal.close()


def _look_into(journal_url: str, acknowledged: set[str], until: Instant) -> None:
    journal = open_journal(journal_url, create=False)
    try:
        records = [record for _, record in all_records(journal)]
        began = parse(journal.facts()["began"])
        assert not list(verify(journal))
    finally:
        journal.close()
    notes = [
        record.arguments["text"]
        for record in records
        if isinstance(record, Command) and record.verb == NOTE
    ]
    assert acknowledged <= set(notes)
    assert len(notes) == len(set(notes))
    numbers = [(r.key, r.at, r.value) for r in records if isinstance(r, Observation)]
    assert len(numbers) == len(set(numbers))
    assert _measured(began, until) <= set(numbers)


def _measured(began: Instant, until: Instant) -> set[tuple[str, Instant, float]]:
    """Return every number that the city's stations measured in the exercise."""
    city = City(load_scenario(SCENARIO), began, SPEED)
    return {
        (f"muka-air/{station + 1}", sample.at, city.value(sample))
        for station in range(len(city.scenario.stations))
        for sample in city.samples(station, began, until)
    }
