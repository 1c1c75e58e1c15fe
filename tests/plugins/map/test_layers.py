"""The map panel's layers: their order and looks, their age, whose they are, and what is kept."""

import json
import sys
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from paser_command.api import HOUR, MINUTE, FeedState, Selection, Severity
from paser_command.maps.definition import CategoryRule, Style
from paser_map.api import (
    FileSource,
    ImportDialog,
    LayerDefinition,
    LiveSource,
    MapCanvas,
    MapServices,
    PointLayer,
    ShapeLayer,
    TileSource,
    TileSourceDialog,
)
from paser_plugins.map.definitions import DELIVERED, recalled, remembered
from paser_plugins.map.layers import levels
from paser_plugins.map.live import LiveLayers
from paser_plugins.map.panel import MapPanel
from paser_ui.api import Chip
from tests.plugins.panel_kit import (
    NOW,
    FakeContext,
    acknowledge,
    alert,
    frame,
    health,
    level,
    picture_of,
    report,
    risen,
)

HERE = ((116.1, -2.0), (116.3, -2.0), (116.3, -1.8), (116.1, -1.8), (116.1, -2.0))
READER = (sys.executable, "-m", "paser_command.cli")


@pytest.fixture
def context(tmp_path):
    made = FakeContext("map")
    made.maps = MapServices(tmp_path, None, READER)
    made.attributions = {"cap.alerts": "BMKG (Badan)", "open311.requests": "Panggilan 112"}
    yield made
    made.maps.close()


@pytest.fixture
def open_panel(qtbot, context):
    def opened(width=900, state=None):
        panel = MapPanel(context)
        qtbot.addWidget(panel)
        panel.resize(width, 600)
        panel.restore_state(state or {})
        with qtbot.waitExposed(panel):
            panel.show()
        return panel

    return opened


def villages(folder: Path) -> Path:
    """Write a file of two villages, and return its path."""
    path = folder / "desa.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"nama": name, "jiwa": people},
            "geometry": {"type": "Point", "coordinates": [lon, -1.9]},
        }
        for name, people, lon in (("Kuaro", 400, 116.0), ("Muser", 90, 116.1))
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def the_file(folder, **changes):
    source = FileSource(path=str(villages(folder)))
    known = LayerDefinition(id="desa", name="Desa", source=source, attribution="BIG")
    return msgspec.structs.replace(known, **changes)


def changed(panel, layer_id, **changes):
    """Give the panel a layer's new definition, as the tree does."""
    panel.set_layers(
        tuple(
            msgspec.structs.replace(layer, **changes) if layer.id == layer_id else layer
            for layer in panel.layers
        )
    )


def details(panel):
    """Return the second lines of the open tree by id."""
    return {layer_id: detail.text for layer_id, detail in panel.tree._details.items()}


def a_day():
    bmkg = health("bmkg-cap", source="cap.alerts")
    calls = health("112", source="open311.requests")
    return picture_of(
        report("new", lon=116.0),
        report("old", at=NOW - 7 * HOUR, began=NOW - 7 * HOUR, received=NOW - 7 * HOUR),
        level("kandilo", 3.42),
        alert(polygons=(HERE,)),
        bmkg,
        calls,
    )


def test_a_chip_and_the_tree_say_the_same_of_a_layer(qtbot, open_panel):
    panel = open_panel()
    panel.render_frame(frame(a_day()))
    chip = panel.findChild(Chip, "map.chip.incidents")

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [layer.id for layer in panel.layers if not layer.visible] == ["incidents"]
    changed(panel, "incidents", visible=True)

    assert chip.isChecked()


def test_order_opacity_and_zoom_reach_the_canvas(open_panel):
    panel = open_panel()
    panel.render_frame(frame(a_day()))
    stack = panel.canvas._sheet.stack

    panel.set_layers(tuple(reversed(panel.layers)))
    changed(panel, "incidents", opacity=0.25)
    changed(panel, "levels", least_zoom=15.0)

    shown = [(entry.layer, entry.opacity) for entry in stack.entries(10.0)]
    assert shown[0] == (stack.get("incidents"), 0.25)
    assert stack.get("levels") not in [layer for layer, _ in shown]
    assert stack.get("levels") in [entry.layer for entry in stack.entries(15.0)]


