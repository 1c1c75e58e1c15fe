"""The hand-over of one feed: what it gives is judged, and goes into its lane as it comes."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from paser_command.errors import FeedError
from paser_command.feeds.doors import Receipt, Snapshot
from paser_command.feeds.handover import HandOver, put_aside
from paser_command.feeds.inbox import Lane, content
from paser_command.feeds.marks import Pushed, PutAside, Remember, Whole
from paser_command.feeds.passed import Passed
from paser_command.feeds.source_clock import SourceClock
from paser_command.journal.quarantine import Quarantined
from paser_command.records import Record

RING_S = 0.25
"""How long what a feed gave lies unseen at the most."""

MOST_PUT_ASIDE = 20
"""Records of a feed that go into quarantine in a round; the others are counted."""

MOST_STATE_BYTES = 64 * 1024

Known = Callable[[type[Record]], Mapping[str, Record]]
"""Gives the feed's own records of a kind that the journal has, by key."""


class Handing:
    """Takes records and snapshots of one feed. `heard` is called when something came.

    `state` is the feed's own: what is in it is remembered behind the records that it gave before.
    `clock` is a monotonic clock in seconds. One thread at a time hands over; `push` sees to that.
    """

    def __init__(
        self,
        handover: HandOver,
        lane: Lane,
        passed: Passed,
        source_clock: SourceClock,
        heard: Callable[[], None],
        clock: Callable[[], float],
        feed: str,
        state: dict[str, Any],
        known: Known,
    ) -> None:
        self._handover = handover
        self._lane = lane
        self._passed = passed
        self._source_clock = source_clock
        self._heard = heard
        self._clock = clock
        self._feed = feed
        self._state = state
        self._saved = msgspec.msgpack.encode(state)
        self._known = known
        self._pushing = threading.Lock()
        self._given = self._put_aside = 0
        self._aside: dict[str, str] = {}
        self._ring_due = 0.0

    def give(self, item: Record | Snapshot | PutAside) -> None:
        """Hand over one item of a poll."""
        self._take(item)
        if self._clock() >= self._ring_due:
            self.flush()
            self._heard()

    def flush(self) -> None:
        """Let what was given be taken now, and remember the feed's state."""
        self._source_clock.measure()
        self._remember()
        self._lane.ring()
        self._ring_due = self._clock() + RING_S

    def end_round(self) -> None:
        """End a poll, or a while of a stream: what was passed over in it is told."""
        self._passed.end_round(self._given)
        self._given = self._put_aside = 0

    def push(self, items: Iterable[Record | Snapshot | PutAside]) -> Receipt:
        """Hand over what a stream tells."""
        receipt = Receipt()
        with self._pushing:
            for item in items:
                self._take(item)
            self._lane.put(Pushed(receipt))
            self.flush()
            self._heard()
        return receipt

    def alive(self) -> None:
        """Note that a stream's source is heard of."""
        with self._pushing:
            self._remember()
            self._heard()

    def _take(self, item: Record | Snapshot | PutAside) -> None:
        if isinstance(item, Snapshot):
            self._snapshot(item)
        elif isinstance(item, PutAside):
            # Refused where the feed runs: it is not even a record that could be written.
            self._refuse(item.quarantined)
        else:
            self._record(item)

    def _record(self, item: Any) -> None:
        try:
            record = self._handover.taken(item)
        except FeedError as fault:
            self._refuse(put_aside(item, self._feed, fault))
            return
        self._given += 1
        self._source_clock.see(record)
        self._lane.put(record)

    def _refuse(self, aside: Quarantined) -> None:
        """Put it into quarantine, once for each key and reason: documents are read again."""
        self._passed.over(FeedError(aside.reason, **aside.facts))
        if self._put_aside >= MOST_PUT_ASIDE or self._aside.get(aside.key) == aside.reason:
            return
        if len(self._aside) >= 1000:
            self._aside.clear()
        self._aside[aside.key] = aside.reason
        self._put_aside += 1
        self._lane.put(PutAside(aside))

    def _snapshot(self, snapshot: Snapshot) -> None:
        """Hand over what the journal does not have yet, then the end of the snapshot."""
        keys = set(snapshot.kept)
        known: dict[type[Record], Mapping[str, Record]] = {}
        for record in snapshot.records:
            kind, key = type(record), getattr(record, "key", None)
            if isinstance(key, str):
                keys.add(key)
            if kind not in known:
                known[kind] = self._known(kind)
            before = known[kind].get(key) if isinstance(key, str) else None
            if before is not None and content(before) == content(record):
                self._given += 1
            else:
                self._record(record)
        if snapshot.whole:
            self._lane.put(Whole(self._feed, f"{self._feed}/{snapshot.scope}", keys))

    def _remember(self) -> None:
        body = msgspec.msgpack.encode(self._state)
        if body == self._saved:
            return
        if len(body) > MOST_STATE_BYTES:
            raise ValueError(f"the feed's state has more than {MOST_STATE_BYTES} bytes")
        self._saved = body
        self._lane.put(Remember(self._feed, body))
