"""The import shows what a file is and what is left out, lets it be set right, and makes a layer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel

from paser_command.cli.exercises import program
from paser_command.language import LANGUAGES, Language
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.reading import Reading
from paser_map.importing.dialog import ImportDialog
from tests.vector_files import LINE, POINT, SQUARE, geojson, geopackage

WAIT_MS = 60_000


@pytest.fixture
def readings():
    return []


@pytest.fixture
def dialog(qtbot, readings):
    def start(source: FileSource) -> Reading:
        reading = Reading(source, program())
        readings.append(reading)
        return reading

    shown = ImportDialog(Language("en"), start)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.reject()


def opened(qtbot, dialog, readings, path):
    dialog.open_file(str(path))
    read(qtbot, dialog, readings)


def read(qtbot, dialog, readings):
    """Wait until the newest reading has been shown."""
    qtbot.waitUntil(lambda: readings[-1].ended and not readings[-1].waiting, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not dialog.reading_on, timeout=WAIT_MS)


def ok_of(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_a_file_is_understood_and_becomes_a_layer(qtbot, dialog, readings, tmp_path):
    path = geojson(tmp_path / "batas_desa.geojson", [SQUARE, LINE], [{"nama": "a"}] * 2)
    opened(qtbot, dialog, readings, path)
    assert not ok_of(dialog).isEnabled()
    qtbot.keyClicks(dialog.attribution, "BIG 2024")

    with qtbot.waitSignal(dialog.made) as made:
        qtbot.keyClick(dialog.attribution, Qt.Key.Key_Return)

    definition = made.args[0]
    assert definition.name == "batas desa"
    assert definition.id == "batas-desa"
    assert definition.attribution == "BIG 2024"
    assert definition.source == FileSource(path=str(path))
    assert definition.style.label_field == "nama"


def test_counts_and_what_was_left_out_are_told(qtbot, dialog, readings, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("lon,lat\n116,-2\n116.5,-2\n,\n1\n400,400\n")
    opened(qtbot, dialog, readings, path)

    assert dialog.choices.format.text() == "CSV"
    assert dialog.counts.text() == "points: 2"
    assert "without coordinates: 1" in dialog.left_out.text()
    assert "damaged: 1" in dialog.left_out.text()
    assert dialog.choices.x_field.currentText() == "lon"
    assert dialog.progress.value() == dialog.progress.maximum()


def test_a_missing_system_is_asked_for_and_the_file_read_again(qtbot, dialog, readings, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n410000,9788000\n")
    opened(qtbot, dialog, readings, path)
    assert "choose the system" in dialog.error.text()

    line = dialog.choices.system.lineEdit()
    line.selectAll()
    qtbot.keyClicks(line, "32750")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(readings) == 2, timeout=WAIT_MS)
    read(qtbot, dialog, readings)

    assert dialog.error.text() == ""
    assert readings[-1].source.crs == "EPSG:32750"
    assert "UTM zone 50S" in dialog.choices.system_note.text()
    assert dialog.counts.text() == "points: 1"


def test_another_table_is_read_when_it_is_chosen(qtbot, dialog, readings, tmp_path):
    tables = {"desa": [(SQUARE, "a")], "pos": [(POINT, "b"), (POINT, "c")]}
    opened(qtbot, dialog, readings, geopackage(tmp_path / "a.gpkg", tables, 4326))
    assert dialog.counts.text() == "areas: 1"

    dialog.choices.table.setCurrentText("pos")
    dialog.choices.table.activated.emit(1)
    read(qtbot, dialog, readings)

    assert readings[-1].source.table == "pos"
    assert dialog.counts.text() == "points: 2"


def test_a_stopped_reading_makes_no_layer(qtbot, dialog, readings, tmp_path):
    rows = [(SQUARE, str(n)) for n in range(30_000)]
    path = geopackage(tmp_path / "a.gpkg", {"t": rows}, 4326)
    dialog.open_file(str(path))
    qtbot.waitUntil(lambda: readings[-1].understood is not None, timeout=WAIT_MS)

    dialog.cancel.click()
    read(qtbot, dialog, readings)
    dialog.attribution.setText("BIG")

    assert "stopped" in dialog.error.text()
    assert not ok_of(dialog).isEnabled()


def test_what_cannot_be_read_is_told(qtbot, dialog, readings, tmp_path):
    path = tmp_path / "<b>x.geojson"
    path.write_text("{}")
    opened(qtbot, dialog, readings, path)

    assert "<b>x.geojson is JSON, and no GeoJSON" in dialog.error.text()
    assert dialog.error.textFormat() == Qt.TextFormat.PlainText


def test_leaving_ends_the_reading(qtbot, dialog, readings, tmp_path):
    rows = [(SQUARE, str(n)) for n in range(30_000)]
    dialog.open_file(str(geopackage(tmp_path / "a.gpkg", {"t": rows}, 4326)))

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: readings[-1].ended, timeout=WAIT_MS)
    assert not dialog.isVisible()
    assert not readings[-1].complete


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_of_it_speaks_the_language(qtbot, dialog, readings, tmp_path, code):
    opened(qtbot, dialog, readings, geojson(tmp_path / "a.geojson", [SQUARE], [{"nama": "a"}]))
    dialog.retranslate(Language(code, catalogues=("paser_plugins.map", "paser_resources")))

    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert ("Sistem koordinat" in words) == (code == "id")
    assert ("Coordinate system" in words) == (code == "en")
    assert dialog.counts.text() == ("area: 1" if code == "id" else "areas: 1")


def test_the_systems_dialog_names_kinds_of_files_and_no_patterns(dialog, monkeypatch):
    asked = []

    def ask(_over, _title, _folder, kinds, options):
        asked.append((kinds.partition(" (")[0], options))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)

    dialog.choose_file()

    assert asked == [("A file for the map", QFileDialog.Option.HideNameFilterDetails)]
