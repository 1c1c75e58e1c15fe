"""The canvas picks what is under the pointer, moves under the hand, and survives any layer."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication

from paser_command.geo import Circle, Geometry
from paser_command.records import Severity
from paser_command.session.frames import Selection
from paser_map.areas import AreaLayer, shape_of_areas, shape_of_geometry
from paser_map.canvas import MapCanvas
from paser_map.layers import Layer, Shown
from paser_map.points import Marker, PointLayer
from paser_map.projection import to_map
from paser_map.stations import Station, StationLayer
from paser_map.units import Unit, UnitLayer
from tests.ui.map.pictures import difference, painted, pixels_of

HOSTILE = '<img src="file:///etc/passwd"><b>x</b>\x00\u202e' + "x" * 70_000
GROGOT = (116.1913, -1.9051)


@pytest.fixture
def canvas(qtbot):
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def marker(key, severity, *, lon=GROGOT[0], lat=GROGOT[1], filled=True, name="x"):
    return Marker(key, name, lon, lat, severity, filled)


def pixel_of(canvas, lon, lat):
    x, y = to_map([lon], [lat])
    px, py = canvas.view.to_screen(x, y)
    return QPoint(round(float(px[0])), round(float(py[0])))


def settled(qtbot, canvas):
    """Return what is seen once all of it is drawn."""
    canvas.grab()
    qtbot.waitUntil(lambda: canvas.settled)
    return canvas.grab().toImage()


def drag(qtbot, canvas, start, end):
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def click(qtbot, canvas, lon=GROGOT[0], lat=GROGOT[1]):
    with qtbot.waitSignal(canvas.picked) as picked:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=pixel_of(canvas, lon, lat))
    return picked.args[0]


def ring(lon, lat, half):
    return (
        (lon - half, lat - half),
        (lon + half, lat - half),
        (lon + half, lat + half),
        (lon - half, lat + half),
        (lon - half, lat - half),
    )


def test_of_symbols_on_one_place_the_severest_is_picked(qtbot, canvas):
    severities = (Severity.CRITICAL, Severity.LOW, Severity.HIGH, Severity.MEDIUM)
    canvas.set_layer("x", PointLayer("incident", [marker(s.name, s) for s in severities]))

    assert click(qtbot, canvas) == Selection("incident", "CRITICAL")


def test_of_equally_severe_ones_the_unacknowledged_is_picked(qtbot, canvas):
    waits, taken = marker("waits", Severity.HIGH), marker("taken", Severity.HIGH, filled=False)
    canvas.set_layer("x", PointLayer("incident", [waits, taken]))

    assert click(qtbot, canvas).key == "waits"


def test_a_severe_one_that_is_taken_is_picked_before_a_slight_one_that_waits(qtbot, canvas):
    slight, severe = marker("slight", Severity.LOW), marker("severe", Severity.HIGH, filled=False)
    canvas.set_layer("x", PointLayer("incident", [severe, slight]))

    assert click(qtbot, canvas).key == "severe"


def test_a_second_click_picks_what_lies_below(qtbot, canvas):
    severities = (Severity.CRITICAL, Severity.LOW)
    canvas.set_layer("x", PointLayer("incident", [marker(s.name, s) for s in severities]))

    canvas.set_selection(click(qtbot, canvas))
    assert click(qtbot, canvas).key == "LOW"
    canvas.set_selection(Selection("incident", "LOW"))
    assert click(qtbot, canvas).key == "CRITICAL"


def test_a_click_on_nothing_picks_nothing(qtbot, canvas):
    canvas.set_layer("x", PointLayer("incident", [marker("a", Severity.LOW)]))

    assert click(qtbot, canvas, 116.6, -1.2) == Selection()


def test_what_is_hidden_is_not_picked(qtbot, canvas):
    canvas.set_layer("x", PointLayer("incident", [marker("a", Severity.LOW)]))
    canvas.arrange([Shown("x", visible=False)])

    assert click(qtbot, canvas) == Selection()


def test_a_symbol_above_an_area_is_picked_before_it(qtbot, canvas):
    area = shape_of_areas("rain", "Rain", Severity.CRITICAL, [ring(*GROGOT, 0.3)], [])
    canvas.set_layer("alerts", AreaLayer("alert", [area], dashed=True))
    canvas.set_layer("incidents", PointLayer("incident", [marker("a", Severity.LOW)]))

    assert click(qtbot, canvas) == Selection("incident", "a")
    assert click(qtbot, canvas, GROGOT[0] + 0.2, GROGOT[1]) == Selection("alert", "rain")
    assert click(qtbot, canvas, GROGOT[0] + 0.4, GROGOT[1]) == Selection()


def test_the_hole_of_an_area_is_not_in_it(qtbot, canvas):
    rings = (ring(*GROGOT, 0.3), ring(*GROGOT, 0.1))
    lake = shape_of_geometry("a", "Lake", Severity.NONE, Geometry("area", rings))
    canvas.set_layer("features", AreaLayer("feature", [lake], dashed=False))

    assert click(qtbot, canvas) == Selection()
    assert click(qtbot, canvas, GROGOT[0] + 0.2, GROGOT[1]).key == "a"


def test_areas_of_one_warning_are_filled_where_they_overlap(qtbot, canvas):
    twice = shape_of_areas("a", "x", Severity.LOW, [ring(*GROGOT, 0.3)], [Circle(*GROGOT, 9e3)])
    canvas.set_layer("alerts", AreaLayer("alert", [twice], dashed=True))

    assert click(qtbot, canvas).key == "a"


def test_a_line_is_picked_beside_it_not_far_from_it(qtbot, canvas):
    road = Geometry("line", (((116.0, -1.9), (116.4, -1.9)),))
    shape = shape_of_geometry("road", "Road", Severity.HIGH, road)
    canvas.set_layer("features", AreaLayer("feature", [shape], dashed=False))

    assert click(qtbot, canvas, 116.2, -1.895).key == "road"
    assert click(qtbot, canvas, 116.2, -1.8) == Selection()


def test_the_wheel_zooms_about_the_pointer(qtbot, canvas):
    at = QPointF(200, 150)
    before, zoom = canvas.view.to_degrees(200, 150), canvas.view.zoom
    turn = QPoint(0, 240)
    wheel = QWheelEvent(
        at, at, QPoint(), turn, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip

    QApplication.sendEvent(canvas, wheel)
    qtbot.waitUntil(lambda: canvas.view.zoom == pytest.approx(zoom + 1))

    assert canvas.view.to_degrees(200, 150) == pytest.approx(before, abs=1e-9)


def test_dragging_takes_the_map_along_and_picks_nothing(qtbot, canvas):
    picked: list[Selection] = []
    canvas.picked.connect(picked.append)
    before = canvas.view.to_degrees(300, 300)

    drag(qtbot, canvas, QPoint(300, 300), QPoint(340, 280))

    assert canvas.view.to_degrees(340, 280) == pytest.approx(before)
    assert picked == []


def test_keys_move_zoom_and_find_back(qtbot, canvas):
    home = canvas.view

    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    moved = canvas.view
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: canvas.view.zoom == pytest.approx(home.zoom + 1))
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert canvas.view == moved
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert canvas.view == home
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)

    assert canvas.view == home
    assert canvas.fits_home


def test_a_map_that_fits_goes_on_fitting_when_it_is_resized(canvas):
    zoom = canvas.view.zoom

    canvas.resize(400, 300)

    assert canvas.view.zoom == pytest.approx(zoom - 1, abs=0.2)
    canvas.show_place(116, -2, 12)
    canvas.resize(800, 600)
    assert canvas.view.zoom == 12


def test_what_is_off_screen_is_brought_in_and_what_is_on_it_leaves_the_map_alone(canvas):
    far, near = marker("far", Severity.LOW, lon=110.0), marker("near", Severity.LOW)
    canvas.set_layer("x", PointLayer("incident", [far, near]))
    view = canvas.view

    assert canvas.reveal(Selection("incident", "near"))
    assert canvas.view == view
    assert canvas.reveal(Selection("incident", "far"))
    assert canvas.view.place == pytest.approx((110.0, GROGOT[1]))
    assert not canvas.reveal(Selection("incident", "gone"))


def test_panning_never_shows_anything_but_the_ground(qtbot, canvas):
    canvas.show_place(*GROGOT, 9)
    settled(qtbot, canvas)
    for _ in range(12):
        drag(qtbot, canvas, QPoint(300, 300), QPoint(337, 277))
        seen = canvas.grab().toImage()
        corners = [seen.pixelColor(x, y) for x in (1, 798) for y in (40, 560)]
        assert all(colour.lightness() < 90 for colour in corners)


def test_a_warning_is_seen_when_it_comes_is_picked_and_is_hidden(qtbot, canvas):
    area = shape_of_areas("rain", "", Severity.MEDIUM, [ring(*GROGOT, 0.2)], [])
    bare = settled(qtbot, canvas)

    canvas.set_layer("alerts", AreaLayer("alert", [area], dashed=True))
    warned = settled(qtbot, canvas)
    canvas.set_selection(Selection("alert", "rain"))
    picked = settled(qtbot, canvas)
    canvas.set_selection(Selection())
    canvas.arrange([Shown("alerts", visible=False)])

    assert warned != bare
    assert picked != warned
    assert settled(qtbot, canvas) == bare


def test_moved_ground_looks_as_drawn_anew(qtbot, canvas):
    canvas.show_place(*GROGOT, 9)
    settled(qtbot, canvas)
    drag(qtbot, canvas, QPoint(300, 300), QPoint(340, 330))
    moved = settled(qtbot, canvas)

    anew = painted(canvas, canvas.view)

    _, differing = difference(moved.copy(0, 0, 800, 500), anew.copy(0, 0, 800, 500))
    assert differing < 0.0005


def test_ten_thousand_symbols_are_all_there_to_pick(canvas):
    chance = np.random.default_rng(7)
    lons, lats = chance.normal(116.1, 0.2, 10_000), chance.normal(-1.8, 0.2, 10_000)
    markers = [
        marker(str(index), Severity(index % 4 + 1), lon=float(lon), lat=float(lat))
        for index, (lon, lat) in enumerate(zip(lons, lats, strict=True))
    ]
    canvas.set_layer("x", PointLayer("incident", markers))
    canvas.grab()

    for index in (3, 5_003, 9_999):
        at = pixel_of(canvas, lons[index], lats[index])
        assert str(index) in [hit.key for hit in canvas.hits(at.x(), at.y())]


def test_telling_the_canvas_what_it_knows_paints_nothing(monkeypatch, canvas):
    asked: list[str] = []
    monkeypatch.setattr(canvas, "update", lambda: asked.append("paint"))

    canvas.set_selection(Selection())
    canvas.arrange(())
    canvas.refresh_hover()
    assert asked == []

    canvas.set_selection(Selection("incident", "a"))
    assert asked == ["paint"]


def test_hostile_words_are_drawn_as_they_are(qtbot, canvas):
    canvas.describe = lambda _selection: (HOSTILE, HOSTILE)
    station = Station("s", HOSTILE, *GROGOT, HOSTILE, Severity.HIGH, stale=False)
    canvas.set_layer("stations", StationLayer([station]), [HOSTILE])
    canvas.set_layer("units", UnitLayer([Unit("u", HOSTILE, 116.3, -1.6, 90.0, stale=True)]))
    canvas.set_selection(Selection("stream", "s"))

    qtbot.mouseMove(canvas, pixel_of(canvas, *GROGOT))

    assert not canvas.grab().isNull()
    assert canvas.toolTip() == ""


numbers = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-200, 200)
rings = st.lists(st.lists(st.tuples(numbers, numbers), max_size=9).map(tuple), max_size=4)


@settings(max_examples=60, deadline=None)
@given(rings.map(tuple), numbers, numbers, numbers)
def test_no_geometry_stops_the_map(qapp, shape, lon, lat, number):
    canvas = MapCanvas()
    canvas.resize(300, 200)
    layers: dict[str, Layer] = {
        "points": PointLayer("incident", [Marker("p", "p", lon, lat, Severity.HIGH, True)]),
        "stations": StationLayer([Station("s", "s", lon, lat, "1", Severity.NONE, False)]),
        "units": UnitLayer([Unit("u", "u", lon, lat, number, False)]),
        "alerts": AreaLayer(
            "alert",
            [shape_of_areas("a", "a", Severity.LOW, shape, [Circle(lon, lat, number)])],
            dashed=True,
        ),
        "features": AreaLayer(
            "feature",
            [
                shape_of_geometry(kind, kind, Severity.LOW, Geometry(kind, shape))
                for kind in ("point", "line", "area")
            ],
            dashed=False,
        ),
    }
    for name, layer in layers.items():
        canvas.set_layer(name, layer)
        canvas.set_selection(Selection(layer.kind, "p"))

    pixmap = QPixmap(300, 200)
    canvas.render(pixmap)
    canvas.hits(150, 100)
    for layer in layers.values():
        canvas.reveal(Selection(layer.kind, "a"))

    assert all(math.isfinite(part) for part in (canvas.view.x, canvas.view.y))


def test_symbols_differ_by_severity_and_by_being_taken(canvas):
    looks = set()
    for severity in (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL):
        for filled in (True, False):
            canvas.set_layer("x", PointLayer("incident", [marker("a", severity, filled=filled)]))
            at = pixel_of(canvas, *GROGOT)
            image = canvas.grab().toImage()
            looks.add(pixels_of(image.copy(at.x() - 9, at.y() - 9, 19, 19)).tobytes())

    assert len(looks) == 8
