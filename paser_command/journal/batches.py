"""Batches: what one commit wrote, chained by a digest over its rows as they are stored."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from paser_command.journal.schema import SEQUENCED
from paser_command.journal.streaming import streamed

Row = tuple[Any, ...]
Rows = tuple[Sequence[Row], Sequence[Row], Sequence[Row]]
"""Rows of `journal`, `observation` and `position`, each in the order of their numbers."""

_encoder = msgspec.msgpack.Encoder()

_FETCHED = 2_000
"""How many rows are held at once of each table."""


def genesis(epoch: str) -> bytes:
    """Return what the chain of a journal begins with: it belongs to this journal alone."""
    return hashlib.sha256(epoch.encode()).digest()


def digest_of(previous: bytes, rows: Rows) -> bytes:
    """Return a batch's digest: SHA-256 of the one before and of all its rows in msgpack."""
    return hashlib.sha256(previous + _encoder.encode(rows)).digest()


class RowsInOrder:
    """All rows of the journal from a number on, handed out in stretches of the number line.

    Three cursors move side by side, so that memory does not grow with the journal.
    """

    def __init__(self, connection: Connection, after: int = 0) -> None:
        self._cursors = tuple(_Cursor(connection, table, after) for table in SEQUENCED)

    def until(self, last: int) -> Rows:
        """Return the rows that were not handed out yet, up to the number."""
        journal, observations, positions = (cursor.until(last) for cursor in self._cursors)
        return journal, observations, positions

    def next_seq(self) -> int | None:
        """Return the number of the next row, None behind the last one."""
        waiting = [cursor.waiting[0] for cursor in self._cursors if cursor.waiting is not None]
        numbers = [seq for seq in waiting if isinstance(seq, int)]
        return min(numbers, default=None)


class _Cursor:
    def __init__(self, connection: Connection, table: Table, after: int) -> None:
        ordered = select(table).where(table.c.seq > after).order_by(table.c.seq)
        self._rows: Iterator[Row] = map(tuple, streamed(connection, ordered, _FETCHED))
        self.waiting: Row | None = next(self._rows, None)

    def until(self, last: int) -> list[Row]:
        rows: list[Row] = []
        while self.waiting is not None and self.waiting[0] <= last:
            rows.append(self.waiting)
            self.waiting = next(self._rows, None)
        return rows
