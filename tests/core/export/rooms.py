"""A room's journal for tests of exports: a flooded afternoon in Paser, told twice."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from paser_command.export.web_map import Origin
from paser_command.geo import Circle, Geometry
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.journal.writer import Writer
from paser_command.language import Language
from paser_command.picture.drawing_change import Change, DrawnShape, arguments_of
from paser_command.records import (
    Alert,
    AnyRecord,
    Command,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Position,
    Record,
    Severity,
    Stream,
)
from paser_command.stand.stand import paser_stand
from paser_command.times import HOUR, MINUTE, Instant
from tests.records import START, acknowledge, flood, level

LATER: Instant = START + 30 * MINUTE

RIVER = "muka-air/kandilo"
SQUARE = ((116.1, -2.0), (116.3, -2.0), (116.3, -1.8), (116.1, -2.0))


def stream(key: str = RIVER, **changes: object) -> Stream:
    """Return a gauge on the Kandilo."""
    values: dict[str, object] = {
        "feed": key.partition("/")[0],
        "key": key,
        "at": START,
        "name": "Muka air Kandilo",
        "unit": "m",
        "lon": 116.19,
        "lat": -1.91,
        "limits": (Limit("Siaga 1", 3.2, Severity.CRITICAL),),
    }
    return Stream(**(values | changes))  # type: ignore[arg-type]


def alert(key: str = "bmkg-cap/1", **changes: object) -> Alert:
    """Return a warning in force for two hours, over a square and a circle."""
    values: dict[str, object] = {
        "feed": key.partition("/")[0],
        "key": key,
        "at": START,
        "event": "Hujan Lebat",
        "headline": "Hujan Lebat di Tanah Grogot",
        "severity": Severity.MEDIUM,
        "effective": START,
        "expires": START + 2 * HOUR,
        "sender": "BMKG Stasiun Balikpapan",
        "polygons": (SQUARE,),
        "circles": (Circle(116.5, -1.5, 5_000.0),),
    }
    return Alert(**(values | changes))  # type: ignore[arg-type]


def road(key: str = "jalan/1", **changes: object) -> Feature:
    """Return a closed road."""
    line = Geometry("line", (((116.0, -1.9), (116.1, -1.95)),))
    values: dict[str, object] = {
        "feed": key.partition("/")[0],
        "key": key,
        "at": START,
        "layer": "roads",
        "name": "Jl. Kusuma Bangsa ditutup",
        "geometry": line,
        "severity": Severity.HIGH,
    }
    return Feature(**(values | changes))  # type: ignore[arg-type]


def unit(key: str = "armada/1", **changes: object) -> Position:
    """Return a boat on its way east."""
    values: dict[str, object] = {
        "feed": key.partition("/")[0],
        "key": key,
        "at": START,
        "lon": 116.2,
        "lat": -1.9,
        "course_deg": 90.0,
        "name": "Perahu 3",
        "status": "menuju lokasi",
    }
    return Position(**(values | changes))  # type: ignore[arg-type]


def drawing(key: str = "drawing/1", name: str = "Dapur umum") -> Command:
    """Return what an operator drew: a point with a name and a note."""
    change = Change(
        shape=DrawnShape.POINT, places=((116.25, -1.95),), name=name, note="rahasia 0811"
    )
    return Command(
        feed="console",
        key=f"act-{key}",
        at=START,
        verb="draw",
        subject=key,
        arguments=arguments_of(change),
        who="sari",
        seat="2",
    )


def health(source: str = "sungai", at: Instant = START) -> FeedHealth:
    """Return the health of a feed that does well."""
    return FeedHealth(
        feed=source, key=source, at=at, state=FeedState.LIVE, since=START, source=source
    )


def afternoon() -> list[AnyRecord]:
    """Return what is known at START: one thing of each kind that a map shows."""
    return [
        flood(place="Jl. RM Noto Sunardi 12", text="Nama saya Budi, 0812 3456 7890"),
        stream(),
        level(2.1),
        alert(),
        road(),
        unit(),
        drawing(),
        health("muka-air"),
    ]


def evening() -> list[AnyRecord]:
    """Return what is new at LATER: the river rises, the flood is seen to, a second one begins."""
    return [
        level(3.4, LATER),
        acknowledge("warga/1", LATER),
        flood("warga/2", LATER, title="Banjir Long Kali", lon=116.3, lat=-1.6),
    ]


def room(folder: Path, *batches: tuple[Instant, Iterable[Record]], purpose: str = REAL) -> Journal:
    """Return a journal in which each batch was received at its instant."""
    journal = open_journal(sqlite_url(folder / "journal.sqlite"), purpose)
    for instant, records in batches:
        Writer(journal, partial(int, instant)).append(list(records))
    return journal


def named(source: str, _language: Language) -> str:
    """Return whom to name for a type of feed."""
    return f"Sumber {source}"


def origin(journal: Journal, site: str = "Kabupaten Paser") -> Origin:
    """Return where the maps of a journal come from."""
    return Origin(journal, site, named, paser_stand())
