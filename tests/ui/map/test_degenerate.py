"""No geometry stops the map, whatever its numbers, and none is drawn where it is not."""

import math

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from paser_command.geo import Circle, Geometry
from paser_command.records import Severity
from paser_map.areas import AreaLayer, Kind, shape_of_areas, shape_of_geometry
from paser_map.projection import HALF_M, to_map
from paser_map.view import MapView

pytestmark = pytest.mark.usefixtures("qapp")

SPECIAL = (math.nan, math.inf, -math.inf, 1e300, -1e300, 180.0, -180.0, 90.0, -90.0, 0.0, 540.0)
WORLD = MapView(0.0, 0.0, 2.0, 1024, 1024)
KINDS: tuple[Kind, ...] = ("point", "line", "area")


def random_ring(chance):
    """Return positions near and far, some of them nowhere, some twice, some the special ones."""
    count = int(chance.choice((0, 1, 2, 3, 4, 8, 30)))
    scale = float(chance.choice((1e-9, 0.1, 5.0, 100.0, 1e5)))
    places = chance.normal((116.2, -1.9), scale, (count, 2))
    odd = chance.random(places.shape) < chance.choice((0.0, 0.0, 0.1, 0.5))
    places[odd] = chance.choice(SPECIAL, int(odd.sum()))
    if count and chance.random() < 0.5:
        places = np.concatenate((places, places[:1], places[: count // 2]))
    return tuple(map(tuple, places.tolist()))


def random_shape(chance, key):
    rings = tuple(random_ring(chance) for _ in range(int(chance.integers(0, 4))))
    if chance.random() < 0.3:
        lon, lat, radius_m = chance.choice(SPECIAL, 3).tolist()
        circles = (Circle(lon, lat, radius_m), Circle(116.2, lat, abs(lon) * 1e4))
        return shape_of_areas(key, "x", Severity.HIGH, rings, circles)
    kind = KINDS[int(chance.integers(0, 3))]
    return shape_of_geometry(key, "x", Severity.LOW, Geometry(kind, rings))


def drawn(layer, view):
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    for _ in layer.steps(painter, view, ""):
        pass
    painter.end()
    return image


def is_marked(image, view, lon, lat):
    x, y = to_map(lon, lat)
    px, py = view.to_screen(x, y)
    return image.pixelColor(round(float(px)), round(float(py))) != QColor("black")


def area(*places):
    return shape_of_geometry("a", "x", Severity.HIGH, Geometry("area", (places,)))


@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_random_geometries_are_drawn_and_picked(seed):
    chance = np.random.default_rng(seed)
    shapes = [random_shape(chance, str(index)) for index in range(1_000)]
    layer = AreaLayer("feature", shapes, dashed=bool(seed % 2))
    views = (
        MapView.of_place(116.2, -1.9, float(chance.uniform(5, 18)), 320, 240),
        MapView.of_place(180.0, 85.0, 5.0, 320, 240),
    )

    for view in views:
        drawn(layer, view)
        keys = [hit.key for hit in layer.hits(view, 160, 120, 9.0)]
        assert len(set(keys)) == len(keys)
    for shape in shapes:
        place = layer.place_of(shape.key)
        assert place is None or all(math.isfinite(part) for part in place)


def test_an_area_across_the_180th_meridian_is_on_both_edges_and_not_between():
    layer = AreaLayer("alert", [area((170, -10), (-170, -10), (-170, 10), (170, 10))], dashed=False)

    image = drawn(layer, WORLD)

    assert is_marked(image, WORLD, 175, 0)
    assert is_marked(image, WORLD, -175, 0)
    assert not any(is_marked(image, WORLD, lon, 0) for lon in range(-160, 170, 10))


def test_an_area_across_the_180th_meridian_is_picked_on_both_sides():
    layer = AreaLayer("alert", [area((170, -10), (-170, -10), (-170, 10), (170, 10))], dashed=False)

    for lon, there in ((175, True), (-175, True), (0, False), (160, False)):
        (px,), (py,) = WORLD.to_screen(*to_map([lon], [0]))
        assert bool(layer.hits(WORLD, float(px), float(py), 1.0)) is there


def test_a_line_across_the_180th_meridian_is_cut_there():
    line = Geometry("line", (((150, 0), (170, 0), (-170, 0), (-150, 0)),))
    layer = AreaLayer("f", [shape_of_geometry("a", "x", Severity.HIGH, line)], dashed=False)

    image = drawn(layer, WORLD)

    assert all(is_marked(image, WORLD, lon, 0) for lon in (152, 175, -175, -152))
    assert not any(is_marked(image, WORLD, lon, 0) for lon in range(-140, 150, 10))


def test_an_area_round_the_pole_reaches_it():
    ring = tuple((float(lon), -70.0) for lon in (0, 90, 180, -90, 0))
    layer = AreaLayer("alert", [area(*ring)], dashed=False)

    image = drawn(layer, WORLD)

    assert all(is_marked(image, WORLD, lon, -80) for lon in range(-170, 180, 20))
    assert not is_marked(image, WORLD, 10, -60)


def test_the_whole_world_is_the_whole_world():
    layer = AreaLayer("alert", [area((-180, -90), (180, -90), (180, 90), (-180, 90))], dashed=False)

    image = drawn(layer, WORLD)

    assert all(is_marked(image, WORLD, lon, 0) for lon in range(-170, 180, 20))


def test_what_crosses_the_180th_meridian_is_found_at_it():
    layer = AreaLayer("alert", [area((170, -10), (-170, -10), (-170, 10), (170, 10))], dashed=False)

    place = layer.place_of("a")

    assert place is not None
    assert abs(place[0]) == pytest.approx(HALF_M)
    assert place[1] == pytest.approx(0.0, abs=1.0)


@pytest.mark.parametrize("kind", ["line", "area"])
@pytest.mark.parametrize("spread_deg", [1e-7, 0.5, 30.0])
def test_a_million_positions_anywhere_are_drawn_and_picked(kind, spread_deg):
    places = np.random.default_rng(1).normal((116.2, -1.9), spread_deg, (1_000_000, 2))
    geometry = Geometry(kind, (tuple(map(tuple, places.tolist())),))
    layer = AreaLayer("f", [shape_of_geometry("a", "x", Severity.HIGH, geometry)], dashed=True)
    view = MapView.of_place(116.2, -1.9, 9.0, 640, 480)

    drawn(layer, view)

    assert layer.hits(view, 320, 240, 9.0) or kind == "area"


def test_a_river_of_a_million_positions_keeps_its_form():
    along = np.linspace(0.0, 1.0, 1_000_000)
    line = np.column_stack((115.7 + along, -1.9 + 0.2 * np.sin(20 * along)))
    geometry = Geometry("line", (tuple(map(tuple, line.tolist())),))
    layer = AreaLayer("f", [shape_of_geometry("a", "x", Severity.HIGH, geometry)], dashed=False)
    view = MapView.of_place(116.2, -1.9, 9.0, 640, 480)

    image = drawn(layer, view)

    for lon, lat in line[::50_000]:
        assert is_marked(image, view, lon, lat)
    assert not is_marked(image, view, 116.2, -1.5)
