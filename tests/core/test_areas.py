"""A place is tagged with the district and the geofences that shapely says cover it."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from paser_command.areas import Area, Areas, Tag
from paser_command.geo import Geometry, Ring

GRID = st.integers(0, 12)
PLACES = st.lists(st.tuples(GRID, GRID), min_size=1, max_size=40)


def box(west: float, south: float, east: float, north: float) -> Ring:
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def area(key: str, *rings: Ring) -> Area:
    return Area(key, key.upper(), Geometry("area", rings))


@st.composite
def framed(draw: st.DrawFn) -> tuple[tuple[Ring, ...], shapely.MultiPolygon]:
    """Return islands apart from one another, some with a hole, and the same for shapely."""
    rings: list[Ring] = []
    polygons = []
    for column in draw(st.sets(st.integers(0, 3), min_size=1)):
        west, size = column * 3.0, draw(st.integers(1, 3)) - 0.5
        south = float(draw(GRID))
        outer = box(west, south, west + size, south + 2 * size)
        holes = []
        if draw(st.booleans()):
            holes.append(box(west + 0.25, south + 0.25, west + size - 0.25, south + size))
        rings += [outer, *holes]
        polygons.append(shapely.Polygon(outer, holes))
    return tuple(draw(st.permutations(rings))), shapely.MultiPolygon(polygons)


@given(st.lists(framed(), min_size=1, max_size=4), PLACES)
def test_shapely_says_the_same_of_islands_holes_and_borders(shapes, places):
    areas = [area(f"d{number}", *rings) for number, (rings, _) in enumerate(shapes)]
    halves = [(x / 2, y / 2) for x, y in places] + [(x / 4, y / 4) for x, y in places]

    tags = Areas(areas, areas).of_all(*zip(*halves, strict=True))

    for place, tag in zip(halves, tags, strict=True):
        covering = [
            f"d{number}"
            for number, (_, shape) in enumerate(shapes)
            if shape.covers(shapely.Point(place))
        ]
        assert tag.fences == tuple(covering)
        assert tag.district == (covering[0] if covering else "")


@given(st.lists(st.tuples(GRID, GRID), min_size=3, max_size=9, unique=True), PLACES)
def test_a_ring_that_crosses_itself_is_filled_by_the_even_odd_rule(corners, places):
    crossed = shapely.Polygon(corners)
    filled = shapely.make_valid(crossed)
    areas = Areas([area("d", (*corners, corners[0]))])

    for x, y in places:
        point = shapely.Point(x + math.pi / 40, y + math.e / 40)
        if crossed.exterior.distance(point) > 1e-9:
            assert bool(areas.of(point.x, point.y).district) == filled.covers(point)


def test_a_border_belongs_to_the_lowest_code():
    west, east = area("64.01.04", box(0, 0, 1, 1)), area("64.01.03", box(1, 0, 2, 1))

    assert Areas([west, east]).of(1, 0.5) == Tag("64.01.03", "64.01.03")
    assert Areas([east, west]).of(1, 0.5) == Tag("64.01.03", "64.01.03")


def test_outside_of_all_there_is_no_tag():
    assert Areas([area("d", box(0, 0, 1, 1))]).of(5, 5) == Tag()
    assert Areas().of(0, 0) == Tag()


def test_new_geofences_take_the_place_of_those_before():
    areas = Areas([], [area("old", box(0, 0, 1, 1))])

    areas.fence([area("b", box(0, 0, 1, 1)), area("a", box(0, 0, 9, 9))])

    assert areas.of(0.5, 0.5).fences == ("a", "b")


@pytest.mark.parametrize("place", [(float("nan"), 0.0), (math.inf, math.inf)])
def test_what_is_no_place_lies_nowhere(place):
    assert Areas([area("d", box(-1, -1, 1, 1))]).of(*place) == Tag()
