"""No geometry, whatever its size or numbers, makes more to draw than the view can show."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from paser_map.clip import MARGIN_PX, area_path, line_path
from paser_map.view import MapView

VIEW = MapView(0.0, 0.0, 10.0, 400, 300)
numbers = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-1e6, 1e6)
places = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=30)


def ring(*pixels):
    spots = [VIEW.to_map(px, py) for px, py in pixels]
    return np.array([spot[0] for spot in spots]), np.array([spot[1] for spot in spots])


@given(places)
@example([(0.0, 0.0), (0.0, 1.0), (-4.4062946829110804e19, 0.0)])
@example([(0.0, 0.0), (0.0, 1.0), (0.0, 4.406294682911077e19)])
def test_what_is_drawn_stays_about_the_view(spots):
    line = np.array(spots)[:, 0], np.array(spots)[:, 1]

    with np.errstate(all="ignore"):
        paths = area_path(VIEW, (line,)), line_path(VIEW, (line,))

    for path in paths:
        box = path.boundingRect()
        assert all(math.isfinite(edge) for edge in (box.left(), box.top(), box.width()))
        assert box.left() >= -MARGIN_PX - 1
        assert box.right() <= VIEW.width + MARGIN_PX + 1
        assert box.top() >= -MARGIN_PX - 1
        assert box.bottom() <= VIEW.height + MARGIN_PX + 1


def test_an_area_larger_than_the_view_covers_it():
    path = area_path(VIEW, (ring((-1e7, -1e7), (1e7, -1e7), (1e7, 1e7), (-1e7, 1e7)),))

    assert path.contains(QPointF(0, 0))
    assert path.contains(QPointF(399, 299))


def test_an_area_keeps_its_shape_where_it_is_seen():
    path = area_path(VIEW, (ring((100, 100), (900, 100), (100, 900)),))

    assert path.contains(QPointF(110, 110))
    assert path.contains(QPointF(380, 280))
    assert not path.contains(QPointF(90, 110))


def test_a_line_that_passes_is_cut_at_the_margin():
    path = line_path(VIEW, (ring((-1e6, 150), (1e6, 150)),))

    box = path.boundingRect()
    assert box.left() == pytest.approx(-MARGIN_PX)
    assert box.right() == pytest.approx(VIEW.width + MARGIN_PX)
    assert box.center().y() == pytest.approx(150, abs=1e-3)


def test_a_line_that_leaves_and_returns_is_not_joined_outside():
    path = line_path(VIEW, (ring((200, 150), (200, -900), (300, -900), (300, 150)),))

    moves = [index for index in range(path.elementCount()) if path.elementAt(index).isMoveTo()]
    assert len(moves) == 2


def test_a_million_steps_within_a_pixel_are_a_few():
    turn = np.linspace(0, 1, 100_000)
    path = line_path(VIEW, (ring(*zip(100 + turn, 100 + turn, strict=True)),))

    assert path.elementCount() < 10
