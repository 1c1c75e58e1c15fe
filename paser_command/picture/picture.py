"""The common operating picture: a pure fold, the same by whatever route its records came."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import takewhile
from typing import Any, TypeVar

import msgspec

from paser_command.errors import PluginError
from paser_command.picture.alarms import AlarmState
from paser_command.picture.drawings import Drawing, Step
from paser_command.picture.guarded import Guarded
from paser_command.picture.incidents import Incident
from paser_command.picture.model import BUILT_IN_PARTS
from paser_command.picture.part import Dumped, Part
from paser_command.picture.parts.alarms import AlarmsPart
from paser_command.picture.parts.alerts import AlertsPart
from paser_command.picture.parts.drawings import DrawingsPart
from paser_command.picture.parts.incidents import IncidentsPart
from paser_command.picture.parts.newest import (
    FeaturesPart,
    FeedsPart,
    LatestPart,
    StreamsPart,
    UnitsPart,
)
from paser_command.picture.parts.screens import ScreensPart
from paser_command.picture.parts.unread import Unread, UnreadPart
from paser_command.picture.screens import Automated, Screens
from paser_command.picture.summary import Shown, Summary
from paser_command.records import (
    Alert,
    Command,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Observation,
    Position,
    Record,
    Report,
    Stream,
)
from paser_command.times import HOUR, SECOND, Instant, floor

SILENT = (FeedState.LATE, FeedState.FAILING)
"""The states of a feed whose values can no longer be believed."""

_QUIET: Instant = 31 * SECOND
"""Two heartbeats of a feed's runner and a second: past that and two intervals it is not heard."""

_RECENT = 32_768
"""Of how many keys of each table the last change is remembered."""

_HEAD = "picture"
_swept = msgspec.msgpack.Decoder(int)

P = TypeVar("P", bound=Part)
Fold = Callable[[Any], None]


class Reading(StrEnum):
    """Two readings of the past: what the room knew then, and what was so then."""

    KNOWN = "known"
    HAPPENED = "happened"