def test_nothing_older_than_the_time_filter_is_shown(open_panel):
    panel, picture = open_panel(), a_day()
    panel.render_frame(frame(picture))
    place_of = panel.canvas._sheet.place_of
    assert place_of(Selection("incident", "old"))

    changed(panel, "incidents", hours=6.0)
    assert place_of(Selection("incident", "old")) is None
    assert place_of(Selection("incident", "new"))
    panel.render_frame(frame(picture, now=NOW + 7 * HOUR))
    assert place_of(Selection("incident", "new")) is None

    changed(panel, "incidents", hours=None)
    assert place_of(Selection("incident", "old"))


@pytest.mark.parametrize("layer_id", ["levels", "alerts"])
def test_each_live_layer_has_its_own_time_filter(open_panel, layer_id):
    panel = open_panel()
    panel.render_frame(frame(a_day()))
    keys = {"levels": Selection("stream", "sungai/kandilo"), "alerts": Selection("alert", ALERT)}
    assert panel.canvas._sheet.place_of(keys[layer_id])

    changed(panel, layer_id, hours=0.001)

    assert panel.canvas._sheet.place_of(keys[layer_id]) is None


ALERT = alert().key


def test_the_tree_tells_how_new_a_layer_is_and_that_its_feed_is_silent(open_panel):
    panel, picture = open_panel(), a_day()
    panel.sheets.open("layers")

    panel.render_frame(frame(picture))
    assert details(panel)["incidents"] == "2 · terbaru 2 mnt lalu"
    picture.apply(health("112", FeedState.FAILING, source="open311.requests"))
    panel.render_frame(frame(picture, now=NOW + MINUTE))

    assert details(panel)["incidents"] == "2 · terbaru 3 mnt lalu · sumber bungkam"
    assert panel.tree._details["incidents"].stale
    assert not panel.tree._details["units"].stale


def test_a_layer_carries_the_names_of_the_feeds_it_is_made_of(open_panel):
    panel = open_panel()
    panel.render_frame(frame(a_day()))
    assert panel.canvas.visible_sources()[:2] == ["BMKG", "Panggilan 112"]

    changed(panel, "incidents", visible=False)

    assert "Panggilan 112" not in panel.canvas.visible_sources()
    assert "BMKG" in panel.canvas.visible_sources()


def test_points_changed_in_place_are_those_made_anew(context, qtbot):
    picture = a_day()
    first, second = MapCanvas(), MapCanvas()
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    kept, fresh = LiveLayers(first, context), LiveLayers(second, context)
    kept.refresh(frame(picture), {})
    layer = first._sheet.stack.get("incidents")
    for record in (
        report("more", lon=116.4, severity=Severity.CRITICAL),
        report("new", lon=116.2, at=NOW),
        report("old", at=NOW, closed=True),
        acknowledge("more"),
    ):
        picture.apply(record)
        kept.refresh(frame(picture), {})

    fresh.refresh(frame(picture), {})

    anew = second._sheet.stack.get("incidents")
    assert first._sheet.stack.get("incidents") is layer
    assert isinstance(layer, PointLayer)
    assert isinstance(anew, PointLayer)
    keys = ("more", "new", "old", "gone")
    assert [layer.place_of(key) for key in keys] == [anew.place_of(key) for key in keys]
    assert kept.facts == fresh.facts
    assert kept.facts["incidents"].number == 2
    assert _pixels(first) == _pixels(second)


def _pixels(canvas):
    canvas.resize(400, 400)
    return canvas.grab().toImage()


def test_a_file_is_put_on_the_map_styled_and_taken_off_again(qtbot, open_panel, tmp_path):
    panel = open_panel()
    panel.sheets.open("layers")
    panel.add_layer(the_file(tmp_path))
    layer = panel.added.layer("desa")
    assert isinstance(layer, ShapeLayer)
    qtbot.waitUntil(lambda: not layer.poll() and _is_read(layer))
    panel.render_frame(frame(a_day()))

    assert details(panel)["desa"] == "2"
    assert "BIG" in panel.canvas.visible_sources()
    assert panel.tree._attributes_of("desa") is layer
    changed(panel, "desa", style=msgspec.structs.replace(layer.style, label_field="nama"))
    assert panel.added.layer("desa") is layer
    assert layer.style.label_field == "nama"

    panel.tree.rows.remove_wanted.emit("desa")
    assert panel.canvas._sheet.stack.get("desa") is None
    assert "BIG" not in panel.canvas.visible_sources()


