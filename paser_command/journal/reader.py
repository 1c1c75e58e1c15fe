"""Reading the journal: what came after a record, up to a moment, in the journal's one order."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, bindparam, select, union_all

from paser_command.errors import JournalError
from paser_command.journal.engine import told
from paser_command.journal.schema import SEQUENCED, journal, keyframe, observation, position
from paser_command.journal.store import Journal
from paser_command.journal.writer import head
from paser_command.picture.body import picture_of
from paser_command.picture.picture import Picture, Reading
from paser_command.records import AnyRecord, Kinds, Observation, Position, Quality
from paser_command.times import Instant

PAGE = 50_000
"""How many records one read takes at the most."""

_ROW = tuple(journal.c)
"""What is read of a record: the columns beside the body tell of one that cannot be read."""

_FEW = 200
"""So many rows are read whole at once; of more, only those that count."""


class Page(msgspec.Struct, frozen=True):
    """What came after a record: the last number read, and what to fold.

    `records` are in order, but of numbers and places only each key's newest is there: the fold
    keeps no other. `received` is when the last of them was received, `count` counts them all.
    """

    seq: int
    received: Instant
    count: int
    records: tuple[AnyRecord, ...]


class Reader:
    """Reads on a connection of its own; used by one thread. Raises JournalError."""

    def __init__(self, store: Journal) -> None:
        self._store = store
        self._model = store.model
        self._connection = self._connect()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def head(self) -> tuple[int, Instant]:
        """Return the last number in the journal, and when its record was received."""
        with told(self._store.engine), self._transaction() as connection:
            return head(connection)

    def first(self) -> Instant | None:
        """Return when the first record was received."""
        with told(self._store.engine), self._transaction() as connection:
            firsts = [
                connection.execute(select(table.c.received).order_by(table.c.seq).limit(1)).scalar()
                for table in SEQUENCED
            ]
        return min((first for first in firsts if first is not None), default=None)

    def read(self, after: int, until: Instant | None = None, page: int = PAGE) -> Page:
        """Return the next page of records after the number, received no later than `until`."""
        with told(self._store.engine), self._transaction() as connection:
            last = head(connection)[0] if until is None else last_until(connection, until, after)
            last = min(last, after + page)
            if last <= after:
                return Page(after, 0, 0, ())
            return _page(connection, self._model.kinds, after, last)

    def picture(self, at: Instant, reading: Reading = Reading.KNOWN) -> tuple[Picture, int]:
        """Return the picture at the moment, and the last number that it holds."""
        if reading is Reading.HAPPENED:
            return self._happened(at)
        picture, seq = self._keyframe(at)
        return picture, self.fold(picture, seq, at)

    def fold(self, picture: Picture, after: int, until: Instant | None = None) -> int:
        """Fold into the picture all that came after; return the last number folded."""
        while True:
            page = self.read(after, until)
            if not page.count:
                return after
            picture.apply_all(page.records)
            after = page.seq

    def _keyframe(self, at: Instant) -> tuple[Picture, int]:
        newest = (
            select(keyframe.c.seq, keyframe.c.body)
            .where(keyframe.c.received <= at)
            .order_by(keyframe.c.seq.desc())
        )
        with told(self._store.engine), self._transaction() as connection:
            for row in connection.execute(newest):
                if picture := picture_of(row.body, self._model):
                    return picture, row.seq
        return Picture(parts=self._model.parts), 0

    def _happened(self, at: Instant) -> tuple[Picture, int]:
        picture = Picture(Reading.HAPPENED, self._model.parts)
        with told(self._store.engine), self._transaction() as connection:
            last, _ = head(connection)
            bodies = select(*_ROW).where(journal.c.at <= at)
            for row in connection.execute(bodies.order_by(journal.c.at, journal.c.seq)):
                picture.apply(self._model.kinds.read(row))
            for kind in _KINDS:
                picture.apply_all(kind.newest_of_each(connection, at))
        return picture, last

    def _connect(self) -> Connection:
        return self._store.connect_reader()

    def _transaction(self) -> "_Snapshot":
        if self._connection.invalidated or self._connection.closed:
            self._connection.close()
            self._connection = self._connect()
        return _Snapshot(self._connection)


class _Snapshot:
    """One short read transaction: a long one would keep SQLite's log from shrinking."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Connection:
        self._connection.begin()
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.rollback()


