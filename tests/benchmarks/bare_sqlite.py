"""The bare sqlite3 loop: what P4 is compared with, and the yardstick's part of that name."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from paser_command.records import Observation
from paser_command.times import MILLISECOND, now

BATCH = 10_000
BATCHES = 20
STREAMS = 200

Append = Callable[[list[Observation]], object]


def bare_rows_a_second() -> float:
    """Return how many rows a second a bare loop writes into a journal of its own."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder, "bare.sqlite"), isolation_level=None)
        try:
            return rows_a_second(_bare(connection))
        finally:
            connection.close()


def rows_a_second(append: Append) -> float:
    """Return how many rows a second the batches take."""
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


def _bare(connection: sqlite3.Connection) -> Append:
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
