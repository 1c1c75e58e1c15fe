"""What the program ships of Paser: the schematic districts, their seats, two rivers."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any

from paser_command.areas import Area
from paser_command.geo import Box, Geometry, LonLat, Ring

PASER_BOX = Box(115.55, -2.42, 116.75, -1.0)
"""Home of Paser."""


@cache
def paser_districts() -> tuple[Area, ...]:
    """Return the schematic cells of Paser's districts, by Kemendagri's codes."""
    cells = _shipped("districts.json")
    names = {district["code"]: district["name"] for district in paser_known()["districts"]}
    return tuple(
        Area(code, names[code], Geometry("area", tuple(_rings(rings, cells["step_deg"]))))
        for code, rings in cells["cells"].items()
    )


def paser_known() -> Any:
    """Return the districts with their seats, and the rivers, as places.json has them."""
    return _shipped("places.json")


def is_in_paser(lon: float, lat: float) -> bool:
    """Tell whether a place in degrees lies in one of Paser's cells."""
    return any(
        sum(_passes(ring, lon, lat) for ring in area.geometry.rings) % 2
        for area in paser_districts()
    )


def _passes(ring: Ring, lon: float, lat: float) -> int:
    """Return how often the way east from the place passes the ring."""
    return sum(_is_passed(a, b, lon, lat) for a, b in pairwise(ring))


def _is_passed(a: LonLat, b: LonLat, lon: float, lat: float) -> bool:
    between = (a[1] > lat) != (b[1] > lat)
    return between and lon < a[0] + (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1])


def _shipped(name: str) -> Any:
    return json.loads((files("paser_resources") / "basemap" / name).read_text(encoding="utf-8"))


def _rings(rings: list[list[int]], step_deg: float) -> Iterator[Ring]:
    """Give the rings in degrees: whole steps, each after the first from the last (cut_basemap)."""
    for steps in rings:
        lons, lats = accumulate(steps[::2]), accumulate(steps[1::2])
        yield tuple((x * step_deg, y * step_deg) for x, y in zip(lons, lats, strict=True))