def test_a_file_and_tiles_have_words_on_a_desk_alone(qtbot, open_panel, tmp_path):
    panel = open_panel()
    tiles = TileSource(service="mbtiles", address=str(tmp_path / "peta.mbtiles"))
    for one in (the_file(tmp_path), LayerDefinition(id="peta", name="Peta", source=tiles)):
        panel.add_layer(one)
    layers = [panel.added.layer(id) for id in ("desa", "peta")]
    changed(panel, "desa", style=Style(rule=CategoryRule(field="nama", colours={"Kuaro": ""})))
    qtbot.waitUntil(lambda: not layers[0].poll() and _is_read(layers[0]))

    def legends():
        return [bool(layer.legend(lambda text, **_facts: text)) for layer in layers]

    before = legends()
    panel.render_frame(frame(a_day()))
    desk = legends()
    panel.render_frame(msgspec.structs.replace(frame(a_day()), wall=True))

    assert (before, desk, legends()) == ([False] * 2, [True] * 2, [False] * 2)


def _is_read(layer):
    return layer.reading.ended and sum(layer.counts().values()) == 2


def test_a_file_that_is_away_says_so_in_its_row(qtbot, open_panel, tmp_path):
    panel = open_panel()
    panel.sheets.open("layers")
    panel.add_layer(the_file(tmp_path, source=FileSource(path=str(tmp_path / "away.geojson"))))
    layer = panel.added.layer("desa")
    assert isinstance(layer, ShapeLayer)

    qtbot.waitUntil(lambda: layer.reading is not None and layer.reading.ended)
    panel.render_frame(frame(a_day()))

    assert "away.geojson" in details(panel)["desa"]
    assert panel.tree._details["desa"].stale


def test_tiles_are_put_on_the_map_and_what_is_wrong_is_told(qtbot, open_panel, tmp_path):
    (tmp_path / "wrong.mbtiles").write_bytes(b"no archive")
    source = TileSource(service="mbtiles", address=str(tmp_path / "wrong.mbtiles"))
    panel = open_panel()
    panel.sheets.open("layers")
    panel.add_layer(LayerDefinition(id="citra", name="Citra", source=source, attribution="BRIN"))

    def told():
        panel.render_frame(frame(a_day()))
        panel._show_tree()
        return panel.tree._details["citra"].stale

    qtbot.waitUntil(told)

    assert "wrong.mbtiles" in details(panel)["citra"]
    assert "BRIN" in panel.canvas.visible_sources()


def test_all_comes_back_after_a_restart(qtbot, open_panel, tmp_path):
    panel = open_panel()
    panel.add_layer(the_file(tmp_path, group="Batas"))
    changed(panel, "incidents", opacity=0.5, hours=6.0, name="Kejadian")
    qtbot.keyClick(
        panel,
        Qt.Key.Key_L,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    state = json.loads(json.dumps(panel.save_state()))

    other = open_panel(state=state)

    assert other.layers == panel.layers
    assert other.sheets.name == "layers"
    assert isinstance(other.added.layer("desa"), ShapeLayer)
    other.render_frame(frame(a_day()))
    assert other.tree._names["incidents"] == "Kejadian"


def test_what_is_remembered_of_the_layers_as_delivered_is_nothing():
    assert remembered(DELIVERED) == ""
    assert recalled("") == DELIVERED


def test_wrong_layers_are_left_aside_and_new_ones_are_added(caplog):
    assert recalled('{"version": 1, "layers": 5}') == DELIVERED
    assert "left aside" in caplog.text
    without = tuple(layer for layer in DELIVERED if layer.id != "units")
    gone = LayerDefinition(id="gone", source=LiveSource("gone"))

    again = recalled(remembered((gone, *reversed(without))))

    assert [layer.id for layer in again] == ["units", *(one.id for one in reversed(without))]


def test_definitions_of_another_room_are_taken_in(open_panel, tmp_path):
    panel = open_panel()
    theirs = LayerDefinition(id="units", source=LiveSource("units"), visible=False)
    unknown = LayerDefinition(id="moon", source=LiveSource("moon"))

    panel.sharing.read.emit((the_file(tmp_path), theirs, unknown))

    assert [layer.id for layer in panel.layers] == ["desa", *(layer.id for layer in DELIVERED)]
    assert [layer.id for layer in panel.layers if not layer.visible] == ["units"]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [900, 420, 260])
