"""What the tests of panels share: a context that writes down its calls, and real pictures."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from paser_command.api import (
    MINUTE,
    SECOND,
    Alarm,
    Alert,
    AnyRecord,
    Command,
    FeedHealth,
    FeedState,
    Frame,
    Instant,
    Language,
    Limit,
    Mode,
    Observation,
    Picture,
    Record,
    Region,
    Report,
    Selection,
    Series,
    SeriesQuery,
    Severity,
    Stream,
    Ticket,
    TrailQuery,
    VerbValue,
    parse_time,
)
from paser_command.errors import InputError
from paser_command.verbs.verbs import Verbs
from paser_map.api import MapServices
from paser_ui.api import Contribution, Point
from paser_ui.theme.style import apply_theme


@pytest.fixture(autouse=True)
def theme(qapp):
    """Dress the application once; what a test leaves to be deleted is deleted in its own time."""
    if not qapp.property("themed"):
        apply_theme(qapp)
        qapp.setProperty("themed", "yes")
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


NOW = parse_time("2026-11-23T06:03:27Z")
"""14.03.27 WITA."""

HOSTILE = '<img src="/etc/passwd"><b>bold</b> &amp; {braces} %s \u202e'


class FakeContext:
    """A panel's context; `plugin` names whose catalogue comes first."""

    def __init__(self, plugin: str, code: str = "id") -> None:
        self.plugin = plugin
        self.maps = MapServices(Path("/nowhere"))
        self.selections: list[Selection] = []
        self.areas: list[Region | None] = []
        self.commands: list[tuple[str, str, dict[str, str]]] = []
        self.refused: InputError | None = None
        self._verbs = Verbs()
        self.attributions: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.contributed: dict[Point, list[Contribution]] = {}
        self.asked: list[tuple[SeriesQuery, ...]] = []
        self.asked_trails: list[TrailQuery] = []
        self.speak(code)

    def speak(self, code: str) -> None:
        """Change the language."""
        catalogues = (f"paser_plugins.{self.plugin}", "paser_resources")
        self._language = Language(code, catalogues=catalogues)

    @property
    def language(self) -> Language:
        return self._language

    def tr(self, text: str, **facts: object) -> str:
        return self._language.tr(text, **facts)

    def select(self, selection: Selection) -> None:
        self.selections.append(selection)

    def look_at(self, area: Region | None) -> None:
        self.areas.append(area)

    def act(self, value: VerbValue, subject: str) -> Ticket:
        verb = self._verbs.of(value)
        if self.refused is not None:
            return Ticket(verb.name, subject, error=self.refused)
        self.commands.append((verb.name, subject, verb.encode(value)))
        return Ticket(verb.name, subject)

    def refusal(self, kind: type[VerbValue]) -> InputError | None:
        return self.refused

    def undo(self) -> Ticket | None:
        self.commands.append(("undo", "", {}))
        return Ticket("undo", "")

    def redo(self) -> Ticket | None:
        self.commands.append(("redo", "", {}))
        return Ticket("redo", "")

    def attribution(self, source: str) -> str:
        return self.attributions.get(source, "")

    def source_name(self, source: str) -> str:
        return self.sources.get(source, source)

    def contributions(self, point: Point) -> tuple[Contribution, ...]:
        return tuple(self.contributed.get(point, ()))

    def language_of(self, contribution: Contribution) -> Language:
        return Language(self._language.code, catalogues=(contribution.package,))

    def ask(self, queries: Iterable[SeriesQuery]) -> None:
        self.asked.append(tuple(queries))

    def ask_trails(self, query: TrailQuery) -> None:
        self.asked_trails.append(query)


def frame(
    picture: Picture,
    *,
    now: Instant = NOW,
    selection: Selection | None = None,
    mode: Mode = Mode.LIVE,
    seeked: bool = False,
    series: dict[str, Series] | None = None,
    area: Region | None = None,
    tickets: tuple[Ticket, ...] = (),
) -> Frame:
    """Return a frame of the picture."""
    return Frame(
        now=now,
        mode=mode,
        speed=1.0,
        seeked=seeked,
        exercise=False,
        picture=picture,
        selection=selection or Selection(),
        series=series or {},
        area=area,
        tickets=tickets,
    )


def report(name: str, **changes: object) -> Report:
    """Return a report known two minutes and forty-one seconds before NOW."""
    values: dict[str, object] = {
        "feed": "112",
        "key": f"112/{name}",
        "at": NOW - 161 * SECOND,
        "received": NOW - 161 * SECOND,
        "category": "flood",
        "severity": Severity.HIGH,
        "title": f"Banjir {name}",
        "began": NOW - 170 * SECOND,
        "incident": name,
        "lon": 116.193,
        "lat": -1.906,
        "place": "Tanah Grogot",
    }
    return Report(**(values | changes))  # type: ignore[arg-type]


