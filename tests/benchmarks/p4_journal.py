"""P4: batches into the journal, beside the bare sqlite3 loop with the same rows and settings."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.records import Observation
from paser_command.times import MILLISECOND, now
from tests.benchmarks.figures import Figure

BATCH = 10_000
BATCHES = 20
ROUNDS = 5
STREAMS = 200


def measure() -> dict[str, Figure]:
    """Return how our rows a second compare with the bare loop's; the rounds take turns."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            bare.append(_timed(_bare(Path(folder, "bare.sqlite"))))
            ours.append(_timed(_ours(Path(folder, "ours.sqlite"))))
    ratio = median(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    return {
        "P4": Figure(
            what="rows a second into the journal, of the bare sqlite3 loop's",
            value=ratio * 100,
            unit="%",
            goal=60,
            sense="at_least",
            peers={"sqlite3": {"rows_a_second": median(bare)}},
            seen={"rows a second, rollups and activity included": median(ours)},
        )
    }


def _timed(append: Callable[[list[Observation]], None]) -> float:
    batches = [_batch(number) for number in range(BATCHES)]
    began_s = time.perf_counter()
    for batch in batches:
        append(batch)
    return BATCH * BATCHES / (time.perf_counter() - began_s)


def _batch(number: int) -> list[Observation]:
    start = now()
    keys = [f"muka-air/{stream}" for stream in range(STREAMS)]
    return [
        Observation(
            feed="muka-air",
            key=keys[row % STREAMS],
            at=start + (number * BATCH + row) * MILLISECOND,
            value=row % 997 / 100,
        )
        for row in range(BATCH)
    ]


def _ours(path: Path) -> Callable[[list[Observation]], None]:
    writer = Writer(open_journal(sqlite_url(path), REAL), now)
    return lambda batch: void(writer.append(batch))


def _bare(path: Path) -> Callable[[list[Observation]], None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE observation (seq INTEGER PRIMARY KEY, stream TEXT NOT NULL,"
        " at INTEGER NOT NULL, received INTEGER NOT NULL, value REAL NOT NULL,"
        " quality INTEGER NOT NULL)"
    )
    connection.execute("CREATE INDEX stream_at ON observation (stream, at)")
    seq = 0

    def append(batch: list[Observation]) -> None:
        nonlocal seq
        received = now()
        rows = [
            (seq + row, number.key, number.at, received, number.value, 0)
            for row, number in enumerate(batch, start=1)
        ]
        seq += len(batch)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")

    return append


def void(_: object) -> None:
    """Leave a result aside."""
