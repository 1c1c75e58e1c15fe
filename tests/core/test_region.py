"""A region contains the places that shapely says it contains, and none that has no place."""

import math
import random

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from paser_command.geo import Box
from paser_command.region import Region

L_SHAPE = ((116.0, -2.0), (116.4, -2.0), (116.4, -1.8), (116.2, -1.8), (116.2, -1.6), (116.0, -1.6))
DEGREES = st.floats(-10, 10).map(lambda value: round(value, 3))
PLACES = st.tuples(DEGREES, DEGREES)


def test_the_notch_of_a_ring_is_outside():
    region = Region.of_ring(L_SHAPE)

    assert region.contains(116.1, -1.7)
    assert not region.contains(116.3, -1.7)


def test_a_box_contains_what_lies_in_it():
    region = Region.of_box(Box(116.0, -2.0, 116.4, -1.6))

    assert region.contains(116.2, -1.9)
    assert not region.contains(116.2, -2.1)
    assert not region.contains(116.5, -1.9)


@pytest.mark.parametrize(
    "place", [(None, -1.9), (116.2, None), (math.nan, -1.9), (116.2, math.inf)]
)
def test_what_has_no_place_is_outside(place):
    assert not Region.of_box(Box(116.0, -2.0, 116.4, -1.6)).contains(*place)


def test_regions_side_by_side_share_no_place_of_their_border():
    west = Region.of_box(Box(116.0, -2.0, 116.2, -1.6))
    east = Region.of_box(Box(116.2, -2.0, 116.4, -1.6))

    assert (west.contains(116.2, -1.9), east.contains(116.2, -1.9)) == (False, True)


@given(st.lists(PLACES, min_size=3, max_size=12, unique=True), PLACES)
def test_inside_is_what_shapely_calls_inside(ring, place):
    polygon, point = shapely.Polygon(ring), shapely.Point(place)
    assume(polygon.is_valid and polygon.area > 0)
    assume(polygon.boundary.distance(point) > 1e-6)

    assert Region.of_ring(ring).contains(*place) == polygon.contains(point)


def test_a_long_border_is_followed_exactly():
    chance = random.Random(3)
    turns = [2 * math.pi * step / 400 for step in range(400)]
    ring = [
        (116 + math.cos(turn) * reach, -2 + math.sin(turn) * reach)
        for turn in turns
        if (reach := chance.uniform(0.3, 0.5))
    ]
    region, polygon = Region.of_ring(ring), shapely.Polygon(ring)
    places = [(chance.uniform(115.4, 116.6), chance.uniform(-2.6, -1.4)) for _ in range(3_000)]

    assert [region.contains(*place) for place in places] == [
        bool(polygon.contains(shapely.Point(place))) for place in places
    ]
