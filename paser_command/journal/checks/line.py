"""Every record is as it was written: batches, segments, bodies, and the time that they tell."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from paser_command.errors import Words
from paser_command.journal.batches import Row, Rows, RowsInOrder, digest_of, genesis
from paser_command.journal.checks.activity import Counted
from paser_command.journal.checks.finding import Finding, numbered
from paser_command.journal.schema import batch, meta
from paser_command.journal.segments import (
    AHEAD,
    GONE,
    OPEN,
    SEALED,
    Segment,
    segments,
)
from paser_command.journal.streaming import streamed
from paser_command.records import DamagedRecordError, Kinds
from paser_command.times import Instant, iso

_RECEIVED = (1, 3, 3)
"""Where the receipt stands in a row of each of the three tables."""


def check_line(
    connection: Connection, kinds: Kinds, now: Instant, counted: Counted
) -> Iterator[Finding]:
    """Give what is wrong along the number line, and count what there is."""
    walk = _Walk(connection, kinds, now, counted)
    yield from walk.batches()
    yield from walk.left_over()
    yield from walk.ahead()


class _Walk:
    """One walk along the number line, batch by batch, with the segments beside it."""

    def __init__(
        self, connection: Connection, kinds: Kinds, now: Instant, counted: Counted
    ) -> None:
        self._connection = connection
        self._kinds = kinds
        self._now = now
        self._counted = counted
        self._segments = segments(connection)
        gone = [segment for segment in self._segments if segment.state == GONE]
        self._last = (gone[-1].last_seq or 0) if gone else 0
        epoch = connection.execute(select(meta.c.value).where(meta.c.name == "epoch")).scalar()
        self._previous = (gone[-1].digest or b"") if gone else genesis(epoch or "")
        self._received: Instant = 0
        self._began: Segment | None = None
        self._first_received: Instant | None = None
        self._ahead: tuple[int, int] | None = None
        self._rows = RowsInOrder(connection)
        self._kept = [segment for segment in self._segments if segment.state != GONE]

    def batches(self) -> Iterator[Finding]:
        yield from self._gone_rows()
        yield from self._order_of_segments()
        waiting = list(reversed(self._kept))
        stored = select(batch).where(batch.c.last_seq > self._last).order_by(batch.c.first_seq)
        for row in streamed(self._connection, stored):
            if waiting and row.first_seq >= waiting[-1].first_seq:
                yield from self._begin(waiting.pop(), row)
            yield from self._batch(row)
            yield from self._end(row)
        for segment in waiting:
            yield Finding(f"segment {segment.first_seq}", Words("holds no records"))

    def left_over(self) -> Iterator[Finding]:
        """What stands behind the last batch was not written by a writer of ours."""
        while (seq := self._rows.next_seq()) is not None:
            rows = self._rows.until(seq)
            yield Finding(f"record {seq}", Words("is in no batch: it was put in from outside"))
            yield from self._bodies(rows)

    def ahead(self) -> Iterator[Finding]:
        """Name the stamps of a clock that ran ahead."""
        if self._ahead is not None:
            what = Words(
                "was received after now, {now}, by its stamp: a clock had run ahead. "
                "See journal repair",
                now=iso(self._now),
            )
            yield Finding(numbered(*self._ahead), what)

    def _gone_rows(self) -> Iterator[Finding]:
        if self._last:
            rows = self._rows.until(self._last)
            if left := sum(map(len, rows)):
                what = Words("{n} records of a deleted segment are still there", n=left)
                yield Finding(numbered(1, self._last), what)

    def _order_of_segments(self) -> Iterator[Finding]:
        expected = 1
        for segment in self._segments:
            where = f"segment {segment.first_seq}"
            if segment.first_seq != expected:
                yield Finding(where, Words("does not begin where the one before it ends"))
            last = segment is self._segments[-1]
            if (segment.state == OPEN) != last or (segment.last_seq is None) != last:
                yield Finding(where, Words("is open and is not the last one, or the reverse"))
            expected = (segment.last_seq or segment.first_seq) + 1

    def _begin(self, segment: Segment, row: Any) -> Iterator[Finding]:
        where = f"segment {segment.first_seq}"
        if row.first_seq != segment.first_seq:
            yield Finding(where, Words("does not begin with a batch"))
        self._received = 0
        self._began = segment
        self._first_received = segment.first_received

    def _end(self, row: Any) -> Iterator[Finding]:
        """Compare a segment that ends with the batch with what was put down of it."""
        segment = self._began
        if segment is None or segment.last_seq != row.last_seq or segment.state != SEALED:
            return
        where = f"segment {segment.first_seq}"
        if segment.digest != row.digest:
            yield Finding(where, Words("its digest is not that of its last batch"))
        following = next((s for s in self._kept if s.first_seq == row.last_seq + 1), None)
        bound = min(row.received, following.first_received) if following else row.received
        if segment.last_received != bound:
            yield Finding(where, Words("does not end when its last record was received"))

    def _batch(self, row: Any) -> Iterator[Finding]:
        where = numbered(row.first_seq, row.last_seq)
        if row.first_seq != self._last + 1:
            yield Finding(
                numbered(self._last + 1, max(self._last + 1, row.first_seq - 1)),
                Words("is in no batch, or in two"),
            )
        rows = self._rows.until(row.last_seq)
        found = list(self._bodies(rows))
        if digest_of(self._previous, rows) != row.digest:
            found += _holes(rows, row.first_seq, row.last_seq)
            what = Words("was changed since it was written, or the batch before it was")
            found.append(Finding(where, what))
        found += self._stamps(rows, row)
        yield from found
        self._previous, self._last = row.digest, row.last_seq

    def _stamps(self, rows: Rows, row: Any) -> Iterator[Finding]:
        stamps = sorted(
            (one[0], one[place])
            for place, some in zip(_RECEIVED, rows, strict=True)
            for one in some
        )
        for seq, received in stamps:
            if self._began is not None and self._first_received not in (None, received):
                what = Words("does not begin when its first record was received")
                yield Finding(f"segment {self._began.first_seq}", what)
            self._first_received = None
            if received < self._received:
                yield Finding(f"record {seq}", Words("was received before the one before it"))
            self._received = received
            if received - self._now > AHEAD:
                self._ahead = (self._ahead[0] if self._ahead else seq, seq)
        if stamps and stamps[-1][1] != row.received:
            where = numbered(row.first_seq, row.last_seq)
            yield Finding(where, Words("its batch tells another time of receipt"))

    def _bodies(self, rows: Rows) -> Iterator[Finding]:
        """Check bodies against their columns, and count what there is."""
        for row in rows[0]:
            yield from self._body(row)
        for kind, place, some in (("observation", 3, rows[1]), ("position", 3, rows[2])):
            for row in some:
                self._counted.add(row[place], kind, 0)

    def _body(self, row: Row) -> Iterator[Finding]:
        seq, received, at, kind, feed, key, body = row
        try:
            record = self._kinds.decode(kind, body)
        except DamagedRecordError as error:
            yield Finding(f"record {seq}", Words(error.template, **error.facts))
            self._counted.add(received, kind, None)
            return
        severity = None if record is None else int(getattr(record, "severity", 0))
        self._counted.add(received, kind, severity)
        if record is None:
            return
        if (record.at, record.received, record.feed, record.key) != (at, received, feed, key):
            yield Finding(f"record {seq}", Words("its columns and its body differ"))


def _holes(rows: Rows, first: int, last: int) -> Iterator[Finding]:
    """Name the numbers of a batch that are missing or stand twice."""
    numbers = sorted(int(row[0]) for some in rows for row in some)
    expected = first
    for seq in (*numbers, last + 1):
        if seq > expected:
            yield Finding(numbered(expected, seq - 1), Words("is missing"))
        elif seq < expected:
            yield Finding(f"record {seq}", Words("stands twice"))
        expected = seq + 1