def acknowledge(key: str, at: Instant = NOW - 60 * SECOND) -> Command:
    """Return an operator's acknowledgement of an incident."""
    return Command(
        feed="console",
        key=f"console/{key}-{at}",
        at=at,
        received=at,
        verb="acknowledge",
        subject=key,
        who="Sari",
        seat="meja 2",
    )


def note(key: str, text: str, at: Instant = NOW - 30 * SECOND) -> Command:
    """Return an operator's note on an incident."""
    return Command(
        feed="console",
        key=f"console/note-{key}-{at}",
        at=at,
        received=at,
        verb="note",
        subject=key,
        arguments={"text": text},
        who="Sari",
        seat="meja 2",
    )


def health(feed: str, state: FeedState = FeedState.LIVE, **changes: object) -> FeedHealth:
    """Return a feed's health, in its state for six minutes, heard of ten seconds ago."""
    values: dict[str, object] = {
        "feed": feed,
        "key": feed,
        "at": NOW - 10 * SECOND,
        "received": NOW - 10 * SECOND,
        "state": state,
        "since": NOW - 6 * MINUTE,
    }
    return FeedHealth(**(values | changes))  # type: ignore[arg-type]


def level(
    code: str, value: float, *, age: Instant = 40 * SECOND, **changes: object
) -> list[AnyRecord]:
    """Return a river's level: the stream with the Siaga ladder, and its newest value."""
    values: dict[str, object] = {
        "feed": "sungai",
        "key": f"sungai/{code}",
        "at": NOW - 60 * MINUTE,
        "received": NOW - 60 * MINUTE,
        "name": f"{code.title()} · Tanah Grogot",
        "unit": "m",
        "lon": 116.19,
        "lat": -1.91,
        "limits": (
            Limit("Siaga 3", 2.2, Severity.MEDIUM),
            Limit("Siaga 2", 2.7, Severity.HIGH),
            Limit("Siaga 1", 3.2, Severity.CRITICAL),
        ),
    }
    stream = Stream(**(values | changes))  # type: ignore[arg-type]
    newest = Observation(
        feed=stream.feed, key=stream.key, at=NOW - age, received=NOW - age, value=value
    )
    return [stream, newest]


def risen(**changes: object) -> Alarm:
    """Return the alarm of the Kandilo's level."""
    values: dict[str, object] = {
        "feed": "rules",
        "key": "limit/sungai/kandilo",
        "at": NOW - MINUTE,
        "received": NOW - MINUTE,
        "rule": "limit",
        "subject": "sungai/kandilo",
        "raised": True,
        "severity": Severity.CRITICAL,
        "value": 3.42,
    }
    return Alarm(**(values | changes))  # type: ignore[arg-type]


def alert(**changes: object) -> Alert:
    """Return a weather warning in force for another hour and a half."""
    values: dict[str, object] = {
        "feed": "bmkg-cap",
        "key": "2.49.0.1.360.0.2026.11.23.06.04",
        "at": NOW - 20 * MINUTE,
        "received": NOW - 19 * MINUTE,
        "event": "Hujan Lebat dan Petir",
        "headline": "Hujan Lebat disertai Petir di Kalimantan Timur",
        "severity": Severity.MEDIUM,
        "effective": NOW - 20 * MINUTE,
        "expires": NOW + 90 * MINUTE,
        "description": "Hujan sedang hingga lebat di Tanah Grogot, Kuaro dan sekitarnya.",
        "instruction": "Jauhi bantaran sungai.",
        "urgency": "Immediate",
        "certainty": "Observed",
        "sender": "BMKG Stasiun Balikpapan",
        "area": "Tanah Grogot, Kuaro, Long Ikis",
    }
    return Alert(**(values | changes))  # type: ignore[arg-type]


def picture_of(*records: AnyRecord | Sequence[AnyRecord]) -> Picture:
    """Return the fold of the records and of those in lists."""
    picture = Picture()
    for record in records:
        picture.apply_all([record] if isinstance(record, Record) else record)
    return picture


def series_of(query: SeriesQuery, values: Iterable[float], step: Instant = MINUTE) -> Series:
    """Return a series that ends at the query's end."""
    value = np.array(list(values), dtype=np.float64)
    at = query.end - step * np.arange(len(value), dtype=np.int64)[::-1]
    return Series(query, at.astype(np.int64), value, query.end)
