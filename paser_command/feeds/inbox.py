"""The one place where feed threads hand records to the journal's writer."""

import threading
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from paser_command.picture.picture import Picture
from paser_command.records import (
    AnyRecord,
    Feature,
    Observation,
    Position,
    Report,
    Stream,
    Tagged,
)
from paser_command.times import Instant

ROOM = 50_000
"""How many records of one feed may wait; past that the feed waits, and no other."""

BATCH = 10_000
"""How many records are taken at once, at the most, fairly from all feeds."""

REMEMBERED = 200_000

_UNTAGGED: Mapping[str, Any] = {
    "district": "",
    "district_name": "",
    "schematic": False,
    "fences": (),
}
"""What the collector put on is nothing that the source said."""


class Inbox:
    """A queue for each feed. `put` is for the feeds' threads, `take` for the writer's."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queues: dict[str, deque[AnyRecord]] = {}
        self._closed = False

    def put(self, feed: str, records: Sequence[AnyRecord]) -> None:
        """Hand over, waiting while the feed's own room is full."""
        with self._changed:
            waiting = self._queues.setdefault(feed, deque())
            self._changed.wait_for(lambda: self._closed or len(waiting) < ROOM)
            waiting.extend(records)
            self._changed.notify_all()

    def tell(self, feed: str, record: AnyRecord) -> None:
        """Hand over one word about the feed; never waits, so the writer's thread may say it too."""
        with self._changed:
            self._queues.setdefault(feed, deque()).append(record)
            self._changed.notify_all()

    def take(self, timeout_s: float) -> list[AnyRecord]:
        """Return the next batch, an equal share of each feed, or nothing after the time."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or any(self._queues.values()), timeout_s)
            waiting = [queue for queue in self._queues.values() if queue]
            batch: list[AnyRecord] = []
            for queue in waiting:
                share = min(len(queue), BATCH // len(waiting))
                batch.extend(queue.popleft() for _ in range(share))
            self._changed.notify_all()
            return batch

    def close(self) -> None:
        """Let nobody wait any more; what is in can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Novelty:
    """Lets through what is new: a record that says what its key's last one said is dropped.

    Starts from the picture, so that a restart tells nothing twice. Used by one thread.
    """

    def __init__(self, picture: Picture) -> None:
        self._said: OrderedDict[str, int] = OrderedDict()
        self._numbers: dict[str, tuple[Instant, float]] = {}
        self._places: dict[str, tuple[Instant, float, float]] = {}
        for number in picture.latest.values():
            self._numbers[number.key] = (number.at, number.value)
        for unit in picture.units.values():
            self._places[unit.key] = (unit.at, unit.lon, unit.lat)
        for part in (picture.reports, picture.alerts, picture.streams, picture.features):
            for record in part.values():
                self._is_new(record)

    def fresh(self, records: Sequence[AnyRecord]) -> list[AnyRecord]:
        """Return the records that say something new, in order."""
        return [record for record in records if self._passes(record)]

    def _passes(self, record: AnyRecord) -> bool:
        if isinstance(record, Observation):
            number = (record.at, record.value)
            if self._numbers.get(record.key) == number:
                return False
            self._numbers[record.key] = number
            return True
        if isinstance(record, Position):
            place = (record.at, record.lon, record.lat)
            if self._places.get(record.key) == place:
                return False
            self._places[record.key] = place
            return True
        return self._is_new(record)

    def _is_new(self, record: AnyRecord) -> bool:
        content = msgspec.structs.replace(record, received=0)
        if isinstance(content, Tagged):
            content = msgspec.structs.replace(content, **_UNTAGGED)
        if isinstance(content, Report):
            content = msgspec.structs.replace(content, incident="", link=None)
        elif isinstance(content, Stream | Feature):
            # These describe; when they were read again says nothing new.
            content = msgspec.structs.replace(content, at=0)
        said = hash(msgspec.msgpack.encode(content))
        if self._said.get(record.key) == said:
            return False
        self._said[record.key] = said
        self._said.move_to_end(record.key)
        if len(self._said) > REMEMBERED:
            self._said.popitem(last=False)
        return True
