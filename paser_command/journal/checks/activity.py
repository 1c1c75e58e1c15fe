"""Counts of activity are those of the records: the bars of the timeline."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from paser_command.errors import Words
from paser_command.journal.checks.finding import Finding
from paser_command.journal.schema import activity
from paser_command.times import DAY, MINUTE, Instant, floor, iso

_MINUTES = DAY // MINUTE

Key = tuple[Instant, str, int]


class Counted:
    """How many records came on each day by kind and severity, and at which minutes.

    A day's minutes are one sum, count times minute, so that memory does not grow with them.
    """

    def __init__(self) -> None:
        self._found: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
        self._unsure: set[tuple[Instant, str]] = set()

    def add(self, received: object, kind: object, severity: int | None) -> None:
        """Count one record; None is a severity that cannot be read."""
        if not isinstance(received, int) or not isinstance(kind, str):
            return
        day = floor(received, DAY)
        if severity is None:
            self._unsure.add((day, kind))
            return
        sums = self._found[day, kind, severity]
        sums[0] += 1
        sums[1] += (received - day) // MINUTE

    def check(self, connection: Connection, deleted_until: Instant) -> Iterator[Finding]:
        """Compare with the table; days of deleted records are not looked at."""
        stored = _stored(connection)
        for key in sorted(stored.keys() | self._found.keys()):
            day, kind, _ = key
            if (day, kind) in self._unsure or (deleted_until and day <= deleted_until + DAY):
                continue
            if stored.get(key, [0, 0]) != self._found.get(key, [0, 0]):
                what = Words("does not count the records of that day")
                yield Finding(f"activity of {kind} on {iso(day)[:10]}", what)
        odd = select(activity.c.minute).where(activity.c.minute % MINUTE != 0)
        for minute in connection.execute(odd).scalars():
            yield Finding(f"activity {minute}", Words("is of no whole minute"))


def _stored(connection: Connection) -> dict[Key, list[int]]:
    c = activity.c
    day, minute = (c.minute // DAY).label("day"), (c.minute // MINUTE).label("minute")
    # Named first: PostgreSQL does not see that two expressions with values of ours are one.
    of_day = select(day, minute, c.kind, c.severity, c.count).subquery().c
    asked = select(
        of_day.day,
        of_day.kind,
        of_day.severity,
        func.sum(of_day.count),
        func.sum(of_day.count * (of_day.minute % _MINUTES)),
    ).group_by(of_day.day, of_day.kind, of_day.severity)
    return {
        (int(found_day) * DAY, kind, severity): [int(count), int(minutes)]
        for found_day, kind, severity, count, minutes in connection.execute(asked)
    }
