"""No word on the map covers another, and what is needed finds its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from paser_ui.map.labels import Label, Placer
from paser_ui.map.view import MapView

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

    assert placed.afar


def test_a_label_without_text_takes_no_room():
    placer = Placer(VIEW)

    assert placer.place([Label(" \n", 200, 200, 8.0, WHITE, needed=True)]) == []


def test_a_long_text_is_cut():
    (placed,) = Placer(VIEW).place([Label("x" * 100_000, 20, 200, 8.0, WHITE)])

    assert len(placed.words.text) < 60