class Picture:
    """What stands at a moment: a row of parts. Read it; only `apply` changes it.

    `revision` counts the changes of each table by its name, so that a panel can tell whether to
    draw anew, and `changes` tells which keys have changed since. Fold records in the order of the
    journal (as known) or of their `at` (as happened). Not thread-safe: one thread owns it.
    """

    def __init__(
        self,
        reading: Reading = Reading.KNOWN,
        parts: Sequence[type[Part]] = BUILT_IN_PARTS,
    ) -> None:
        self.reading = reading
        self._parts: dict[type[Part], Part] = {part: part(self._changed) for part in parts}
        self._guards = {part: Guarded(made) for part, made in self._parts.items() if _foreign(part)}
        self._folds = _folds(self._safe(parts))
        self._sweeping = _sweeping(self._safe(parts))
        self._swept: Instant = 0
        self._tables = _tables(self._parts.values())
        self.revision: dict[str, int] = dict.fromkeys(self._tables, 0)
        self._recent: dict[str, OrderedDict[str, int]] = {
            table: OrderedDict() for table in self._tables
        }
        self._forgotten: dict[str, int] = dict.fromkeys(self._tables, 0)

    def part(self, part: type[P]) -> P:
        """Return the part of that class; KeyError where the picture was made without it."""
        found = self._parts[part]
        assert isinstance(found, part)
        return found

    @property
    def stopped(self) -> dict[str, Exception]:
        """Return the plugins' parts that raised, by name: what they show stands still since."""
        guards = self._guards.values()
        return {guard.part.name: guard.fault for guard in guards if guard.fault is not None}

    def shown(self) -> Iterator[tuple[str, Shown]]:
        """Give the tables of things that everybody lists, each with how."""
        for part in self._parts.values():
            yield from part.shown.items()

    def table(self, name: str) -> Mapping[str, Any]:
        """Return what a table of any part holds, by key; KeyError where there is none."""
        return self._tables[name].table(name)

    def summary(self, table: str, key: str) -> Summary:
        """Return what everybody asks of a thing; KeyError where it is not there."""
        return self._tables[table].summary(table, key)

    def parts(self) -> Iterable[Part]:
        """Return the parts."""
        return self._parts.values()

    def apply(self, record: Record) -> None:
        """Fold one record in. Of a kind that no part folds nothing is changed."""
        if not isinstance(record, Observation | Position):
            moment = record.received if self.reading is Reading.KNOWN else record.at
            self._sweep(floor(moment, HOUR))
        for fold in self._folds.get(type(record), ()):
            fold(record)

    def apply_all(self, records: Iterable[Record]) -> None:
        """Fold records in, in order."""
        for record in records:
            self.apply(record)

    def changes(self, table: str, since: int) -> set[str] | None:
        """Return the keys of a table that changed after the revision `since`, gone ones too.

        None where that is longer ago than is remembered: then all of it may have changed.
        """
        if not self._forgotten[table] <= since <= self.revision[table]:
            return None
        newest_first = reversed(self._recent[table].items())
        return {key for key, _ in takewhile(lambda change: change[1] > since, newest_first)}

    def dump(self) -> tuple[Dumped, ...]:
        """Return the whole picture, part by part, for a keyframe."""
        head = Dumped(_HEAD, 1, (msgspec.msgpack.encode(self._swept),))
        parts = [head]
        for part_class, part in self._parts.items():
            guard = self._guards.get(part_class)
            rows = guard.dump() if guard else tuple(part.dump())
            if rows is not None:
                parts.append(Dumped(part.name, part.version, rows))
        return tuple(parts)

    @classmethod
    def load(
        cls, dumped: Iterable[Dumped], parts: Sequence[type[Part]] = BUILT_IN_PARTS
    ) -> "tuple[Picture, tuple[type[Part], ...]]":
        """Return the picture of a keyframe, and those of its parts that another version wrote.

        These are empty: fold them again from the records (`fold_only`). Raises whatever a body that
        was changed makes a decoder raise: then distrust the keyframe, and go further back.
        """
        picture = cls(parts=parts)
        by_name = {one.part: one for one in dumped}
        picture._swept = _swept.decode(by_name[_HEAD].rows[0])
        missing = []
        for part_class, part in picture._parts.items():
            found = by_name.get(part.name)
            guard = picture._guards.get(part_class)
            if found is None or found.version != part.version:
                missing.append(part_class)
            elif guard is None:
                part.load(found.rows)
            elif not guard.load(found.rows):
                picture._parts[part_class] = part_class(picture._changed)
                missing.append(part_class)
        return picture, tuple(missing)

    def kinds_of(self, parts: Sequence[type[Part]]) -> set[type[Record]]:
        """Return the kinds of records that these parts fold."""
        return {kind for part in parts for kind in part.kinds}

    def fold_only(self, parts: Sequence[type[Part]], records: Iterable[Record]) -> None:
        """Fold records into some parts alone, sweeping them as they go."""
        chosen = self._safe(parts)
        folds, sweeping = _folds(chosen), _sweeping(chosen)
        swept: Instant = 0
        for record in records:
            hour = floor(record.received, HOUR)
            if hour > swept and not isinstance(record, Observation | Position):
                swept = hour
                for sweep in sweeping:
                    sweep(hour)
            for fold in folds.get(type(record), ()):
                fold(record)
        for sweep in sweeping:
            sweep(self._swept)

    def equals(self, other: "Picture", but: Sequence[type[Part]] = ()) -> bool:
        """Tell whether two pictures hold the same, but in some parts."""
        left_out = {part.name for part in but}
        mine, theirs = self._held(), other._held()
        return mine.keys() == theirs.keys() and all(
            mine[name] == theirs[name] for name in mine if name not in left_out
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and self._held() == other._held()

    __hash__ = None  # type: ignore[assignment]

    def compose(self) -> None:
        """Make the incidents now, and not when they are asked for first.

        For a thread that hands a picture over: the one that draws it does not wait for that then.
        """
        if IncidentsPart in self._parts:
            self.part(IncidentsPart).table("incidents")

    @property
    def reports(self) -> dict[str, Report]:
        """Return the reports by key."""
        return self.part(IncidentsPart).reports

    @property
    def incidents(self) -> dict[str, Incident]:
        """Return the incidents by key, as they stand now: ask again after a change."""
        return self.part(IncidentsPart).incidents

    @property
    def alerts(self) -> dict[str, Alert]:
        """Return the warnings by key, expired ones of the last day too."""
        return self.part(AlertsPart).by_key

    @property
    def alarms(self) -> dict[str, AlarmState]:
        """Return the alarms that are not normal, by key."""
        return self.part(AlarmsPart).by_key

    @property
    def streams(self) -> dict[str, Stream]:
        """Return the streams by key."""
        return self.part(StreamsPart).by_key

    @property
    def latest(self) -> dict[str, Observation]:
        """Return the latest number of each stream."""
        return self.part(LatestPart).by_key

    @property
    def units(self) -> dict[str, Position]:
        """Return the latest position of each unit."""
        return self.part(UnitsPart).by_key

    @property
    def features(self) -> dict[str, Feature]:
        """Return the features by key."""
        return self.part(FeaturesPart).by_key

    @property
    def feeds(self) -> dict[str, FeedHealth]:
        """Return the last word of each feed about itself."""
        return self.part(FeedsPart).by_key

    @property
    def drawings(self) -> dict[str, Drawing]:
        """Return the drawings by key."""
        return self.part(DrawingsPart).by_key

    @property
    def screens(self) -> dict[str, Screens]:
        """Return what each seat's displays show."""
        return self.part(ScreensPart).seats.screens

    @property
    def automation(self) -> dict[str, Automated]:
        """Return what rules did at seats, by the key of the act."""
        return self.part(ScreensPart).seats.automation

    @property
    def unread(self) -> dict[str, Unread]:
        """Return how many records of the journal cannot be shown, by kind and reason."""
        return self.part(UnreadPart).by_key

    def alerts_in_force(self, now: Instant) -> list[Alert]:
        """Return the warnings that hold at the moment, the most severe first."""
        standing = [alert for alert in self.alerts.values() if self.is_in_force(alert, now)]
        return sorted(standing, key=lambda alert: (-alert.severity, alert.expires, alert.key))

    def is_in_force(self, alert: Alert, now: Instant) -> bool:
        """Tell whether a warning holds at the moment."""
        return (
            alert.effective <= now < alert.expires
            and alert.key not in self.part(AlertsPart).cancelled
            and alert.msg_type != "Cancel"
        )

    def feed_state(self, key: str, now: Instant) -> FeedState:
        """Return what the feed does at the moment; one that nobody told of yet is starting.

        A collector that died cannot say so: a feed that was well is late once two of its intervals
        and two heartbeats of its runner have passed without a word.
        """
        health = self.feeds.get(key)
        if health is None:
            return FeedState.STARTING
        silence = now - health.at
        if health.state in SILENT or silence <= int(2 * health.interval_s * SECOND) + _QUIET:
            return health.state
        return FeedState.LATE

    def limit_reached(self, stream: str) -> Limit | None:
        """Return the highest limit at or below the stream's latest value."""
        latest, described = self.latest.get(stream), self.streams.get(stream)
        if latest is None or described is None:
            return None
        reached = [limit for limit in described.limits if latest.value >= limit.value]
        return max(reached, key=lambda limit: limit.value, default=None)

    def waiting(self) -> frozenset[str]:
        """Return the streams of which an alarm stands that nobody has acknowledged."""
        return frozenset(
            stands.alarm.subject for stands in self.alarms.values() if not stands.acknowledged
        )

    def acts(self, subject: str) -> tuple[Command, ...]:
        """Return what was done on the subject, in order."""
        return self.part(IncidentsPart).acts(subject)

    def undoable(self, who: str, seat: str) -> Step | None:
        """Return the last of somebody's own acts on a drawing that stands."""
        return self.part(DrawingsPart).trails.undoable(who, seat)

    def redoable(self, who: str, seat: str) -> Step | None:
        """Return the act on a drawing that somebody undid last and may do again."""
        return self.part(DrawingsPart).trails.redoable(who, seat)

    def _safe(self, parts: Iterable[type[Part]]) -> list[tuple[Part, Part | Guarded]]:
        """Return each part, and what is to be called of it: strangers' behind their guards."""
        return [(self._parts[part], self._guards.get(part, self._parts[part])) for part in parts]

    def _held(self) -> dict[str, Any]:
        return {part.name: part.held() for part in self._parts.values()}

    def _changed(self, table: str, key: str) -> None:
        recent = self._recent[table]
        self.revision[table] += 1
        recent[key] = self.revision[table]
        recent.move_to_end(key)
        if len(recent) > _RECENT:
            _, self._forgotten[table] = recent.popitem(last=False)

    def _sweep(self, hour: Instant) -> None:
        """Let go of what is over, once an hour of the journal's own time, so always alike."""
        if hour > self._swept:
            self._swept = hour
            for sweep in self._sweeping:
                sweep(hour)


def _foreign(part: type[Part]) -> bool:
    return part not in BUILT_IN_PARTS


def _folds(parts: Iterable[tuple[Part, Part | Guarded]]) -> dict[type[Record], tuple[Fold, ...]]:
    folds: dict[type[Record], tuple[Fold, ...]] = {}
    for part, safe in parts:
        for kind in part.kinds:
            folds[kind] = (*folds.get(kind, ()), safe.fold)
    return folds


def _sweeping(
    parts: Iterable[tuple[Part, Part | Guarded]],
) -> tuple[Callable[[Instant], None], ...]:
    return tuple(safe.sweep for part, safe in parts if type(part).sweep is not Part.sweep)


def _tables(parts: Iterable[Part]) -> dict[str, Part]:
    tables: dict[str, Part] = {}
    for part in parts:
        for table in part.tables:
            if table in tables:
                raise PluginError("two parts of the picture are named {part}", part=table)
            tables[table] = part
    return tables
