"""The one place where feed threads hand records to the journal's writer."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from paser_command.feeds.marks import Item, Whole
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


class Lane:
    """One feed's queue. `put` is for one thread at a time: the feed's."""

    def __init__(self, changed: threading.Condition, is_closed: Callable[[], bool]) -> None:
        self.waiting: deque[Item] = deque()
        self._changed = changed
        self._is_closed = is_closed

    def put(self, item: Item) -> None:
        """Hand over, waiting while the lane is full. It is seen at the next look, or `ring`."""
        if len(self.waiting) >= ROOM:
            self._wait_for_room()
        self.waiting.append(item)

    def ring(self) -> None:
        """Let what waits be taken now."""
        with self._changed:
            self._changed.notify_all()

    def _wait_for_room(self) -> None:
        with self._changed:
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._is_closed() or len(self.waiting) < ROOM)


class Inbox:
    """A lane for each feed. `take` is for the writer's thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._lanes: dict[str, Lane] = {}
        self._closed = False

    def lane(self, feed: str) -> Lane:
        """Return the feed's lane."""
        with self._changed:
            if feed not in self._lanes:
                self._lanes[feed] = Lane(self._changed, lambda: self._closed)
            return self._lanes[feed]

    def put(self, feed: str, items: Sequence[Item]) -> None:
        """Hand over, waiting while the feed's own room is full."""
        lane = self.lane(feed)
        for item in items:
            lane.put(item)
        lane.ring()

    def tell(self, feed: str, record: AnyRecord) -> None:
        """Hand over one word about the feed; never waits, so the writer's thread may say it too."""
        lane = self.lane(feed)
        lane.waiting.append(record)
        lane.ring()

    def wait(self, timeout_s: float) -> bool:
        """Wait until something is in; False where nothing is after the time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed or self._is_waiting(), timeout_s)

    def take(self, timeout_s: float, most: int | None = None) -> list[Item]:
        """Return the next batch, an equal share of each feed, or nothing after the time.

        Of a feed that gave whole snapshots (`Whole`) the batch ends with the last one of them: no
        part of a next one is in the journal when the one before is acted upon.
        """
        self.wait(timeout_s)
        with self._changed:
            waiting = [lane.waiting for lane in self._lanes.values() if lane.waiting]
            batch: list[Item] = []
            for queue in waiting:
                share = min(len(queue), max(1, (most or BATCH) // len(waiting)))
                taken = [queue.popleft() for _ in range(share)]
                ends = [at for at, item in enumerate(taken) if type(item) is Whole]
                if ends:
                    queue.extendleft(reversed(taken[ends[-1] + 1 :]))
                    del taken[ends[-1] + 1 :]
                batch += taken
            self._changed.notify_all()
            return batch

    @property
    def waiting(self) -> int:
        """Return how much is in."""
        with self._changed:
            return sum(len(lane.waiting) for lane in self._lanes.values())

    def close(self) -> None:
        """Let nobody wait any more; what is in can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _is_waiting(self) -> bool:
        return any(lane.waiting for lane in self._lanes.values())


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
        return [record for record in records if self.passes(record)]

    def passes(self, record: AnyRecord) -> bool:
        """Tell whether the record says something new, and remember that it was said."""
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
        said = hash(msgspec.msgpack.encode(content(record)))
        if self._said.get(record.key) == said:
            return False
        self._said[record.key] = said
        self._said.move_to_end(record.key)
        if len(self._said) > REMEMBERED:
            self._said.popitem(last=False)
        return True


def content(record: AnyRecord) -> AnyRecord:
    """Return what the source says by the record: two of the same content say the same."""
    said = msgspec.structs.replace(record, received=0)
    if isinstance(said, Tagged):
        said = msgspec.structs.replace(said, **_UNTAGGED)
    if isinstance(said, Report):
        said = msgspec.structs.replace(said, incident="", link=None)
    elif isinstance(said, Stream | Feature):
        # These describe; when they were read again says nothing new.
        said = msgspec.structs.replace(said, at=0)
    return said
