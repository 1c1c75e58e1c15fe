"""No word on the map covers another, and what is needed finds its place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor

from paser_map.labels import Label, Placer, town_label
from paser_map.view import MapView

VIEW = MapView(0.0, 0.0, 10.0, 500, 400)
WHITE = QColor("white")


pytestmark = pytest.mark.usefixtures("qapp")


@given(
    st.lists(
        st.tuples(st.floats(-50, 550), st.floats(-50, 450), st.text(max_size=60), st.booleans()),
        max_size=40,
    )
)
def test_labels_never_overlap_nor_leave_the_view(wanted):
    labels = [Label(text, x, y, 8.0, WHITE, needed=n, leader=n) for x, y, text, n in wanted]

    boxes = [placed.box for placed in Placer(VIEW).place(labels)]

    assert all(QRectF(0, 0, 500, 400).contains(box) for box in boxes)
    for index, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[index + 1 :])


def test_a_label_stands_right_of_its_point_where_there_is_room():
    (placed,) = Placer(VIEW).place([Label("Kuaro", 200, 200, 8.0, WHITE)])

    assert placed.box.left() == 208
    assert placed.box.center().y() == pytest.approx(200)


def test_where_the_neighbourhood_is_taken_a_line_ties_the_label_to_its_point():
    placer = Placer(VIEW)
    placer.block_box(QRectF(180, 180, 40, 40))

    assert placer.place([Label("3,42 m", 200, 200, 8.0, WHITE)]) == []
    (placed,) = placer.place([Label("3,42 m", 200, 200, 8.0, WHITE, leader=True)])

    assert placed.leader is not None
    assert placed.leader.p2() == QPointF(200, 200)
    assert placed.box.contains(placed.leader.p1())


def test_a_line_ends_where_the_symbols_on_its_point_begin():
    placer = Placer(VIEW)
    placer.block_box(QRectF(165, 165, 70, 70))
    placer.block_points(np.array([200.0]), np.array([200.0]), 20)

    (placed,) = placer.place([Label("3,42 m", 200, 200, 8.0, WHITE, needed=True, leader=True)])

    assert placed.leader is not None
    assert 20 <= QLineF(placed.leader.p2(), QPointF(200, 200)).length() <= 20 + 2 * 4
    moved = placed.moved(5, -7).leader
    assert moved == placed.leader.translated(5, -7)


@pytest.mark.parametrize(("radius", "afar"), [(4, False), (20, True), (300, False)])
def test_a_town_s_name_goes_out_of_the_way_of_symbols_unless_they_are_everywhere(radius, afar):
    placer = Placer(VIEW)
    placer.block_points(np.array([200.0]), np.array([200.0]), radius)

    (placed,) = placer.place([town_label("Tanah Grogot", 200, 200)])

    assert (placed.leader is not None) == afar


def test_no_name_stands_on_a_badge_and_its_line_ends_at_the_edge():
    badge = QRectF(180, 190, 40, 20)
    placer = Placer(VIEW)
    placer.block_badge(badge)

    beside, afar = placer.place(
        [Label("Kuaro", 172, 200, 7.0, WHITE), town_label("Tanah Grogot", 200, 200)]
    )

    assert not beside.box.intersects(badge)
    assert not afar.box.intersects(badge)
    assert afar.leader is not None
    assert not badge.contains(afar.leader.p2())


def test_a_town_under_what_is_written_has_no_name_afar():
    placer = Placer(VIEW)
    placer.block_box(QRectF(180, 180, 40, 40))

    assert placer.place([town_label("Tanah Grogot", 200, 200)]) == []


def test_a_label_without_text_takes_no_room():
    placer = Placer(VIEW)

    assert placer.place([Label(" \n", 200, 200, 8.0, WHITE, needed=True)]) == []


def test_a_long_text_is_cut():
    (placed,) = Placer(VIEW).place([Label("x" * 100_000, 20, 200, 8.0, WHITE)])

    assert len(placed.words.text) < 60
