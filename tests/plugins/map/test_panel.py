"""The map panel draws what the picture has, picks for all, and rests when nothing changed."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QImage

from paser_command.api import (
    HOUR,
    MINUTE,
    SECOND,
    Box,
    Feature,
    FeedState,
    Geometry,
    Position,
    Region,
    Selection,
    Severity,
)
from paser_map.api import StationLayer
from paser_plugins.map.panel import MapPanel
from paser_ui.api import Chip
from tests.plugins.panel_kit import (
    HOSTILE,
    NOW,
    FakeContext,
    acknowledge,
    alert,
    frame,
    health,
    level,
    picture_of,
    report,
)
from tests.ui.map.pictures import pixels_of

HERE = ((116.1, -2.0), (116.3, -2.0), (116.3, -1.8), (116.1, -1.8), (116.1, -2.0))


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@dataclass
class Shown:
    """A panel on the screen and its context."""

    panel: MapPanel
    context: FakeContext

    def texts(self) -> list[str]:
        chips = self.panel.findChildren(Chip)
        return [chip.text() for chip in chips if chip.isVisibleTo(self.panel)]

    def pixel(self, selection: Selection) -> QPoint:
        canvas = self.panel.canvas
        place = canvas._sheet.place_of(selection)
        assert place is not None
        x, y = canvas.view.x, canvas.view.y
        scale = canvas.view.metres_per_px
        return QPoint(
            round((place[0] - x) / scale + canvas.width() / 2),
            round((y - place[1]) / scale + canvas.height() / 2),
        )


@pytest.fixture
def shown(qtbot):
    context = FakeContext("map")
    context.attributions["cap.alerts"] = "BMKG (Badan Meteorologi, Klimatologi, dan Geofisika)"
    panel = MapPanel(context)
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    return Shown(panel, context)


def flood():
    bmkg = health("bmkg-cap", source="cap.alerts")
    return picture_of(
        report("a", severity=Severity.CRITICAL),
        report("b", lon=116.32, lat=-1.52),
        acknowledge("b"),
        report("far", lon=112.0, lat=-7.5),
        report("nowhere", lon=None, lat=None),
        level("kandilo", 3.42),
        level("telake", 1.2, lon=116.3, lat=-1.5, name="Telake"),
        level("hujan", 12.5, unit="mm", lon=115.8, lat=-1.6, name="Hujan"),
        alert(polygons=(HERE,)),
        bmkg,
    )


def test_the_chips_count_what_there_is_in_the_language_of_the_screen(shown):
    shown.panel.render_frame(frame(flood()))

    assert shown.texts() == ["Insiden 4", "Muka air 2", "Stasiun 1", "BMKG 1"]
    shown.context.speak("en")
    shown.panel.retranslate()
    assert shown.texts() == ["Incidents 4", "Water level 2", "Stations 1", "BMKG 1"]


def test_a_value_is_written_anew_when_the_language_changes(shown):
    picture = flood()
    shown.panel.render_frame(frame(picture))
    canvas = shown.panel.canvas
    before = {label.text for label in canvas._sheet.stack.get("levels").labels(canvas.view, "")}

    shown.context.speak("en")
    shown.panel.retranslate()
    shown.panel.render_frame(frame(picture))

    after = {label.text for label in canvas._sheet.stack.get("levels").labels(canvas.view, "")}
    assert before == {"3,42 m", "1,20 m"}
    assert after == {"3.42 m", "1.20 m"}


def test_a_click_picks_for_all_panels(qtbot, shown):
    shown.panel.render_frame(frame(flood()))
    at = shown.pixel(Selection("incident", "b"))

    qtbot.mouseClick(shown.panel.canvas, Qt.MouseButton.LeftButton, pos=at)

    assert shown.context.selections == [Selection("incident", "b")]


def test_what_another_panel_picked_is_brought_into_view_once(shown):
    picture = flood()
    shown.panel.render_frame(frame(picture))
    there = Selection("incident", "far")

    shown.panel.render_frame(frame(picture, selection=there))
    assert shown.panel.canvas.view.place == pytest.approx((112.0, -7.5), abs=0.01)
    shown.panel.canvas.fit()
    shown.panel.render_frame(frame(picture, selection=there))

    assert shown.panel.canvas.fits_home


def test_a_thing_without_a_place_moves_nothing(shown):
    picture = flood()
    shown.panel.render_frame(frame(picture))

    for selection in (Selection("incident", "nowhere"), Selection("feed", "x"), Selection("?", "")):
        shown.panel.render_frame(frame(picture, selection=selection))

    assert shown.panel.canvas.fits_home


def test_nothing_is_painted_when_nothing_has_changed(monkeypatch, shown):
    picture = flood()
    shown.panel.render_frame(frame(picture))
    asked: list[str] = []
    monkeypatch.setattr(shown.panel.canvas, "update", lambda: asked.append("paint"))

    for step in range(5):
        shown.panel.render_frame(frame(picture, now=NOW + step * SECOND // 10))

    assert asked == []


def test_a_value_alone_draws_no_mark_anew(monkeypatch, shown):
    picture = flood()
    shown.panel.render_frame(frame(picture))
    shown.panel.canvas.grab()
    drawn = []
    monkeypatch.setattr(StationLayer, "draw", lambda *_: drawn.append("marks"))

    for record in level("telake", 1.3, age=-2 * SECOND, lon=116.3, lat=-1.5, name="Telake"):
        picture.apply(record)
    shown.panel.render_frame(frame(picture, now=NOW + 2 * SECOND))
    shown.panel.canvas.grab()
    of_a_value = list(drawn)
    for record in level("telake", 3.3, age=-4 * SECOND, lon=116.3, lat=-1.5, name="Telake"):
        picture.apply(record)
    shown.panel.render_frame(frame(picture, now=NOW + 4 * SECOND))
    shown.panel.canvas.grab()

    labels = shown.panel.canvas._sheet.stack.get("levels").labels(shown.panel.canvas.view, "")
    assert "3,30 m" in {label.text for label in labels}
    assert of_a_value == []
    assert drawn != []


def test_a_new_report_is_painted(qtbot, shown):
    picture = flood()
    shown.panel.render_frame(frame(picture))
    picture.apply(report("new", lon=116.0, lat=-2.0))
    paints = Paints()
    shown.panel.canvas.installEventFilter(paints)

    shown.panel.render_frame(frame(picture))

    qtbot.waitUntil(lambda: paints.count > 0)
    assert "Insiden 5" in shown.texts()


def test_after_a_jump_in_time_what_came_later_is_gone(shown):
    shown.panel.render_frame(frame(flood()))

    shown.panel.render_frame(frame(picture_of(report("a")), seeked=True))

    assert shown.texts() == ["Insiden 1"]
    assert shown.panel.canvas._sheet.place_of(Selection("incident", "b")) is None


def test_a_warning_that_ran_out_leaves_the_map(shown):
    picture = flood()
    shown.panel.render_frame(frame(picture))

    shown.panel.render_frame(frame(picture, now=NOW + 3 * HOUR))

    assert not any("BMKG" in text for text in shown.texts())


def test_a_stale_value_says_how_old_it_is_and_a_failing_feed_makes_stale(shown):
    picture = picture_of(
        level("old", 1.0, age=15 * MINUTE),
        level("cut", 1.5, lon=116.0),
        health("sungai", FeedState.FAILING),
    )

    shown.panel.render_frame(frame(picture))

    canvas = shown.panel.canvas
    labels = canvas._sheet.stack.get("levels").labels(canvas.view, "")
    assert {label.text for label in labels} == {"1,00 m · 15 mnt", "1,50 m · 40 dtk"}
    assert all(label.opacity < 1 for label in labels)


def test_a_chip_hides_its_layer_and_the_workspace_remembers_it(qtbot, shown):
    shown.panel.render_frame(frame(flood()))
    canvas = shown.panel.canvas
    at = shown.pixel(Selection("incident", "b"))

    qtbot.mouseClick(shown.panel.findChild(Chip, "map.chip.incidents"), Qt.MouseButton.LeftButton)

    assert "incident" not in [hit.kind for hit in canvas.hits(at.x(), at.y())]
    other = MapPanel(FakeContext("map"))
    qtbot.addWidget(other)
    other.restore_state(shown.panel.save_state())
    assert [layer.id for layer in other.layers if not layer.visible] == ["incidents"]


def test_the_view_comes_back_and_nonsense_is_left_aside(qtbot, shown):
    shown.panel.canvas.show_place(116.3, -1.6, 12.5)
    shown.panel.canvas.open_legend(True)
    state = shown.panel.save_state()
    other = MapPanel(FakeContext("map"))
    qtbot.addWidget(other)

    other.restore_state(state)
    assert other.canvas.view.place == pytest.approx((116.3, -1.6))
    assert other.canvas.view.zoom == 12.5
    assert other.canvas.legend_opened
    nonsense: list[dict[str, str | int | float | bool]] = [
        {"lon": "x"},
        {"lon": float("nan"), "lat": 1, "zoom": 9},
        {"lon": 999, "lat": 1, "zoom": 9},
        {"lon": 116, "lat": -2, "zoom": float("inf")},
    ]
    for wrong in nonsense:
        other.restore_state(wrong)
    assert other.canvas.view.zoom == 12.5


def test_the_pointer_box_tells_value_age_and_limit(qtbot, shown):
    shown.panel.render_frame(frame(picture_of(level("kandilo", 3.42))))

    qtbot.mouseMove(shown.panel.canvas, shown.pixel(Selection("stream", "sungai/kandilo")))

    assert shown.panel.canvas._hover == (
        "Kandilo · Tanah Grogot",
        "3,42 m · 40 dtk lalu",
        "Kritis · Siaga 1",
    )


def test_whose_data_it_is_stands_on_the_map(shown):
    shown.panel.render_frame(frame(flood()))

    assert shown.panel.canvas.visible_sources()[0] == "BMKG"
    assert any("GSHHG" in source for source in shown.panel.canvas.visible_sources())
    assert shown.panel.canvas.visible_sources()[-1] == "batas kecamatan: skematis"


def test_words_from_outside_stay_plain(qtbot, shown):
    shown.context.attributions["hostile"] = HOSTILE
    boat = Position(feed="avl", key="avl/1", at=NOW, lon=116.0, lat=-1.4, name=HOSTILE)
    area = Feature(
        feed="f", key="f/1", at=NOW, layer=HOSTILE, name=HOSTILE, geometry=Geometry("area", (HERE,))
    )
    picture = picture_of(
        report("a", title=HOSTILE, place=HOSTILE),
        level("k", 3.0, name=HOSTILE, lat=-1.7),
        alert(headline=HOSTILE, sender=HOSTILE, polygons=(HERE,)),
        boat,
        area,
        health("bmkg-cap", source="hostile"),
    )

    for kind, key in (("incident", "a"), ("stream", "sungai/k"), ("unit", "avl/1")):
        shown.panel.render_frame(frame(picture, selection=Selection(kind, key)))
        qtbot.mouseMove(shown.panel.canvas, shown.pixel(Selection(kind, key)))
        assert shown.panel.canvas._hover[0] == HOSTILE
        assert not shown.panel.grab().isNull()

    assert shown.panel.canvas.toolTip() == ""


def test_values_outside_of_the_area_are_dim_too(qtbot, shown):
    def bright() -> int:
        """Return how many pixels of the map's middle are as bright as values are."""
        shown.panel.canvas.grab()
        qtbot.waitUntil(lambda: shown.panel.canvas.settled)
        grey = shown.panel.canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        pixels = pixels_of(grey.convertToFormat(QImage.Format.Format_RGB32))[60:-60]
        return int((pixels[..., 0] > 190).sum())

    picture = flood()
    shown.panel.render_frame(frame(picture))
    everywhere = bright()
    elsewhere = Region.of_box(Box(100.0, -8.0, 101.0, -7.0))

    shown.panel.render_frame(frame(picture, area=elsewhere))

    assert everywhere > 20
    assert bright() < everywhere / 4
