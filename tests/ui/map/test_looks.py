"""Each kind of layer, the legend and the glass look as they did when they were found good."""

import pytest
from PySide6.QtWidgets import QApplication

from paser_command.geo import Circle, Geometry
from paser_command.records import Severity
from paser_map.areas import AreaLayer, shape_of_areas, shape_of_geometry
from paser_map.canvas import MapCanvas
from paser_map.layers import Shown
from paser_map.stations import Station, StationLayer
from paser_map.view import MapView
from paser_ui.theme.style import apply_theme
from tests.ui.map.pictures import SIZE_PX, assert_looks_like, painted

VIEW = MapView.of_place(116.2, -1.9, 9.5, *SIZE_PX)


@pytest.fixture
def canvas(qtbot, qapp: QApplication):
    apply_theme(qapp)
    canvas = MapCanvas()
    qtbot.addWidget(canvas)
    return canvas


def box(lon, lat, half):
    west, east, south, north = lon - half, lon + half, lat - half, lat + half
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def warnings():
    rain = shape_of_areas("rain", "Rain", Severity.HIGH, [box(116.05, -1.85, 0.12)], [])
    waves = shape_of_areas("waves", "Waves", Severity.MEDIUM, [], [Circle(116.35, -1.95, 12_000)])
    return AreaLayer("alert", [rain, waves], dashed=True)


def features():
    shapes = {
        "road": Geometry("line", (((115.95, -1.95), (116.2, -2.0), (116.4, -1.8)),)),
        "lake": Geometry("area", (box(116.1, -1.8, 0.08), box(116.1, -1.8, 0.03))),
        "shelter": Geometry("point", (((116.3, -1.95),),)),
    }
    severities = (Severity.HIGH, Severity.NONE, Severity.LOW)
    made = [
        shape_of_geometry(key, key, severity, geometry)
        for (key, geometry), severity in zip(shapes.items(), severities, strict=True)
    ]
    return AreaLayer("feature", made, dashed=False)


def stations():
    return StationLayer(
        [
            Station("a", "Kandilo", 116.1, -1.9, "3,42 m", Severity.CRITICAL, stale=False),
            Station("b", "Telake", 116.3, -1.8, "1,20 m", Severity.NONE, stale=False),
            Station("c", "Kuaro", 116.2, -2.0, "0,80 m", Severity.NONE, stale=True),
        ]
    )


def test_the_basemap_looks_good(canvas):
    assert_looks_like(painted(canvas, VIEW), "basemap")


def test_warnings_look_good(canvas):
    canvas.set_layer("alerts", warnings(), ["BMKG"])

    assert_looks_like(painted(canvas, VIEW), "warnings")


def test_features_look_good(canvas):
    canvas.set_layer("features", features())

    assert_looks_like(painted(canvas, VIEW), "features")


def test_stations_look_good(canvas):
    canvas.set_layer("levels", stations())

    assert_looks_like(painted(canvas, VIEW), "stations")


def test_a_pale_layer_looks_good(canvas):
    canvas.set_layer("levels", stations())
    canvas.set_layer("alerts", warnings())
    canvas.arrange([Shown("alerts", opacity=0.4), Shown("levels", opacity=0.4)])

    assert_looks_like(painted(canvas, VIEW), "pale")


def test_the_legend_looks_good(canvas):
    canvas.set_layer("features", features())
    canvas.set_layer("alerts", warnings())
    canvas.set_layer("levels", stations())

    assert_looks_like(painted(canvas, VIEW.resized(420, 300), legend=True), "legend")


def test_the_glass_looks_good_with_many_sources(canvas):
    names = [f"Dinas Pekerjaan Umum {number}" for number in range(6)]
    canvas.set_layer("levels", stations(), names)

    assert_looks_like(painted(canvas, VIEW), "sources")


def test_a_screen_of_twice_as_many_pixels_shows_the_same_twice_as_fine(canvas):
    canvas.set_layer("alerts", warnings())
    canvas.set_layer("levels", stations())

    assert_looks_like(painted(canvas, VIEW, legend=True, dpr=2.0), "twice")
