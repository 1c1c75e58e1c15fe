"""Writes the journal that the tests keep of each schema: run once, when a version is released.

`python -m tests.core.old_journal tests/data/journal-0001-1.sqlite`: schema revision, body version.
"""

import sqlite3
import sys
from pathlib import Path

from paser_command.geo import Circle, Geometry
from paser_command.journal.engine import sqlite_url
from paser_command.journal.frames import Frames
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.records import (
    Alarm,
    Alert,
    AnyRecord,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Position,
    Severity,
    Stream,
)
from paser_command.times import HOUR
from tests.records import LEVEL, START, acknowledge, flood, level

SIAGA = Limit("Siaga 1", 3.2, Severity.CRITICAL)
SQUARE = ((116.0, -2.0), (116.1, -2.0), (116.1, -1.9), (116.0, -2.0))

RECORDS: tuple[AnyRecord, ...] = (
    Stream(
        feed="muka-air",
        key=LEVEL,
        at=START,
        name="Kandilo",
        unit="m",
        lon=116.19,
        lat=-1.9,
        interval_s=30.0,
        limits=(SIAGA,),
    ),
    level(3.42),
    Alarm(
        feed="rules",
        key=f"rules/limit:{LEVEL}",
        at=START,
        rule="limit",
        subject=LEVEL,
        raised=True,
        severity=Severity.CRITICAL,
        value=3.42,
        limit=SIAGA,
    ),
    flood(text="Air setinggi lutut.", place="Tanah Grogot", status="open"),
    acknowledge("warga/1"),
    Alert(
        feed="peringatan",
        key="peringatan/1",
        at=START,
        event="Hujan Lebat",
        headline="Hujan Lebat di Kalimantan Timur",
        severity=Severity.HIGH,
        effective=START,
        expires=START + 3 * HOUR,
        polygons=(SQUARE, SQUARE),
        circles=(Circle(116.0, -2.0, 5_000.0),),
        references=("peringatan/0",),
    ),
    Feature(
        feed="jalan",
        key="jalan/1",
        at=START,
        layer="jalan",
        geometry=Geometry("area", (SQUARE,)),
        properties={"sebab": "banjir"},
    ),
    Position(feed="unit", key="unit/perahu-2", at=START, lon=116.2, lat=-1.9, speed_m_s=4.0),
    FeedHealth(
        feed="gempa",
        key="gempa",
        at=START,
        state=FeedState.FAILING,
        since=START,
        reason="http_status",
        facts={"status": 503},
    ),
)


def write(path: Path) -> None:
    """Write one record of each kind, and a keyframe."""
    journal = open_journal(sqlite_url(path), REAL)
    writer = Writer(journal, lambda: START)
    written = writer.append(RECORDS)
    reader = Reader(journal)
    picture, _ = reader.picture(START)
    reader.close()
    Frames(journal).keep(picture, written.seq, written.received)
    journal.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
