"""A unit has the way it came behind it, and says its age once it is not heard any more."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from paser_map.units import Unit, UnitLayer
from paser_map.view import MapView
from tests.ui.map.pictures import pixels_of

GROGOT = (116.1913, -1.9051)
VIEW = MapView.of_place(*GROGOT, 12.0, 320, 240)
WAY = tuple((GROGOT[0] - 0.002 * step, GROGOT[1]) for step in range(20, 0, -1))


def unit(key="a", **changes):
    values = {"key": key, "name": "Perahu", "lon": GROGOT[0], "lat": GROGOT[1]}
    return Unit(**({**values, "course_deg": 90.0, "stale": False} | changes))


def row(layer):
    """Return how light the map is along the line from the left edge to the unit."""
    image = QImage(VIEW.width, VIEW.height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    layer.draw(painter, VIEW, "")
    painter.end()
    return pixels_of(image)[118:123, :150].max(axis=(0, 2)).astype(int)


def test_a_trail_leads_to_the_unit_and_fades_away_behind_it(qapp):
    light = row(UnitLayer([unit(trail=WAY)]))
    (start,) = [px for px in range(150) if light[px] and not light[:px].any()]

    assert start < 60
    assert (light[start:] > 0).all()
    assert light[start + 2] < light[100] < light[148]


def test_the_trail_of_a_stale_unit_is_pale(qapp):
    fresh, stale = (row(UnitLayer([unit(trail=WAY, stale=stale)])) for stale in (False, True))

    assert stale.max() < fresh.max()


def test_a_unit_without_a_way_has_no_line(qapp):
    assert not row(UnitLayer([unit()])).any()


def test_a_stale_unit_says_its_age(qapp):
    layer = UnitLayer([unit(stale=True, age="12 min"), unit("b", age="3 min")])

    assert [label.text for label in layer.labels(VIEW, "")] == ["Perahu · 12 min", "Perahu"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ["Unit, moving", "Unit"]),
        ({"trail": WAY}, ["Unit, moving", "Unit", "The way of a unit"]),
        ({"stale": True}, ["Unit, moving", "Unit", "Pale: not heard of late"]),
    ],
)
def test_the_legend_says_what_there_is(qapp, changes, words):
    swatches = UnitLayer([unit(**changes)]).legend(lambda text, **_: text)

    assert [swatch.text for swatch in swatches] == words


def test_places_that_are_none_are_left_out_of_a_trail(qapp):
    nowhere = float("nan")

    assert row(UnitLayer([unit(trail=((nowhere, 0.0), *WAY))])).any()
    assert UnitLayer([unit(lon=nowhere)]).place_of("a") is None
