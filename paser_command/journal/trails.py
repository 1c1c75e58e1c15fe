"""Trails: the way that units have gone over a span, as the room knew it at an instant."""

from collections.abc import Iterator, Sequence

import numpy as np
from sqlalchemy import Connection, func, select

from paser_command.journal.engine import told
from paser_command.journal.schema import position
from paser_command.journal.segments import last_until
from paser_command.journal.store import Journal
from paser_command.journal.trail import Trail
from paser_command.times import Instant

MOST_PLACES = 60
"""Most places of one trail: the last one of each equal step of the span."""

_UNITS_AT_ONCE = 200


def trails(
    store: Journal, units: Sequence[str], start: Instant, end: Instant, known: Instant | None = None
) -> dict[str, Trail]:
    """Return the units' trails from start to end; a unit that was not heard then has none.

    `known` leaves out what was received later.
    """
    step = max(1, -(-(end - start) // MOST_PLACES))
    rows: dict[str, list[tuple[int, float, float]]] = {}
    with told(store.engine), store.engine.connect() as connection:
        last = None if known is None else last_until(connection, known)
        for some in _portions(units):
            for unit, at, lon, lat in _places(connection, some, start, end, step, last):
                rows.setdefault(unit, []).append((at, lon, lat))
    return {unit: _trail(places) for unit, places in rows.items()}


def _places(
    connection: Connection,
    units: Sequence[str],
    start: Instant,
    end: Instant,
    step: Instant,
    last: int | None,
) -> Sequence[tuple[str, int, float, float]]:
    """Return of each unit and step the place that came last, in the order of their times."""
    c = position.c
    within = (c.unit.in_(units), c.at >= start, c.at <= end)
    newest = select(func.max(c.seq)).where(*within).group_by(c.unit, c.at // step)
    if last is not None:
        newest = newest.where(c.seq <= last)
    wanted = select(c.unit, c.at, c.lon, c.lat).where(c.seq.in_(newest)).order_by(c.at, c.seq)
    return [(unit, at, lon, lat) for unit, at, lon, lat in connection.execute(wanted)]


def _portions(units: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(units), _UNITS_AT_ONCE):
        yield units[first : first + _UNITS_AT_ONCE]


def _trail(places: Sequence[tuple[int, float, float]]) -> Trail:
    at, lon, lat = zip(*places, strict=True)
    return Trail(np.array(at, np.int64), np.array(lon, float), np.array(lat, float))