def test_what_has_no_room_in_the_header_is_in_its_menu(open_panel, context, width, language):
    context.speak(language)
    panel = open_panel(width)
    panel.render_frame(frame(a_day()))

    shown = [one for one in panel.header.controls() if one.isVisible()]
    assert all(panel.header.rect().contains(one.geometry()) for one in shown)
    assert shown[-1] is panel.header.more or panel.header.more.isHidden()
    panel.header._menu.aboutToShow.emit()
    in_menu = {action.text() for action in panel.header._menu.actions()}
    told = {f"{one.accessibleName()}" for one in shown}
    wanted = {one.accessibleName() for one in panel.header._wanted()}
    assert in_menu | told >= wanted


def test_a_chip_works_from_the_menu_too(open_panel):
    panel = open_panel(260)
    panel.render_frame(frame(a_day()))
    panel.header._menu.aboutToShow.emit()
    action = next(one for one in panel.header._menu.actions() if one.text() == "BMKG 1")

    action.trigger()

    assert [layer.id for layer in panel.layers if not layer.visible] == ["alerts"]


def test_the_layers_button_opens_and_closes_the_sheet(qtbot, open_panel):
    panel = open_panel()
    button = panel.findChild(QToolButton, "map.layers")

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panel.tree.isVisible()
    assert button.isChecked()
    assert panel.sheets.geometry().left() >= panel.canvas.geometry().right()

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not panel.tree.isVisible()
    assert not button.isChecked()


def test_a_file_from_the_dialog_becomes_a_layer_on_top(qtbot, open_panel, tmp_path):
    panel = open_panel()
    panel.sheets.open("layers")
    panel.findChild(QPushButton, "layers.add").menu().actions()[0].trigger()
    dialog = panel.findChild(ImportDialog)
    assert dialog is not None

    dialog.open_file(str(villages(tmp_path)))
    dialog.attribution.setText("BIG")
    qtbot.waitUntil(lambda: dialog.definition() is not None)
    dialog.accept()

    assert [layer.name for layer in panel.layers[:2]] == ["desa", ""]
    assert isinstance(panel.added.layer(panel.layers[0].id), ShapeLayer)
    assert "BIG" in panel.canvas.visible_sources()


def test_a_layer_of_tiles_can_have_another_source(qtbot, open_panel, tmp_path):
    panel = open_panel()
    panel.sheets.open("layers")
    source = TileSource(service="mbtiles", address=str(tmp_path / "one.mbtiles"))
    panel.add_layer(LayerDefinition(id="citra", name="Citra", source=source, attribution="BRIN"))
    panel.tree.rows.pick("citra")
    before = panel.added.layer("citra")
    qtbot.mouseClick(panel.findChild(QPushButton, "layer.source"), Qt.MouseButton.LeftButton)
    dialog = panel.findChild(TileSourceDialog)
    assert dialog is not None

    dialog.form.address.setText(str(tmp_path / "two.mbtiles"))
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)

    assert [layer.id for layer in panel.layers].count("citra") == 1
    changed_source = panel.layers[0].source
    assert isinstance(changed_source, TileSource)
    assert changed_source.address.endswith("two.mbtiles")
    assert panel.added.layer("citra") is not before


def test_a_gauge_s_symbol_is_filled_until_somebody_took_its_alarm(context):
    told = [*level("kandilo", 3.42), risen()]
    taken = [*told, acknowledge("limit/sungai/kandilo", NOW)]

    waits = [
        [one.waits for one in levels(frame(picture_of(*records)), context.language, 0)._stations]
        for records in (told, taken)
    ]

    assert waits == [[True], [False]]
