"""Writes a large journal of version 7869918, to try its migration: not a benchmark itself.

`python -m tests.benchmarks.large_journal JOURNAL.sqlite 2.0` writes about two gigabytes: 200,000
records, among them incidents and acts on them, and millions of observations. The rows are those
that the writer of that version wrote, in its schema, taken from the journal that the tests keep.
There is no keyframe: that version wrote millions of records before its first one, too.
"""

import hashlib
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from paser_command.times import HOUR, MINUTE, SECOND, Instant
from tests.records import START

KEPT = Path(__file__).parents[1] / "data/journal-0001-7869918.sqlite"
RECORDS_A_GB = 100_000
OBSERVATIONS_A_GB = 11_200_000
STREAMS = 200
BATCH = 5_000
"""Observations of a batch: 25 of each stream, with the same share of the records beside them."""

ACKNOWLEDGED_OF = 10
"""Of so many records one is an act."""

CLOSED_OF = 3

Row = tuple[Any, ...]


def write(path: Path, observations: int, records: int) -> None:
    """Write the journal; it is whole only once this has returned."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    _make_tables(connection)
    writing = _Writing(connection)
    batches = max(1, observations // BATCH)
    for number in range(batches):
        share = range(records * number // batches, records * (number + 1) // batches)
        writing.append(START + number * MINUTE, share)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of that version, as they stand in the kept journal."""
    connection.execute("ATTACH ? AS kept", (f"file:{KEPT}?immutable=1",))
    for (statement,) in connection.execute(
        "SELECT sql FROM kept.sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'"
    ).fetchall():
        connection.execute(statement)
    for table in ("alembic_version", "meta"):
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM kept.{table}")
    connection.execute("DETACH kept")


class _Writing:
    """What the writer of that version did with each batch."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._seq = 0
        self._previous = b""
        self._hours: dict[str, Row] = {}

    def append(self, received: Instant, share: range) -> None:
        """Write a batch: a minute's numbers, and the records of a range."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._insert("observation", self._numbers(received))
        told = list(_told(received, share))
        self._insert("journal", (self._row(body) for body in told))
        acts = list(_acts(received, share))
        rows = [self._row(body) for body in acts]
        self._insert("journal", rows)
        self._insert("audit", (self._link(row) for row in rows))
        activity = Counter((body["kind"], body.get("severity", 0)) for body in (*told, *acts))
        activity["observation", 0] = BATCH
        minute = received - received % MINUTE
        self._insert("activity_minute", [(minute, *of, n) for of, n in activity.items()])
        self._connection.execute("COMMIT")

    def _insert(self, table: str, given: Iterable[Row], verb: str = "INSERT") -> None:
        rows = list(given)
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"{verb} INTO {table} VALUES ({marks})", rows)

    def _numbers(self, received: Instant) -> Iterator[Row]:
        """Give the rows of the numbers that each stream measured in the minute; roll them up."""
        of_each = BATCH // STREAMS
        step = MINUTE // of_each
        rolled: list[Row] = []
        for stream in range(STREAMS):
            name = f"muka-air/{stream}"
            first = received // step * 7 + stream
            values = [(first + turn * 13) % 997 / 100 for turn in range(of_each)]
            for turn, value in enumerate(values):
                self._seq += 1
                yield self._seq, name, received + turn * step, received, value, 0
            last_at = received + (of_each - 1) * step
            low, high, total = min(values), max(values), _total(values)
            rolled.append((name, received, low, high, total, of_each, values[-1], last_at))
        self._insert("rollup_minute", rolled)
        self._insert("rollup_hour", [self._hour(row) for row in rolled], "INSERT OR REPLACE")

    def _hour(self, row: Row) -> Row:
        """Return the row of the hour, as it is after one more minute."""
        name, minute, low, high, total, count, last, last_at = row
        hour = minute - minute % HOUR
        was = self._hours.get(name)
        if was is not None and was[1] == hour:
            low, high = min(low, was[2]), max(high, was[3])
            total, count = was[4] + total, was[5] + count
        self._hours[name] = (name, hour, low, high, total, count, last, last_at)
        return self._hours[name]

    def _row(self, body: dict[str, Any]) -> Row:
        self._seq += 1
        packed = msgspec.msgpack.encode(body)
        if body["kind"] == "report":
            # Reports have more than 15 fields, and the encoder leaves room for all of their number.
            packed = b"\xde" + len(body).to_bytes(2, "big") + packed[1:]
        columns = (body[name] for name in ("received", "at", "kind", "feed", "key"))
        return (self._seq, *columns, b"\x01" + packed)

    def _link(self, row: Row) -> Row:
        """Return the link of the audit chain: SHA-256 of the link before and the body."""
        previous = self._previous
        self._previous = hashlib.sha256(previous + row[-1]).digest()
        return row[0], previous, self._previous


def _total(values: list[float]) -> float:
    """Return the sum as the writer came to it: one by one, not by `sum`, which is exacter."""
    total = values[0]
    for value in values[1:]:
        total += value
    return total


def _told(received: Instant, share: range) -> Iterator[dict[str, Any]]:
    """Give the bodies of reports, each of which opens an incident or closes one."""
    for number in share:
        if number % ACKNOWLEDGED_OF:
            closed = number % CLOSED_OF == 0
            key = f"warga/{number - 1 if closed else number}"
            body = {
                "kind": "report",
                "feed": "warga",
                "key": key,
                "at": received - SECOND,
                "received": received,
                "category": "flood",
                "severity": 1 + number % 4,
                "title": f"Genangan nomor {number}",
                "began": received - MINUTE,
                "text": "Air masuk rumah, arus deras di jembatan.",
                "lon": 115.7 + number % 100 * 0.01,
                "lat": -2.3 + number // 100 % 100 * 0.01,
                "place": "Tanah Grogot",
            }
            yield body | ({"closed": True} if closed else {}) | {"incident": key}


def _acts(received: Instant, share: range) -> Iterator[dict[str, Any]]:
    for number in share:
        if number % ACKNOWLEDGED_OF == 0:
            yield {
                "kind": "command",
                "feed": "console",
                "key": f"ack-{number}",
                "at": received - SECOND,
                "received": received,
                "verb": "acknowledge",
                "subject": f"warga/{number - 5}",
                "who": "sari",
                "seat": "meja 1",
            }


if __name__ == "__main__":
    size_gb = float(sys.argv[2])
    write(Path(sys.argv[1]), int(size_gb * OBSERVATIONS_A_GB), int(size_gb * RECORDS_A_GB))
