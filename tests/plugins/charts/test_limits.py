"""Limits stand in a chart as lines, with names that can be read."""

from itertools import combinations

import msgspec
import pytest
from PySide6.QtCore import QPointF

from paser_command.api import SECOND, Limit, Severity
from paser_ui.api import COLOURS
from tests.plugins.charts.charts_kit import answers, shown
from tests.plugins.panel_kit import NOW, frame, level, picture_of


def test_limits_are_drawn_by_name_in_their_colour(panel, context, rivers):
    panel.render_frame(frame(rivers))
    panel.render_frame(frame(rivers, now=NOW + SECOND, series=answers(context, [1.2, 3.42])))

    labels = [label for _, label in shown(panel)[0].plot._limits if label.isVisible()]

    texts = {label.toPlainText(): label.color for label in labels}
    assert texts == {
        "Siaga 3 2,20": COLOURS.medium,
        "Siaga 2 2,70": COLOURS.high,
        "Siaga 1 3,20": COLOURS.critical,
    }


def test_on_the_wall_a_number_in_a_limit_s_name_is_gone_with_the_next_frame(panel):
    telling = (Limit("0812-3456-7890", 2.0, Severity.HIGH),)
    picture = picture_of(level("a", 3.0, limits=telling))
    panel.render_frame(frame(picture))
    before = [label.toPlainText() for _, label in shown(panel)[0].plot._limits]

    panel.render_frame(msgspec.structs.replace(frame(picture), wall=True))

    after = [label.toPlainText() for _, label in shown(panel)[0].plot._limits]
    assert "0812" in before[0]
    assert not any("0812" in text for text in after)


def test_the_name_of_the_topmost_limit_is_not_cut_off(panel, context):
    low = tuple(Limit(f"Siaga {n}", 4.6 - n, Severity.HIGH) for n in (1, 2, 3))
    panel.resize(1200, 150)
    panel.render_frame(frame(picture_of(level("a", 3.0, limits=low))))
    panel.grab()

    plot = shown(panel)[0].plot
    scene = plot.view.sceneBoundingRect()
    names = [label for _, label in plot._limits if label.isVisible()]
    assert names
    for label in names:
        box = label.mapRectToScene(label.boundingRect())
        # The text has a margin of a pixel in its box.
        assert box.top() + 1 >= scene.top()


@pytest.mark.parametrize("width", [420, 1200], ids=["inside", "beside"])
@pytest.mark.parametrize("height", range(110, 300, 10))
@pytest.mark.parametrize("highest", [60, 150, 250])
def test_names_of_limits_cover_neither_one_another_nor_the_chart_s_edge(
    panel, width, height, highest
):
    values = [value for value in (15.5, 55.5, 150.5, 250.5) if value < highest + 1]
    limits = tuple(Limit(f"Tidak sehat {n}", n, Severity.HIGH) for n in values)
    panel.resize(width, height)
    panel.render_frame(frame(picture_of(level("a", 40.0, limits=limits))))
    panel.grab()

    plot = shown(panel)[0].plot
    scene = plot.view.sceneBoundingRect().adjusted(0, -0.1, 0, 0.1)
    labels = [label for _, label in plot._limits if label.isVisible()]
    boxes = [label.mapRectToScene(label.boundingRect()) for label in labels]
    assert boxes
    for box, other in combinations(boxes, 2):
        assert box.intersected(other).height() < 1
    lines = [plot.view.mapViewToScene(QPointF(0, n)).y() for n in values]
    if width == 420 and len(boxes) > 1:
        assert not any(box.top() + 2 < y < box.bottom() - 2 for box in boxes for y in lines)
    assert min(box.top() for box in boxes) >= scene.top()
    assert max(box.bottom() for box in boxes) <= scene.bottom()


def test_where_names_of_limits_would_overlap_the_worst_is_read(panel, context):
    close = tuple(Limit(f"L{n}", 2.0 + n / 1000, Severity(n + 1)) for n in range(4))
    picture = picture_of(level("a", 3.0, limits=close))
    panel.render_frame(frame(picture))
    panel.render_frame(frame(picture, now=NOW + SECOND, series=answers(context, [1.0, 3.0])))

    visible = [label for _, label in shown(panel)[0].plot._limits if label.isVisible()]

    assert [label.toPlainText() for label in visible] == ["L3 2,00"]


def test_long_names_of_limits_stand_inside_and_are_not_cut_off(panel, context):
    panel.resize(950, 200)
    long = tuple(Limit("Tidak dapat dilalui", level_m, Severity.HIGH) for level_m in (2.0, 4.0))
    picture = picture_of(*(level(f"x{n}", 1.0, limits=long) for n in range(3)))
    panel.render_frame(frame(picture))
    panel.render_frame(frame(picture, now=NOW + SECOND, series=answers(context, [0.5, 1.0])))
    panel.grab()

    plot = shown(panel)[0].plot

    view = plot.view.sceneBoundingRect().adjusted(-1, -1, 1, 1)
    for _, label in plot._limits:
        assert view.contains(label.sceneBoundingRect())
