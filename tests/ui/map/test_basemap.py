"""The basemap that is shipped knows the land, the sea and the ten districts, and is small."""

from importlib.resources import files

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from paser_command.stand.coast import SOURCES as ATTRIBUTION
from paser_map import palette
from paser_map.basemap import shipped
from paser_map.canvas import MapCanvas
from paser_map.projection import to_map
from paser_map.view import MapView
from tests.ui.map.pictures import painted, pixels_of

FOLDER = files("paser_resources") / "basemap"


def on(path, lon, lat):
    x, y = to_map(lon, lat)
    origin = shipped().origin
    return path.contains(QPointF(float(x) - origin[0], origin[1] - float(y)))


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("Tanah Grogot", 116.19, -1.91),
        ("Balikpapan", 116.86, -1.24),
        ("Samarinda", 117.15, -0.5),
    ],
)
def test_towns_stand_on_land(place, lon, lat):
    assert on(shipped().land, lon, lat)


@pytest.mark.parametrize(
    ("place", "lon", "lat"), [("Makassar Strait", 117.5, -1.9), ("Balikpapan Bay", 116.77, -1.23)]
)
def test_water_is_water(place, lon, lat):
    assert not on(shipped().land, lon, lat)


@pytest.mark.parametrize("dpr", [1.0, 4.0])
def test_a_coast_is_as_wide_on_a_page_as_on_the_screen(qapp, dpr):
    image = painted(MapCanvas(shipped()), MapView.of_place(116.5, -1.5, 8.0, 320, 240), dpr=dpr)

    coast = palette.COAST
    ink = (pixels_of(image) == (coast.red(), coast.green(), coast.blue())).all(axis=2)
    pixel = int(dpr)
    whole = ink[:-pixel, :-pixel].copy()
    for down, right in np.ndindex(pixel, pixel):
        whole &= ink[down : down - pixel, right : right - pixel]
    assert whole.any()


def test_beyond_the_near_map_the_land_goes_on():
    assert on(shipped().wide_land, 106.8, -6.4)
    assert not on(shipped().wide_land, 110.0, -5.0)


def test_the_ten_districts_are_there_by_code_with_their_seats_on_their_own_land():
    towns = shipped().towns

    assert [town.code for town in towns] == [f"64.01.{number:02d}" for number in range(1, 11)]
    origin = shipped().origin
    for town in towns:
        assert shipped().districts.contains(QPointF(town.x - origin[0], origin[1] - town.y))


def test_every_town_is_in_the_home_box():
    home = shipped().home
    (west, east), (south, north) = to_map([home.west, home.east], [home.south, home.north])

    x = np.array([town.x for town in shipped().towns])
    y = np.array([town.y for town in shipped().towns])

    assert ((x > west) & (x < east)).all()
    assert ((y > south) & (y < north)).all()


def test_the_sources_are_named():
    assert any("GSHHG" in source for source in ATTRIBUTION)
    assert any("GeoNames" in source for source in ATTRIBUTION)


def test_all_of_it_is_small():
    sizes = [len((FOLDER / name).read_bytes()) for name in ("coast.json", "districts.json")]

    assert sum(sizes) < 400_000
