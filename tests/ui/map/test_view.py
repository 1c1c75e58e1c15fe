"""However the view is moved, pixels and places stay true to one another."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from paser_command.geo import Box, distance_m
from paser_map.projection import HALF_M, to_map
from paser_map.view import LEAST_ZOOM, MOST_ZOOM, MapView

PASER = MapView.of_place(116.19, -1.9, 10.0, 1000, 700)

pixels = st.floats(-2000, 3000)
zooms = st.floats(LEAST_ZOOM, MOST_ZOOM)
views = st.builds(
    MapView.of_place,
    st.floats(90, 140),
    st.floats(-15, 15),
    zooms,
    st.integers(1, 4000),
    st.integers(1, 3000),
)


@given(views, st.floats(0, 1), st.floats(0, 1), st.floats(-5, 30))
def test_zooming_keeps_the_place_under_the_pointer(view, share_x, share_y, zoom):
    px, py = share_x * view.width, share_y * view.height
    x, y = view.to_map(px, py)

    closer = view.zoomed(zoom, px, py)

    assume(max(abs(closer.x), abs(closer.y)) < HALF_M)
    there_x, there_y = closer.to_screen(np.array([x]), np.array([y]))
    assert float(there_x[0]) == pytest.approx(px, abs=1e-3)
    assert float(there_y[0]) == pytest.approx(py, abs=1e-3)
    assert LEAST_ZOOM <= closer.zoom <= MOST_ZOOM


@given(views, st.integers(-500, 500), st.integers(-500, 500))
def test_panning_moves_everything_by_the_same_pixels(view, dx, dy):
    before = view.to_screen(*to_map([116.0, 117.0], [-2.0, -1.0]))

    after = view.panned(dx, dy).to_screen(*to_map([116.0, 117.0], [-2.0, -1.0]))

    np.testing.assert_allclose(after[0] - before[0], dx, atol=1e-3)
    np.testing.assert_allclose(after[1] - before[1], dy, atol=1e-3)


@given(views, pixels, pixels)
def test_a_pixel_and_its_place_belong_together(view, px, py):
    x, y = view.to_map(px, py)

    back_x, back_y = view.to_screen(np.array([x]), np.array([y]))

    assert float(back_x[0]) == pytest.approx(px, abs=1e-3)
    assert float(back_y[0]) == pytest.approx(py, abs=1e-3)


def test_a_box_fits_with_its_margin():
    view = PASER.fitted(Box(115.55, -2.42, 116.75, -1.0), margin_px=24)

    px, py = view.to_screen(*to_map([115.55, 116.75], [-2.42, -1.0]))

    assert px[0] >= 23.9
    assert px[1] <= view.width - 23.9
    assert py.max() == pytest.approx(view.height - 24, abs=0.1)
    assert py.min() == pytest.approx(24, abs=0.1)


def test_a_box_without_extent_is_shown_as_close_as_it_goes():
    view = PASER.fitted(Box(116.0, -2.0, 116.0, -2.0))

    assert view.zoom == MOST_ZOOM


def test_nobody_leaves_the_map():
    view = PASER.panned(-1e12, 1e12)

    assert all(math.isfinite(part) for part in (view.x, view.y, *view.place))
    assert view.place[0] == pytest.approx(180.0) or view.place[0] == pytest.approx(-180.0)


def test_the_scale_is_true_on_the_ground():
    west, east = PASER.to_degrees(450, 350), PASER.to_degrees(550, 350)

    length_m = distance_m(*west, *east)

    assert 100 * PASER.ground_metres_per_px == pytest.approx(length_m, rel=0.003)
