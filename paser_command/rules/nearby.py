"""Open incidents by place and time: finding the nearest costs the same however many there are."""

import math
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from paser_command.geo import distance_m
from paser_command.times import HOUR, Instant

Distance = Callable[[float, float, float, float], float]


class Reach(msgspec.Struct, frozen=True):
    """How far apart in metres and time two reports may be and still tell of one incident.

    Where it is `lasting`, an incident goes on while reports come; else it is over at once.
    """

    radius_m: float
    window: Instant
    lasting: bool = True


REACH = Reach(600.0, 2 * HOUR)
REACHES: Mapping[str, Reach] = {"earthquake": Reach(300_000.0, 2 * HOUR, lasting=False)}
"""Where a category differs: calls from all over town tell of the one quake at sea."""

LOOKED_AT = 64
"""So many incidents of a cell are looked at, the nearest in time; more would never end."""

_METRES_A_DEGREE = 100_000.0
"""Fewer than there are: a cell of the grid is wider than the radius, so neighbours are enough."""

Cell = tuple[str, int, int]
Entry = tuple[Instant, str]


class Spot(msgspec.Struct):
    """Where and when an open incident is: it may move."""

    incident: str
    category: str
    lon: float
    lat: float
    moment: Instant


class Near(NamedTuple):
    """An incident that was found, and how far away: in all, in metres and in time."""

    measure: float
    incident: str
    distance_m: float
    apart: Instant


def reach_of(category: str) -> Reach:
    """Return how far the category reaches."""
    return REACHES.get(category, REACH)


class Nearby:
    """Spots in cells as wide as their reach, in each by time. `distance` is that of two places."""

    def __init__(self, distance: Distance = distance_m) -> None:
        self._distance = distance
        self._spots: dict[str, Spot] = {}
        self._cells: dict[Cell, list[Entry]] = {}

    def put(self, spot: Spot) -> None:
        """Put a spot down, or move it."""
        self.remove(spot.incident)
        self._spots[spot.incident] = spot
        insort(self._cells.setdefault(_cell_of(spot), []), (spot.moment, spot.incident))

    def remove(self, incident: str) -> None:
        """Take a spot away, if it is there."""
        spot = self._spots.pop(incident, None)
        if spot is None:
            return
        cell = _cell_of(spot)
        entries = self._cells[cell]
        del entries[bisect_left(entries, (spot.moment, incident))]
        if not entries:
            del self._cells[cell]

    def nearest(self, category: str, lon: float, lat: float, moment: Instant) -> Near | None:
        """Return the nearest spot within reach: the least of (distance, time), each a share of it.

        Of those that are equally near the one whose incident's key is the least.
        """
        reach = reach_of(category)
        found: Near | None = None
        for entries in self._around(category, lon, lat):
            for incident, apart in _by_time(entries, moment, reach.window):
                late = apart / reach.window
                if found is not None and late > found.measure:
                    break
                spot = self._spots[incident]
                distance = self._distance(lon, lat, spot.lon, spot.lat)
                near = Near(math.hypot(distance / reach.radius_m, late), incident, distance, apart)
                if distance <= reach.radius_m:
                    found = min(found or near, near)
        return found

    def _around(self, category: str, lon: float, lat: float) -> Iterator[list[Entry]]:
        _, x, y = _cell(category, lon, lat)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if entries := self._cells.get((category, x + dx, y + dy)):
                    yield entries


def _by_time(
    entries: list[Entry], moment: Instant, window: Instant
) -> Iterator[tuple[str, Instant]]:
    """Give the incidents within the window, the nearest in time first, and how far apart."""
    after = bisect_left(entries, (moment, ""))
    before = after - 1
    for _ in range(LOOKED_AT):
        later = entries[after][0] - moment if after < len(entries) else window + 1
        earlier = moment - entries[before][0] if before >= 0 else window + 1
        if min(earlier, later) > window:
            return
        if later <= earlier:
            yield entries[after][1], later
            after += 1
        else:
            yield entries[before][1], earlier
            before -= 1


def _cell_of(spot: Spot) -> Cell:
    return _cell(spot.category, spot.lon, spot.lat)


def _cell(category: str, lon: float, lat: float) -> Cell:
    cell_deg = reach_of(category).radius_m / _METRES_A_DEGREE
    return category, int(lon // cell_deg), int(lat // cell_deg)