def all_records(store: Journal) -> Iterator[tuple[int, AnyRecord]]:
    """Give every record of the journal with its number, table by table."""
    with told(store.engine), store.engine.connect() as connection:
        for row in connection.execute(select(*_ROW).order_by("seq")):
            yield row.seq, store.model.kinds.read(row)
        for kind in _KINDS:
            for row in connection.execute(kind.all):
                yield row.seq, kind.of_row(row)


def last_until(connection: Connection, until: Instant, after: int = 0) -> int:
    """Return the last number received no later than `until`: by halving, as both only rise."""
    low, (high, received) = after, head(connection)
    if received <= until:
        return max(low, high)
    while low < high:
        middle = (low + high + 1) // 2
        if _received(connection, middle) <= until:
            low = middle
        else:
            high = middle - 1
    return low


_BODIES = (
    select(*_ROW)
    .where(journal.c.seq > bindparam("after"), journal.c.seq <= bindparam("last"))
    .order_by(journal.c.seq)
)


def _page(connection: Connection, kinds: Kinds, after: int, last: int) -> Page:
    bodies = connection.execute(_BODIES, {"after": after, "last": last})
    records = [kinds.read(row) for row in bodies]
    for kind in _KINDS:
        records += kind.newest(connection, after, last)
    return Page(last, _received(connection, last), last - after, tuple(records))


_RECEIVED = union_all(
    *(select(table.c.received).where(table.c.seq == bindparam("seq")) for table in SEQUENCED)
)


def _received(connection: Connection, seq: int) -> Instant:
    """Return when the record with the number was received."""
    received = connection.execute(_RECEIVED, {"seq": seq}).scalar()
    if received is None:
        raise JournalError("the journal has no record {seq}: run journal verify", seq=seq)
    return int(received)


class _Kind:
    """Numbers or places: their table, and what is asked of it, which is asked many times a second.

    A statement made anew each time is slower, and garbage that lies until all is collected.
    """

    def __init__(self, table: Table, key: Column[str], of_row: Callable[[Any], AnyRecord]) -> None:
        self.of_row = of_row
        self.all = select(table).order_by(table.c.seq)
        self._keys = select(key).distinct()
        first = (key, table.c.at, table.c.seq)
        others = [one for one in table.c if one.key not in (key.key, "at", "seq")]
        stretch = table.c.seq > bindparam("after"), table.c.seq <= bindparam("last")
        self._few = select(*first, *others).where(*stretch).order_by(table.c.seq)
        self._many = select(*first).where(*stretch).order_by(table.c.seq)
        some = table.c.seq.in_(bindparam("some", expanding=True))
        self._some = select(table).where(some).order_by(table.c.seq)
        self._newest_of_key = (
            select(table.c.seq)
            .where(key == bindparam("key"), table.c.at <= bindparam("until"))
            .order_by(table.c.at.desc(), table.c.seq.desc())
            .limit(1)
        )

    def newest(self, connection: Connection, after: int, last: int) -> list[AnyRecord]:
        """Return each key's newest of a stretch; among equals in time the last one counts."""
        few = last - after <= _FEW
        newest: dict[str, Any] = {}
        stretch = {"after": after, "last": last}
        for row in connection.execute(self._few if few else self._many, stretch):
            known = newest.get(row[0])
            if known is None or row[1] >= known[1]:
                newest[row[0]] = row
        if few:
            return [self.of_row(row) for row in newest.values()]
        return self._of_numbers(connection, [row[2] for row in newest.values()])

    def newest_of_each(self, connection: Connection, until: Instant) -> list[AnyRecord]:
        """Return each key's newest that was true no later than `until`."""
        found = []
        for key in connection.execute(self._keys).scalars().all():
            asked = {"key": key, "until": until}
            seq = connection.execute(self._newest_of_key, asked).scalar()
            if seq is not None:
                found.append(seq)
        return self._of_numbers(connection, found)

    def _of_numbers(self, connection: Connection, numbers: Sequence[int]) -> list[AnyRecord]:
        records: list[AnyRecord] = []
        # Databases limit how many values a statement may name.
        for some in (numbers[start : start + 500] for start in range(0, len(numbers), 500)):
            rows = connection.execute(self._some, {"some": some})
            records += [self.of_row(row) for row in rows]
        return records


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


_KINDS = (
    _Kind(observation, observation.c.stream, _observation),
    _Kind(position, position.c.unit, _position),
)
