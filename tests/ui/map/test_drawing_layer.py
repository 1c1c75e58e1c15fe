"""Drawings look like what they are, are picked where they are seen, and name themselves."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from paser_command.geo import Ring
from paser_command.geodesy import circle
from paser_command.picture.drawing_change import DrawnColour, DrawnShape, Purpose
from paser_command.picture.drawings import Drawing
from paser_map.drawing.ink import COLOURS
from paser_map.drawing.layer import DrawingLayer
from paser_map.labels import Label, Placer
from paser_map.layers import Hit
from paser_map.palette import HOME, SEA
from paser_map.projection import to_map
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK
from tests.ui.city import NOON
from tests.ui.map.pictures import SIZE_PX, assert_looks_like

CORNERS = ((116.05, -2.05), (116.35, -2.05), (116.35, -1.8), (116.05, -1.75))
VIEW = MapView.of_place(116.2, -1.9, 9.0, *SIZE_PX)


def drawing(shape, places: Ring, key="drawing/1", **told):
    return Drawing(
        key=key, shape=shape, places=places, drawn_at=NOON, drawn_by="Sari",
        changed_at=NOON, changed_by="Sari", **told,
    )  # fmt: skip


def all_kinds():
    return [
        drawing(DrawnShape.AREA, CORNERS, "drawing/1", purpose=Purpose.GEOFENCE, name="Zona"),
        drawing(
            DrawnShape.CIRCLE,
            ((116.3, -1.95),),
            "drawing/2",
            radius_m=9_000.0,
            colour=DrawnColour.MAUVE,
        ),
        drawing(DrawnShape.LINE, CORNERS[::2], "drawing/3", colour=DrawnColour.GREEN, name="Jalur"),
        drawing(
            DrawnShape.POINT, ((116.1, -1.8),), "drawing/4", colour=DrawnColour.SAND, name="Posko"
        ),
        drawing(DrawnShape.TEXT, ((116.25, -1.66),), "drawing/5", name="Jangan lewat"),
    ]


def drawn(layer, view=VIEW, selected=""):
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _ in layer.steps(painter, view, selected):
        pass
    painter.end()
    return image


def pixel(lon, lat, view=VIEW):
    x, y = to_map([lon], [lat])
    px, py = view.to_screen(x, y)
    return float(px[0]), float(py[0])


def hits(layer, lon, lat):
    return [hit.key for hit in layer.hits(VIEW, *pixel(lon, lat), 6.0)]


def test_the_layer_looks_as_it_was_found_good():
    layer = DrawingLayer(all_kinds())

    assert_looks_like(drawn(layer, selected="drawing/3"), "drawings")


def test_a_geofence_looks_other_than_an_annotation():
    fence = drawing(DrawnShape.AREA, CORNERS, purpose=Purpose.GEOFENCE)
    note = drawing(DrawnShape.AREA, CORNERS)

    assert drawn(DrawingLayer([fence])) != drawn(DrawingLayer([note]))


def test_what_is_picked_is_marked():
    for one in all_kinds():
        layer = DrawingLayer([one])

        assert drawn(layer) != drawn(layer, selected=one.key)


def test_an_area_is_picked_inside_and_not_beside():
    layer = DrawingLayer([drawing(DrawnShape.AREA, CORNERS)])

    assert hits(layer, 116.2, -1.9) == ["drawing/1"]
    assert hits(layer, 116.5, -1.9) == []


def test_a_circle_is_picked_up_to_its_rim_on_the_ground():
    centre = (116.2, -1.9)
    layer = DrawingLayer([drawing(DrawnShape.CIRCLE, (centre,), radius_m=20_000.0)])
    inside, beside = circle(centre, 19_000.0, 8), circle(centre, 21_000.0, 8)

    assert all(hits(layer, *place) for place in inside)
    assert not any(hits(layer, *place) for place in beside)


def test_a_line_a_point_and_a_text_are_picked_where_they_are_seen():
    _, _, line, point, text = all_kinds()

    assert hits(DrawingLayer([line]), *CORNERS[0]) == [line.key]
    assert hits(DrawingLayer([line]), *CORNERS[1]) == []
    assert hits(DrawingLayer([point]), 116.1, -1.8) == [point.key]
    assert hits(DrawingLayer([text]), 116.3, -1.66) == [text.key]
    assert hits(DrawingLayer([text]), 116.25, -1.72) == []


def test_of_two_areas_the_small_one_is_picked_first():
    large = drawing(DrawnShape.AREA, CORNERS, "drawing/large")
    small = drawing(DrawnShape.CIRCLE, ((116.2, -1.9),), "drawing/small", radius_m=2_000.0)

    huge = drawing(DrawnShape.CIRCLE, ((116.2, -1.9),), "drawing/huge", radius_m=90_000.0)

    for order in ((large, small, huge), (huge, small, large)):
        found = hits(DrawingLayer(order), 116.2, -1.9)
        assert found == ["drawing/small", "drawing/large", "drawing/huge"]


def test_names_stand_on_the_map_and_a_text_is_no_name():
    layer = DrawingLayer(all_kinds())

    assert {label.text for label in layer.labels(VIEW, "")} == {"Zona", "Jalur", "Posko"}
    first = layer.labels(VIEW, "drawing/4")[0]
    assert (first.text, first.needed) == ("Posko", True)


def test_from_afar_only_what_is_picked_is_named():
    far = msgspec.structs.replace(VIEW, zoom=5.0)
    layer = DrawingLayer(all_kinds()[:1])

    assert layer.labels(far, "") == []
    assert [label.text for label in layer.labels(far, "drawing/1")] == ["Zona"]


def test_words_keep_off_texts_and_pins():
    _, _, _, point, text = all_kinds()
    px, py = pixel(*text.places[0])
    over_text = Label("di atas", px - 20, py, 4.0, DARK.text)
    pin_x, pin_y = pixel(*point.places[0])
    over_pin = Label("di atas", pin_x - 10, pin_y - 13, 4.0, DARK.text)
    free, kept = Placer(VIEW), Placer(VIEW)

    DrawingLayer([point, text]).block(VIEW, kept)

    for label in (over_text, over_pin):
        (before,), after = free.place([label]), kept.place([label])
        assert before.box not in [placed.box for placed in after]


def test_the_legend_has_what_is_there():
    def tr(text, **_facts):
        return text

    fence, _, line, _, _ = all_kinds()

    assert [s.text for s in DrawingLayer([fence]).legend(tr)] == ["Geofence"]
    assert [s.text for s in DrawingLayer([line]).legend(tr)] == ["Drawn by operators"]
    assert len(DrawingLayer([fence, line]).legend(tr)) == 2
    assert DrawingLayer([]).legend(tr) == []


def test_a_drawing_is_found_in_its_middle():
    layer = DrawingLayer([drawing(DrawnShape.AREA, CORNERS)])

    place = layer.place_of("drawing/1")
    assert place is not None
    assert np.hypot(*np.subtract(place, np.ravel(to_map(116.2, -1.9)))) < 1_000
    assert layer.place_of("drawing/9") is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=40),
    st.sampled_from(DrawnShape),
    st.floats(1.0, 2e6),
    st.floats(5, 18),
)
def test_no_geometry_of_the_earth_is_too_odd(places, shape, radius_m, zoom):
    told = drawing(shape, tuple(places), radius_m=radius_m, name="x")
    layer = DrawingLayer([told])
    lon, lat = places[0]
    view = MapView.of_place(lon, lat, zoom, 200, 150)

    drawn(layer, view, told.key)

    assert all(isinstance(hit, Hit) for hit in layer.hits(view, 100, 75, 9.0))
    layer.labels(view, told.key)


def contrast(one, other):
    def luminance(colour):
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        low = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * low[0] + 0.7152 * low[1] + 0.0722 * low[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colour", DrawnColour)
def test_the_colours_read_on_land_and_sea_and_are_no_alarms(colour):
    ink = COLOURS[colour]

    assert min(contrast(ink, SEA), contrast(ink, HOME)) >= 4.5
    calmest = min(c.hsvSaturationF() for c in (DARK.critical, DARK.high, DARK.medium, DARK.low))
    assert ink.hsvSaturationF() < 0.6 * calmest
