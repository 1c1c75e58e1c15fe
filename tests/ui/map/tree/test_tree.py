"""The layer tree changes definitions, one at a time, and gives the whole row anew."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QSlider, QSpinBox

from paser_command.language import Language
from paser_command.maps.definition import (
    CategoryRule,
    ClassRule,
    FileSource,
    LayerDefinition,
    LiveSource,
    Style,
)
from paser_map.tree.rows import Detail
from paser_map.tree.swatch import ColourButton
from paser_map.tree.tree import Adding, LayerTree
from paser_ui.widgets.plain import ElidedLabel

LIVE = LayerDefinition(id="incidents", source=LiveSource("incidents"))
FILE = LayerDefinition(id="desa", name="Desa", group="Batas", source=FileSource(path="/d"))
OTHER = LayerDefinition(id="kota", name="Kota", group="Batas", source=FileSource(path="/k"))
PLUGIN = ("paser_plugins.map", "paser_resources")


class Villages:
    """Attributes of a layer, as a file has them."""

    def fields(self):
        return ["nama", "jiwa"]

    def number_fields(self):
        return ["jiwa"]

    def column(self, name):
        if name == "nama":
            return np.array(["Kuaro", "Muser", "Kerang", "Muser"], object)
        return np.array([100.0, 400.0, 2000.0, np.nan])


class Kept:
    """A tree whose owner takes every change."""

    def __init__(self, qtbot, layers=(LIVE, FILE, OTHER)):
        self.asked: list[str] = []
        adding = [Adding("Add layer", lambda: self.asked.append("file"))]
        self.tree = LayerTree(lambda _: Villages(), adding)
        qtbot.addWidget(self.tree)
        self.tree.changed.connect(self.show)
        self.tree.retranslate(Language("id", catalogues=PLUGIN))
        self.tree.resize(312, 700)
        self.show(layers)
        with qtbot.waitExposed(self.tree):
            self.tree.show()

    def show(self, layers):
        self.layers = layers
        names = {layer.id: layer.name or "Insiden" for layer in layers}
        self.tree.show_layers(layers, names, {layer.id: Detail("1") for layer in layers})

    def layer(self, layer_id):
        return next(layer for layer in self.layers if layer.id == layer_id)

    def find(self, kind, name):
        found = self.tree.findChild(kind, name)
        assert found is not None
        return found

    def choose(self, name, value):
        box = self.find(QComboBox, name)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())


@pytest.fixture
def kept(qtbot):
    return Kept(qtbot)


def test_space_on_a_row_hides_the_layer(qtbot, kept):
    kept.tree.rows.pick("incidents")

    qtbot.keyClick(kept.tree.rows, Qt.Key.Key_Space)

    assert kept.layers == (msgspec.structs.replace(LIVE, visible=False), FILE, OTHER)


def test_the_picked_row_stays_in_view_when_its_settings_take_the_room(qtbot):
    layers = [msgspec.structs.replace(LIVE, id=f"live.{number}") for number in range(9)]
    rows = (kept := Kept(qtbot, tuple(layers))).tree.rows
    kept.tree.resize(312, 300)
    sixth = rows.topLevelItem(5)
    assert sixth is not None

    rows.pick("live.5")

    qtbot.waitUntil(lambda: rows.viewport().rect().contains(rows.visualItemRect(sixth)))
    assert rows.height() >= 3 * 36


def test_the_slider_makes_the_picked_layer_fainter(qtbot, kept):
    kept.tree.rows.pick("desa")
    slider = kept.find(QSlider, "layer.opacity")

    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)

    assert kept.layer("desa").opacity == pytest.approx(0.9)
    assert kept.layer("incidents").opacity == 1.0


def test_zooms_give_way_to_one_another(kept):
    kept.tree.rows.pick("desa")
    kept.find(QDoubleSpinBox, "layer.most_zoom").setValue(9.0)
    kept.find(QDoubleSpinBox, "layer.least_zoom").setValue(11.0)
    assert (kept.layer("desa").least_zoom, kept.layer("desa").most_zoom) == (11.0, 11.0)

    kept.find(QDoubleSpinBox, "layer.most_zoom").setValue(8.0)

    assert (kept.layer("desa").least_zoom, kept.layer("desa").most_zoom) == (8.0, 8.0)


def test_a_live_layer_has_a_time_filter_and_a_file_a_source_and_a_style(kept):
    hours = kept.find(QDoubleSpinBox, "layer.hours")
    kept.tree.rows.pick("incidents")
    assert hours.isVisible()
    assert hours.text() == "semua umur"
    assert not kept.find(QLineEdit, "layer.attribution").isVisible()

    hours.setValue(6.0)
    assert kept.layer("incidents").hours == 6.0
    hours.setValue(0.0)
    assert kept.layer("incidents").hours is None

    kept.tree.rows.pick("desa")
    assert not hours.isVisible()
    assert kept.find(QLineEdit, "layer.attribution").isVisible()


def test_names_and_groups_are_changed_and_a_file_never_has_no_name(qtbot, kept):
    kept.tree.rows.pick("desa")
    name, group = kept.find(QLineEdit, "layer.name"), kept.find(QLineEdit, "layer.group")

    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Kel")
    name.selectAll()
    qtbot.keyClick(name, Qt.Key.Key_Backspace)
    group.setFocus()
    group.clear()
    qtbot.keyClick(group, Qt.Key.Key_Return)

    assert kept.layer("desa").name == "Kel"
    assert kept.layer("desa").group == ""


def test_a_group_takes_another_name_at_once(kept):
    kept.tree.rows.group_rename_wanted.emit("Batas", "Wilayah")

    assert [layer.group for layer in kept.layers] == ["", "Wilayah", "Wilayah"]


def test_keys_move_a_layer_over_another(qtbot, kept):
    kept.tree.rows.pick("kota")

    qtbot.keyClick(kept.tree.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert [layer.id for layer in kept.layers] == ["incidents", "kota", "desa"]
    assert kept.tree.rows.current_id() == "kota"


def test_only_what_somebody_added_can_be_removed(qtbot, kept):
    for layer_id in ("incidents", "desa"):
        kept.tree.rows.pick(layer_id)
        qtbot.keyClick(kept.tree.rows, Qt.Key.Key_Delete)

    assert [layer.id for layer in kept.layers] == ["incidents", "kota"]


def test_classes_are_made_of_the_layers_own_numbers(kept):
    kept.tree.rows.pick("desa")

    kept.choose("style.rule", "classes")
    kept.choose("style.method", "equal")
    kept.find(QSpinBox, "style.classes").setValue(2)

    rule = kept.layer("desa").style.rule
    assert isinstance(rule, ClassRule)
    assert rule.field == "jiwa"
    assert rule.breaks == (1050.0,)
    legend = [label.text() for label in kept.tree.findChildren(ElidedLabel)]
    assert {"< 1.050", "≥ 1.050"} <= set(legend)


def test_categories_have_a_colour_each_that_can_be_changed(kept):
    kept.tree.rows.pick("desa")

    kept.choose("style.rule", "categories")
    before = kept.layer("desa").style.rule
    buttons = [
        button
        for button in kept.tree.findChildren(ColourButton)
        if button.objectName() == "style.colour.1" and not button.isHidden()
    ]
    buttons[-1].chosen.emit("#123456")

    after = kept.layer("desa").style.rule
    assert isinstance(before, CategoryRule)
    assert isinstance(after, CategoryRule)
    assert list(before.colours) == ["Kerang", "Kuaro", "Muser"]
    assert after.colours == before.colours | {"Kuaro": "#123456"}
    kept.choose("style.rule", "one")
    assert kept.layer("desa").style == Style()


def test_size_and_label_go_by_fields(kept):
    kept.tree.rows.pick("desa")

    kept.choose("style.size", "jiwa")
    kept.choose("style.label", "nama")

    assert kept.layer("desa").style == Style(size_field="jiwa", label_field="nama")


def test_what_a_style_says_of_a_field_that_is_away_is_not_lost(qtbot):
    style = Style(rule=ClassRule(field="gone", breaks=(), colours=("",)), label_field="gone_too")
    kept = Kept(qtbot, (msgspec.structs.replace(FILE, style=style),))

    kept.tree.rows.pick("desa")

    assert kept.find(QComboBox, "style.field").currentText() == "gone"
    assert kept.find(QComboBox, "style.label").currentText() == "gone_too"
    assert kept.layer("desa").style == style


def test_ways_to_add_layers_are_offered_and_all_speaks_both_languages(kept):
    menu = kept.find(QPushButton, "layers.add").menu()
    menu.actions()[0].trigger()
    assert kept.asked == ["file"]
    assert kept.find(QPushButton, "layers.share").text() == "Bagikan"

    kept.tree.retranslate(Language("en", catalogues=PLUGIN))

    assert kept.find(QPushButton, "layers.share").text() == "Share"
    assert kept.find(QSlider, "layer.opacity").accessibleName() == "Opacity"


def test_everything_in_the_tree_has_a_name_for_those_who_do_not_see_it(kept):
    kept.tree.rows.pick("desa")
    kept.choose("style.rule", "classes")

    reached = [
        widget
        for kind in (QLineEdit, QSlider, QComboBox, QDoubleSpinBox, QPushButton, ColourButton)
        for widget in kept.tree.findChildren(kind)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget.objectName() != "qt_spinbox_lineedit"
    ]

    assert len(reached) > 12
    assert [w.objectName() for w in reached if not (w.accessibleName() or _text(w))] == []


def _text(widget):
    return widget.text() if isinstance(widget, QPushButton) else ""
