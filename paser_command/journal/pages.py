"""Pages of the journal: what there is to fold of a stretch of the number line."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, bindparam, case, func, select

from paser_command.journal.schema import journal, observation, position
from paser_command.journal.segments import received_at, stretch
from paser_command.records import (
    AnyRecord,
    Kinds,
    Observation,
    Position,
    Quality,
    Unknown,
)
from paser_command.times import AHEAD, Instant, effective_at

ROW = tuple(journal.c)
"""What is read of a record: the columns beside the body tell of one that cannot be read."""

_ALL = 2**31 - 1
_FEW = 200
"""So many rows are read whole at once; of more, only those that count."""


class Page(msgspec.Struct, frozen=True):
    """What came after a record: the last number read, and what to fold.

    `records` are in order, but of numbers and places only each key's newest is there: the fold
    keeps no other. `received` is when the last of them was received, `count` counts them all.
    `complete` tells that no more was there when it was read.
    """

    seq: int
    received: Instant
    count: int
    records: tuple[AnyRecord, ...]
    complete: bool = True


_BODIES = (
    select(*ROW)
    .where(journal.c.seq > bindparam("after"), journal.c.seq <= bindparam("last"))
    .order_by(journal.c.seq)
)
_OF_KINDS = _BODIES.where(journal.c.kind.in_(bindparam("names", expanding=True)))


def page_of(
    connection: Connection,
    kinds: Kinds,
    after: int,
    last: int,
    wanted: set[type[AnyRecord]] | None = None,
) -> Page:
    """Return what there is to fold of the rest of a segment, at most up to `last`.

    `wanted` leaves out all other kinds. Stamps of a clock that ran ahead count as of the moment at
    which it was set right, so that nothing is let go of by a stamp of the future.
    """
    last, bound = stretch(connection, after, last)
    asked: dict[str, Any] = {"after": after, "last": last}
    if wanted is None or Unknown in wanted:
        bodies = connection.execute(_BODIES, asked)
    else:
        asked["names"] = [kind.name for kind in kinds if kind.record in wanted]
        bodies = connection.execute(_OF_KINDS, asked)
    records: list[AnyRecord] = [kinds.read(row) for row in bodies]
    for kind in BULK:
        if wanted is None or kind.record in wanted:
            records += kind.newest(connection, after, last)
    received = received_at(connection, last)
    if bound is not None and received > bound:
        records = [_bounded(record, bound) for record in records]
        received = bound
    return Page(last, received, last - after, tuple(records))


def _bounded(record: AnyRecord, bound: Instant) -> AnyRecord:
    if record.received <= bound:
        return record
    return msgspec.structs.replace(record, received=bound)


class Bulk:
    """Numbers or places: their table, and what is asked of it, which is asked many times a second.

    A statement made anew each time is slower, and garbage that lies until all is collected.
    """

    def __init__(
        self,
        record: type[AnyRecord],
        table: Table,
        key: Column[str],
        of_row: Callable[[Any], AnyRecord],
    ) -> None:
        self.record = record
        self.table = table
        self.of_row = of_row
        self.all = select(table).order_by(table.c.seq)
        self._keys = select(key).distinct()
        first = (key, table.c.at, table.c.received, table.c.seq)
        others = [one for one in table.c if one.key not in (key.key, "at", "received", "seq")]
        stretch = table.c.seq > bindparam("after"), table.c.seq <= bindparam("last")
        self._few = select(*first, *others).where(*stretch).order_by(table.c.seq)
        # The database finds the newest ten times as fast as its rows are read. By a window: a join
        # with the newest of each key reads all that the journal ever had of the key.
        ahead = table.c.at > table.c.received + AHEAD
        order = case((ahead, table.c.received), else_=table.c.at)
        newest_first = (order.desc(), table.c.seq.desc())
        place = func.row_number().over(partition_by=key, order_by=newest_first).label("place")
        placed = select(*table.c, place).where(*stretch).subquery()
        columns = [placed.c[one.name] for one in table.c]
        self._newest = select(*columns).where(placed.c.place == 1).order_by(placed.c.seq)
        some = table.c.seq.in_(bindparam("some", expanding=True))
        self._some = select(table).where(some).order_by(table.c.seq)
        self._newest_of_key = (
            select(table.c.seq, table.c.at, table.c.received)
            .where(key == bindparam("key"), table.c.at <= bindparam("until"))
            .order_by(table.c.at.desc(), table.c.seq.desc())
            .limit(bindparam("most"))
        )

    def newest(self, connection: Connection, after: int, last: int) -> list[AnyRecord]:
        """Return each key's newest of a stretch; among equals in time the last one counts."""
        asked = {"after": after, "last": last}
        if last - after > _FEW:
            return [self.of_row(row) for row in connection.execute(self._newest, asked)]
        newest: dict[str, tuple[Instant, Any]] = {}
        for row in connection.execute(self._few, asked):
            order = effective_at(row[1], row[2])
            known = newest.get(row[0])
            if known is None or order >= known[0]:
                newest[row[0]] = order, row
        return [self.of_row(row) for _, row in newest.values()]

    def newest_of_each(self, connection: Connection, until: Instant) -> list[AnyRecord]:
        """Return each key's newest that was true no later than `until`."""
        found = []
        for key in connection.execute(self._keys).scalars().all():
            asked = {"key": key, "until": until, "most": 1}
            rows = connection.execute(self._newest_of_key, asked).all()
            if rows and rows[0].at > rows[0].received + AHEAD:
                # A stamp of the future: the newest may lie below it.
                rows = connection.execute(self._newest_of_key, asked | {"most": _ALL}).all()
            if rows:
                found.append(_newest(rows))
        return self._of_numbers(connection, found)

    def _of_numbers(self, connection: Connection, numbers: Sequence[int]) -> list[AnyRecord]:
        records: list[AnyRecord] = []
        # Databases limit how many values a statement may name.
        for some in (numbers[start : start + 500] for start in range(0, len(numbers), 500)):
            rows = connection.execute(self._some, {"some": some})
            records += [self.of_row(row) for row in rows]
        return records


def _newest(rows: Iterable[Any]) -> int:
    """Return the number of the newest of a key's rows; among equals in time the last one counts."""
    _, _, seq = max((effective_at(row.at, row.received), row.at, row.seq) for row in rows)
    return int(seq)


def _observation(row: Any) -> Observation:
    return Observation(
        feed=row.stream.partition("/")[0],
        key=row.stream,
        at=row.at,
        received=row.received,
        value=row.value,
        quality=Quality(row.quality),
    )


def _position(row: Any) -> Position:
    return Position(
        feed=row.unit.partition("/")[0],
        key=row.unit,
        at=row.at,
        received=row.received,
        lon=row.lon,
        lat=row.lat,
        speed_m_s=row.speed_m_s,
        course_deg=row.course_deg,
        name=row.name,
        status=row.status,
    )


BULK = (
    Bulk(Observation, observation, observation.c.stream, _observation),
    Bulk(Position, position, position.c.unit, _position),
)
