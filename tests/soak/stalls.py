"""A desk and a collector on a PostgreSQL that stands still, falls, and is set back.

Used by the soak (`make soak`, forty rounds) and by a seeded short slice in `make test`.
"""

import random
import signal
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import msgspec
from sqlalchemy import create_engine, text

from paser_command.journal.reader import all_records
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.journal.verify import verify
from paser_command.picture.incidents import NOTE
from paser_command.records import Command
from tests.command_line import Running
from tests.postgres import stopped
from tests.servers import Server, server_of_its_own
from tests.soak.room import Desk, collecting, is_one, layer_server, newest_told, until

TOLD_WITHIN_S = 3.0
"""From the fault to the loss of view on the desk."""

KINDS = ("stands still", "falls", "is set back")


class Found(msgspec.Struct):
    """What was seen in the rounds."""

    rounds: Counter[str]
    notes: int = 0
    set_back: int = 0
    slowest_told_s: float = 0.0


def run_stalls(folder: Path, *, rounds: int, seed: int) -> Found:
    """Let the server fail so often, each kind in its turn, and look after each.

    Fails where a note that the journal had was lost, but for those that a server was set back by,
    or one was doubled, where a loss of view was told late or not at all, and where the desk does
    not show in the end what the journal holds.
    """
    chance = random.Random(seed)
    found = Found(Counter())
    with ExitStack() as ending:
        server = ending.enter_context(server_of_its_own())
        server.start()
        url = _room(server)
        near = open_journal(url, REAL)
        ending.callback(near.close)
        layer = ending.enter_context(layer_server())
        collector = ending.enter_context(Running(folder, *collecting(folder, url, layer.url)))
        collector.wait_for("ready")
        desk = Desk(url, 1)
        ending.callback(desk.stop)
        missing: set[str] = set()
        for number in range(rounds):
            kind = KINDS[number % len(KINDS)]
            found.rounds[kind] += 1
            time.sleep(chance.uniform(0.5, 2.0))
            if kind == "is set back":
                missing |= _set_back(server, desk, chance)
            else:
                told_s = _stall(server, desk, chance, falls=kind == "falls")
                found.slowest_told_s = max(found.slowest_told_s, told_s)
            _goes_on(desk, missing)
        desk.rest()
        _goes_on(desk, missing)
        asked = layer.asked
        until(lambda: newest_told(near) > asked, "the collector did not go on")
        collector.process.terminate()
        assert collector.wait() == 0
        until(lambda: is_one(near, [desk]), "the picture differs")
        _look_into(near, desk, missing)
        found.notes, found.set_back = len(desk.noted), len(missing)
        return found


def _room(server: Server) -> str:
    engine = create_engine(f"{server.address}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE room"))
    engine.dispose()
    return f"{server.address}/room"


def _stall(server: Server, desk: Desk, chance: random.Random, *, falls: bool) -> float:
    """Take the server away for some seconds; return after how many the desk told of it."""
    stays_s = chance.uniform(0.0, 4.0)
    began_s = time.monotonic()
    if falls:
        server.stop(signal.SIGQUIT)
        told_s = _until_told(desk, began_s)
        time.sleep(stays_s)
        server.start()
    else:
        with stopped(server.address):
            told_s = _until_told(desk, began_s)
            time.sleep(stays_s)
    return told_s


def _until_told(desk: Desk, began_s: float) -> float:
    until(lambda: not desk.session.view.current, "the loss of view is not told", TOLD_WITHIN_S)
    return time.monotonic() - began_s


def _set_back(server: Server, desk: Desk, chance: random.Random) -> set[str]:
    """Put the server back to what it was a moment ago; return the notes that are gone with that.

    Those are what the desk had read. What it had only saved, it saves again.
    """
    before = desk.session.reloaded
    server.stop(signal.SIGINT)
    server.keep()
    kept = desk.saved()
    server.start()
    until(lambda: desk.saved() > kept, "nothing new is saved")
    time.sleep(chance.uniform(0.0, 1.0))
    server.stop(signal.SIGINT)
    had = desk.saved()
    server.set_back()
    server.start()
    until(lambda: desk.session.reloaded is not before, "that it was set back is not told")
    until(lambda: desk.session.view.current, "the journal is not read anew")
    return had - desk.saved()


def _goes_on(desk: Desk, missing: set[str]) -> None:
    """Wait until all that was noted by now is saved."""
    wanted = set(desk.noted) - missing
    until(lambda: wanted <= desk.saved(), "a note is not saved")


def _look_into(journal: Journal, desk: Desk, missing: set[str]) -> None:
    notes = [
        record.arguments["text"]
        for _, record in all_records(journal)
        if isinstance(record, Command) and record.verb == NOTE
    ]
    assert len(notes) == len(set(notes))
    assert set(notes) == set(desk.noted) - missing
    assert not list(verify(journal))
