"""Repairing a journal: what can be saved of it goes into a new one, and what cannot is named.

The damaged one is only read. The new one has an identity of its own; records get new numbers in the
same order, and keep the times at which they were received, but those of a clock that ran ahead.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Table, func, select
from sqlalchemy.exc import DBAPIError

from paser_command.errors import InputError, JournalError, PaserError, Words
from paser_command.journal.caller import command_caller
from paser_command.journal.checks.finding import Finding, numbered
from paser_command.journal.checks.tables import engine_error
from paser_command.journal.engine import journal_url, open_engine, told
from paser_command.journal.frames import Frames
from paser_command.journal.pages import BULK
from paser_command.journal.reader import Reader
from paser_command.journal.schema import (
    SEQUENCED,
    attachment,
    feed_state,
    journal,
    meta,
    quarantine,
)
from paser_command.journal.segments import AHEAD, head, segments
from paser_command.journal.store import LONG_S, Journal
from paser_command.journal.writer import Writer
from paser_command.records import AnyRecord, Command, DamagedRecordError, Kinds
from paser_command.times import Instant

_RANGE = 1_000
_BATCH = 5_000
_OWN_FACTS = frozenset({"epoch", "oldest_reader", "oldest_writer"})


class Repaired(msgspec.Struct):
    """What a repair came to: records saved, stamps set right, and what could not be saved."""

    saved: int
    restamped: int
    lost: list[Finding]


def repair(url: str, target: Journal, now: Instant) -> Repaired:
    """Copy what can be saved of the journal at the URL into an empty one.

    `target` is opened with a clock of its own. InputError where it is not empty.
    """
    with told(target.engine), target.engine.connect() as connection:
        if head(connection)[0]:
            raise InputError("{where} is not empty: give a new one", where=target.where)
    engine = open_engine(journal_url(url), command_caller(), LONG_S)
    try:
        with told(engine), engine.connect() as connection:
            copying = _Copying(engine, connection, target, now)
            copying.facts()
            copying.records()
            for table in (feed_state, quarantine, attachment):
                copying.table(table)
            return copying.done
    finally:
        engine.dispose()


class _Copying:
    def __init__(
        self, engine: Engine, connection: Connection, target: Journal, now: Instant
    ) -> None:
        self.done = Repaired(0, 0, [])
        self._engine = engine
        self._connection = connection
        self._target = target
        self._now = now
        self._stamp: Instant = 0
        self._writer = Writer(target, lambda: self._stamp)
        self._waiting: list[AnyRecord] = []
        self._bounds = self._known_bounds()

    def facts(self) -> None:
        """Copy what the journal says of itself, but its identity."""
        try:
            rows = self._connection.execute(select(meta)).all()
        except DBAPIError as error:
            self._lose("meta", engine_error(error))
            return
        facts = {row.name: row.value for row in rows if row.name not in _OWN_FACTS}
        held = self._target.note(**facts)
        if any(held[name] != value for name, value in facts.items()):
            raise InputError("{where} is not new: give another one", where=self._target.where)

    def records(self) -> None:
        """Copy all records that can be read, in the order of their numbers."""
        last = self._last()
        for first in range(1, last + 1, _RANGE):
            rows: list[tuple[int, AnyRecord]] = []
            for table in SEQUENCED:
                rows += self._rows(table, first, min(first + _RANGE - 1, last))
            rows.sort(key=lambda row: row[0])
            for seq, record in rows:
                self._add(seq, record)
        self._write()
        if self.done.saved:
            self._keep_keyframe()

    def table(self, table: Table) -> None:
        """Copy a small table as it is."""
        try:
            rows = [dict(row._mapping) for row in self._connection.execute(select(table))]
        except DBAPIError as error:
            if "no such table" not in engine_error(error):
                self._lose(table.name, engine_error(error))
            self._connection.rollback()
            return
        if rows:
            with self._target.writing() as connection:
                connection.execute(table.insert(), rows)

    def _rows(self, table: Table, first: int, last: int) -> Iterator[tuple[int, AnyRecord]]:
        """Give the readable records of a stretch; one that is not is looked for by halves."""
        asked = select(table).where(table.c.seq >= first, table.c.seq <= last)
        try:
            rows = self._connection.execute(asked.order_by(table.c.seq)).all()
        except (DBAPIError, ValueError, TypeError) as error:
            self._connection.rollback()
            if first == last:
                self._lose(numbered(first, last), engine_error(error))
                return
            middle = (first + last) // 2
            yield from self._rows(table, first, middle)
            yield from self._rows(table, middle + 1, last)
            return
        for row in rows:
            try:
                yield row.seq, _record(self._target.model.kinds, table, row)
            except PaserError as error:
                self.done.lost.append(
                    Finding(f"record {row.seq}", Words(error.template, **error.facts))
                )

    def _add(self, seq: int, record: AnyRecord) -> None:
        bound = min(self._bound(seq), self._now)
        received = record.received
        if received > bound + (AHEAD if bound == self._now else 0):
            # What a clock that ran ahead stamped came about when it was true, as far as that fits.
            received = min(max(record.at, self._stamp), bound)
            self.done.restamped += 1
        received = max(received, self._stamp)
        after_a_command = self._waiting and isinstance(self._waiting[-1], Command)
        if (
            received != self._stamp
            or len(self._waiting) >= _BATCH
            # A writer puts commands last: the order stays as it was.
            or (after_a_command and not isinstance(record, Command))
        ):
            self._write()
        self._stamp = received
        self._waiting.append(record)

    def _write(self) -> None:
        if self._waiting:
            self._writer.append(self._waiting)
            self.done.saved += len(self._waiting)
            self._waiting = []

    def _bound(self, seq: int) -> Instant:
        for last_seq, bound in self._bounds:
            if seq <= last_seq:
                return bound
        return self._now

    def _known_bounds(self) -> list[tuple[int, Instant]]:
        """Return the ends of the sealed segments, as far as they can be read."""
        try:
            found = segments(self._connection)
        except DBAPIError:
            self._connection.rollback()
            return []
        return [
            (one.last_seq, one.last_received)
            for one in found
            if isinstance(one.last_seq, int) and isinstance(one.last_received, int)
        ]

    def _last(self) -> int:
        lasts = []
        for table in SEQUENCED:
            try:
                lasts.append(self._connection.execute(select(func.max(table.c.seq))).scalar() or 0)
            except DBAPIError as error:
                self._connection.rollback()
                self._lose(table.name, engine_error(error))
        if not lasts:
            raise JournalError("nothing can be read of the journal: restore a backup")
        return max(int(last) for last in lasts)

    def _keep_keyframe(self) -> None:
        reader = Reader(self._target)
        try:
            picture, seq = reader.picture(None)
        finally:
            reader.close()
        Frames(self._target).keep(picture, seq, self._stamp)

    def _lose(self, where: str, why: str) -> None:
        self.done.lost.append(Finding(where, Words("cannot be read: {cause}", cause=why)))


_TYPES: dict[type, type | tuple[type, ...]] = {float: (float, int)}


def _record(kinds: Kinds, table: Table, row: Any) -> AnyRecord:
    """Return the record of a row; DamagedRecordError where it is none any more."""
    for column in table.columns:
        value, wanted = getattr(row, column.name), column.type.python_type
        if value is None and column.nullable:
            continue
        if not isinstance(value, _TYPES.get(wanted, wanted)):
            raise DamagedRecordError("its columns are damaged")
    if table is journal:
        record = kinds.read(row)
        if getattr(record, "damaged", False):
            raise DamagedRecordError("a record's body is damaged")
        return record
    bulk = next(one for one in BULK if one.table is table)
    try:
        return bulk.of_row(row)
    except ValueError as cause:
        raise DamagedRecordError("its columns are damaged") from cause
