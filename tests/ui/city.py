"""A small city for tests of the windows: a session that no journal stands behind, and its picture.

The session has the signatures of `paser_command.session.session.Session`.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec
import numpy as np

from paser_command.errors import InputError, JournalError, PaserError
from paser_command.journal.activity import Activity
from paser_command.journal.trail import Trail
from paser_command.outbox.ticket import Ticket, Unsaved
from paser_command.picture.picture import Picture
from paser_command.records import (
    Alarm,
    Command,
    FeedHealth,
    FeedState,
    Limit,
    Report,
    Severity,
    Stream,
)
from paser_command.session.frames import Mode, Series, SeriesQuery, TrailQuery
from paser_command.session.identity import Identity
from paser_command.session.session import Drained
from paser_command.session.tail import Reloaded
from paser_command.session.view import View, ViewState
from paser_command.times import HOUR, MINUTE, SECOND, Instant, parse
from paser_command.verbs.verb import VerbValue
from paser_command.verbs.verbs import Verbs

NOON: Instant = parse("2026-11-23T06:03:27Z")
SIAGA_1 = Limit("Siaga 1", 3.2, Severity.CRITICAL)

_REPORTS = (
    ("flood", Severity.CRITICAL, "Banjir Tanah Grogot", "Jl. RM Noto Sunardi", 3, False),
    ("flood", Severity.HIGH, "Banjir Long Kali", "Desa Muara Telake", 9, False),
    ("accident", Severity.HIGH, "Kecelakaan Kuaro", "simpang tiga", 31, True),
    ("landslide", Severity.MEDIUM, "Longsor Gunung Rambutan", "Batu Sopang", 39, False),
    ("streetlight", Severity.LOW, "Lampu jalan padam", "Tanah Grogot", 90, True),
    ("tree", Severity.LOW, "Pohon tumbang", "Batu Engau", 95, True),
)


class FakeSession:
    """A session whose moves are noted down and happen at once."""

    def __init__(self, picture: Picture | None = None, *, exercise: bool = False) -> None:
        self.live_picture = self.picture = picture or Picture()
        self.exercise = exercise
        self.journal_id = "the journal"
        self.mode = Mode.LIVE
        self.speed = 1.0
        self.view = self.live_view = View(state=ViewState.CURRENT, since=NOON, age_s=0.0)
        self.query_fault: JournalError | None = None
        self.reloaded: Reloaded | None = None
        self.unfolded = 0
        self.command_fault: JournalError | None = None
        self.outbox_fault: PaserError | None = None
        self.identity = Identity("Sari", "meja 2")
        self.acts: tuple[Ticket, ...] = ()
        self.waiting = Unsaved()
        self.on_act: Callable[[], None] = lambda: None
        self.refused: Ticket | None = None
        self.told: tuple[PaserError, ...] = ()
        self._verbs = Verbs()
        self.activity: Activity | None = None
        self.instant = NOON
        self.wall = NOON
        self.commands: list[tuple[str, str, dict[str, str]]] = []
        self.asked: dict[str, tuple[SeriesQuery, ...]] = {}
        self.answers: dict[str, Mapping[str, Series]] = {}
        self.asked_trails: dict[str, TrailQuery] = {}
        self.ways: dict[str, Mapping[str, Trail]] = {}
        self.running = False
        self.changed = True
        self.seeked = False

    def beside(self) -> "FakeSession":
        made = FakeSession(self.picture, exercise=self.exercise)
        made.mode, made.speed, made.instant = self.mode, self.speed, self.instant
        made.running = True
        return made

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def now(self) -> Instant:
        return self.instant

    def wall_now(self) -> Instant:
        return self.wall

    def drain(self) -> Drained:
        drained = Drained(self.changed, self.seeked)
        self.changed = self.seeked = False
        return drained

    def live(self) -> None:
        self.mode, self.speed, self.instant, self.seeked = Mode.LIVE, 1.0, self.wall, True

    def pause(self) -> None:
        self.mode = Mode.PAUSED

    def play(self, speed: float = 1.0) -> None:
        self.mode, self.speed = Mode.PLAYING, speed

    def seek(self, instant: Instant) -> None:
        if self.mode is Mode.LIVE:
            self.mode = Mode.PAUSED
        self.instant, self.seeked = instant, True

    def ask(self, owner: str, queries: Iterable[SeriesQuery]) -> None:
        self.asked[owner] = tuple(queries)

    def series(self, owner: str) -> Mapping[str, Series]:
        return self.answers.get(owner, {})

    def ask_trails(self, owner: str, query: TrailQuery) -> None:
        self.asked_trails[owner] = query

    def trails(self, owner: str) -> Mapping[str, Trail]:
        return self.ways.get(owner, {})

    def forget(self, owner: str) -> None:
        for kept in (self.asked, self.answers, self.asked_trails, self.ways):
            kept.pop(owner, None)

    def ask_activity(self, start: Instant, end: Instant) -> None:
        steps = (end - start) // MINUTE
        chance = np.random.default_rng(7)
        counts = np.zeros((steps, 5), np.int64)
        counts[:, 0] = chance.poisson(40, steps)
        counts[:, 1] = chance.poisson(1, steps)
        late = np.exp(-(((np.arange(steps) - 0.85 * steps) / (0.06 * steps)) ** 2))
        counts[:, 3] = chance.poisson(3 * late)
        counts[:, 4] = chance.poisson(12 * late)
        self.activity = Activity(start, end, MINUTE, counts)

    def span(self) -> tuple[Instant, Instant] | None:
        return self.wall - 6 * HOUR, self.wall

    def act(self, value: VerbValue, subject: str, *, of_now: bool = False) -> Ticket:
        verb = self._verbs.of(value)
        if self.refused is not None:
            return self.refused
        self.commands.append((verb.name, subject, verb.encode(value)))
        self.on_act()
        return Ticket(verb.name, subject)

    def refusal(self, kind: type[VerbValue]) -> InputError | None:
        return None

    def tickets(self) -> tuple[Ticket, ...]:
        return self.acts

    def call_on_act(self, told: Callable[[], None]) -> None:
        self.on_act = told

    def acts_on_way(self) -> bool:
        return self.waiting.count > 0 and not self.waiting.late

    def unsaved(self) -> Unsaved:
        return self.waiting

    def news(self) -> tuple[PaserError, ...]:
        told, self.told = self.told, ()
        return told

    def become(self, identity: Identity) -> None:
        self.identity = identity

    def undo(self) -> Ticket | None:
        self.commands.append(("undo", "", {}))
        return Ticket("undo", "")

    def redo(self) -> Ticket | None:
        self.commands.append(("redo", "", {}))
        return Ticket("redo", "")


def a_report(number: int, **changes: object) -> Report:
    """Return a report that is an incident by itself."""
    category, severity, title, place, minutes, _ = _REPORTS[number % len(_REPORTS)]
    at = NOON - minutes * MINUTE
    report = Report(
        feed="aduan",
        key=f"aduan/{number}",
        at=at,
        received=at + SECOND,
        category=category,
        severity=severity,
        title=title,
        place=place,
        began=at,
        lon=116.19,
        lat=-1.91,
        incident=f"incident-{number}",
    )
    return msgspec.structs.replace(report, **changes)


def a_level_alarm(**changes: object) -> Alarm:
    """Return the alarm of the Kandilo's level."""
    at = NOON - 2 * MINUTE
    alarm = Alarm(
        feed="rules",
        key="limit/sensor/kandilo",
        at=at,
        received=at,
        rule="limit",
        subject="sensor/kandilo",
        raised=True,
        severity=Severity.CRITICAL,
        value=3.42,
        limit=SIAGA_1,
    )
    return msgspec.structs.replace(alarm, **changes)


