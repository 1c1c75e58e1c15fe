"""Areas of interest: in which district, and in which geofences, places lie.

Shapely is loaded when an index is made, not when the module is: the console starts without it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from paser_command.geo import Geometry


class Area(msgspec.Struct, frozen=True):
    """An area with a name. `key` is a district's code or a geofence's key; only areas count."""

    key: str
    name: str
    geometry: Geometry


class Tag(msgspec.Struct, frozen=True):
    """Where a place lies: code and name of its district, "" outside of all, and its geofences."""

    district: str = ""
    district_name: str = ""
    fences: tuple[str, ...] = ()


NOWHERE = Tag()


class Areas:
    """The districts and geofences of a site. `of_all` asks for many places at once.

    A border belongs to the areas on both sides of it; of several districts that have a place the
    lowest code counts. Rings are filled by the even-odd rule, as in `Geometry`. One thread.
    """

    def __init__(self, districts: Iterable[Area] = (), fences: Iterable[Area] = ()) -> None:
        self._districts = _Index(districts)
        self._fences = _Index(fences)

    def fence(self, fences: Iterable[Area]) -> None:
        """Take these geofences in place of those before."""
        self._fences = _Index(fences)

    def of(self, lon: float, lat: float) -> Tag:
        """Return the tag of one place in degrees."""
        return self.of_all([lon], [lat])[0]

    def of_all(self, lons: ArrayLike, lats: ArrayLike) -> list[Tag]:
        """Return the tags of places in degrees, in order."""
        x, y = np.asarray(lons, float), np.asarray(lats, float)
        found = _lowest(self._districts, x, y)
        tags = [NOWHERE, *(Tag(area.key, area.name) for area in self._districts.areas)]
        own = [tags[number + 1] for number in found.tolist()]
        for place, fences in self._fenced(x, y).items():
            own[place] = msgspec.structs.replace(own[place], fences=tuple(sorted(fences)))
        return own

    def _fenced(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> dict[int, list[str]]:
        fenced: dict[int, list[str]] = {}
        for number, places in self._fences.covering(x, y):
            for place in places.tolist():
                fenced.setdefault(place, []).append(self._fences.areas[number].key)
        return fenced


class _Index:
    """Areas by key, and a tree over the boxes of their rings."""

    def __init__(self, areas: Iterable[Area]) -> None:
        import shapely

        self.areas = sorted(
            (area for area in areas if area.geometry.kind == "area"), key=lambda area: area.key
        )
        rings = [
            (number, shapely.Polygon(ring))
            for number, area in enumerate(self.areas)
            for ring in area.geometry.rings
        ]
        self._shapely = shapely
        self._owner = np.array([number for number, _ in rings], np.int64)
        self._rings = np.array([ring for _, ring in rings], object)
        shapely.prepare(self._rings)
        self._tree = shapely.STRtree(self._rings)

    def covering(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """Give each area that covers any of the places, in order, and which places those are.

        A ring's inside counts by parity, so that holes and islands need no order; what lies on any
        ring is covered.
        """
        crossed: dict[int, tuple[NDArray[np.int64], NDArray[np.bool_]]] = {}
        for ring, near in self._boxed(x, y):
            inside = self._shapely.contains_xy(self._rings[ring], x[near], y[near])
            touched = self._shapely.intersects_xy(self._rings[ring], x[near], y[near]) & ~inside
            count, edge = crossed.setdefault(
                int(self._owner[ring]), (np.zeros(len(x), np.int64), np.zeros(len(x), bool))
            )
            count[near] += inside
            edge[near] |= touched
        for number in sorted(crossed):
            count, edge = crossed[number]
            yield number, np.flatnonzero((count % 2 == 1) | edge)

    def _boxed(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """Give each ring in whose box there are places, and which places those are."""
        places, rings = self._pairs(x, y)
        order = np.argsort(rings, kind="stable")
        places, rings = places[order], rings[order]
        starts = np.flatnonzero(np.diff(rings, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(rings)], strict=False):
            yield int(rings[start]), places[start:end]

    def _pairs(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> Sequence[Any]:
        pairs: Sequence[Any] = self._tree.query(self._shapely.points(x, y))
        return pairs


def _lowest(index: _Index, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return of each place the first of the areas that cover it, -1 where none does."""
    found = np.full(len(x), -1, np.int64)
    for number, places in index.covering(x, y):
        free = places[found[places] < 0]
        found[free] = number
    return found
