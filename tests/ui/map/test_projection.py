"""Web Mercator gives the published coordinates of EPSG:3857, and nothing for what is nowhere."""

import math

import numpy as np
import pytest
from pyproj import Transformer

from paser_map.projection import HALF_M, to_degrees, to_map


@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"),
    [
        # EPSG Guidance Note 7-2, section 3.2.1.2 (Popular Visualisation Pseudo-Mercator).
        (-100.33333333, 24.38178694, -11169055.58, 2800000.00),
        # The corners by which EPSG:3857 is bounded.
        (180.0, 85.051128779806604, 20037508.342789, 20037508.342789),
        (-180.0, -85.051128779806604, -20037508.342789, -20037508.342789),
        (0.0, 0.0, 0.0, 0.0),
    ],
)
def test_a_place_falls_where_the_standard_puts_it(lon, lat, x, y):
    found_x, found_y = to_map(lon, lat)

    assert float(found_x) == pytest.approx(x, abs=0.02)
    assert float(found_y) == pytest.approx(y, abs=0.02)


def test_there_and_back_is_the_same_place():
    lon, lat = np.linspace(-180, 180, 91), np.linspace(-85, 85, 91)

    back_lon, back_lat = to_degrees(*to_map(lon, lat))

    np.testing.assert_allclose(back_lon, lon, atol=1e-9)
    np.testing.assert_allclose(back_lat, lat, atol=1e-9)


@pytest.mark.parametrize("lon", [math.nan, math.inf, -math.inf, 1e300])
@pytest.mark.parametrize("lat", [0.0, math.nan, math.inf, 1e300])
def test_what_is_no_place_is_nowhere(lon, lat):
    x, y = to_map([lon, 0.0], [lat, 95.0])

    assert np.isnan(x).all()
    assert np.isnan(y).any()


def test_the_pole_is_at_the_edge_of_the_map():
    _, y = to_map(0.0, 90.0)

    assert float(y) == pytest.approx(HALF_M)


def test_the_whole_square_is_where_pyproj_puts_it():
    lon, lat = np.meshgrid(np.linspace(-180, 180, 361), np.linspace(-85.05, 85.05, 341))
    known = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)

    x, y = to_map(lon, lat)

    known_x, known_y = known.transform(lon, lat)
    assert np.abs(x - known_x).max() < 0.01
    assert np.abs(y - known_y).max() < 0.01