def a_stream(**changes: object) -> Stream:
    """Return the Kandilo's level."""
    stream = Stream(
        feed="sensor",
        key="sensor/kandilo",
        at=NOON - HOUR,
        received=NOON - HOUR,
        name="Muka air Kandilo",
        unit="m",
        limits=(SIAGA_1,),
    )
    return msgspec.structs.replace(stream, **changes)


def acknowledging(subject: str) -> Command:
    """Return the command that takes notice of the subject."""
    return Command(
        feed="console",
        key=f"act/{subject}",
        at=NOON - MINUTE,
        received=NOON - MINUTE,
        verb="acknowledge",
        subject=subject,
        who="Sari",
        seat="meja 2",
    )


def a_feed(name: str, state: FeedState = FeedState.LIVE) -> FeedHealth:
    """Return the health of a feed."""
    return FeedHealth(
        feed=name, key=name, at=NOON, received=NOON, state=state, since=NOON - HOUR, source=name
    )


def the_picture() -> Picture:
    """Return the picture of a bad day in Paser."""
    picture = Picture()
    picture.apply(a_stream())
    for number, described in enumerate(_REPORTS):
        picture.apply(a_report(number))
        if described[-1]:
            picture.apply(acknowledging(f"incident-{number}"))
    picture.apply(a_level_alarm())
    for number in range(14):
        picture.apply(a_feed(f"feed-{number}"))
    picture.apply(a_feed("feed-14", FeedState.LATE))
    return picture
