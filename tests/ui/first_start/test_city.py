"""My city is set up by keys alone, shows its map at once, and is a site file that is in order."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from paser_command.config import load_site
from paser_command.language import Language
from paser_command.session.start import Answer, Question, Start, Way
from paser_ui.first_start.city import CityDialog
from paser_ui.first_start.window import StartWindow
from tests.core.stand.cities import CITIES


@pytest.fixture
def dialog(qtbot, tmp_path):
    made = CityDialog(tmp_path, Language("id"), load_site)
    qtbot.addWidget(made)
    made.show()
    return made


def begin(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.name)
def test_a_town_is_found_and_taken_by_keys(qtbot, dialog, tmp_path, city):
    qtbot.keyClicks(dialog.place, city.name)
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)

    assert dialog.zone.currentText() == city.zone
    home = dialog.canvas.basemap.home
    assert home.west < city.lon < home.east
    with qtbot.waitSignal(dialog.made) as made:
        qtbot.keyClick(begin(dialog), Qt.Key.Key_Space)
    site = load_site(tmp_path / made.args[0])
    assert (site.site.name, site.site.zone) == (city.name, city.zone)
    assert bool(site.feeds) == (city.country == "ID")


def test_coordinates_are_a_place_and_the_zone_is_that_of_the_nearest_town(qtbot, dialog):
    assert not begin(dialog).isEnabled()

    qtbot.keyClicks(dialog.name, "Kota Baru")
    qtbot.keyClicks(dialog.place, "-7.25, 112.75")
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)

    assert dialog.zone.currentText() == "Asia/Jakarta"
    assert dialog.name.text() == "Kota Baru"
    assert begin(dialog).isEnabled()


def test_an_unknown_name_is_told(qtbot, dialog):
    qtbot.keyClicks(dialog.place, "Zzyzzx")
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)

    assert "koordinat" in dialog.told.text()


def test_a_file_of_districts_is_home_and_its_fields_are_guessed(qtbot, dialog, tmp_path):
    ring = [[112.6, -7.4], [112.9, -7.4], [112.9, -7.1], [112.6, -7.4]]
    feature = {
        "type": "Feature",
        "properties": {"luas": 3, "KODE_KEC": "35.78", "NAMA_KEC": "Sukolilo"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "kecamatan.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    qtbot.keyClicks(dialog.place, "Surabaya")
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)

    dialog.choose_districts(str(file))

    assert (dialog.code.currentText(), dialog.names.currentText()) == ("KODE_KEC", "NAMA_KEC")
    assert dialog.canvas.basemap.home.west == 112.6


def test_a_file_that_is_none_is_told_and_leaves_nothing(qtbot, dialog, tmp_path):
    (tmp_path / "x.geojson").write_text("{")

    dialog.choose_districts(str(tmp_path / "x.geojson"))

    assert dialog.told.text()
    assert dialog.file.text() == ""


def test_a_zone_that_is_none_is_told_and_no_file_stays(qtbot, dialog, tmp_path):
    qtbot.keyClicks(dialog.place, "Surabaya")
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)
    dialog.zone.setCurrentText("Mars/Base")

    begin(dialog).click()

    assert "Mars/Base" in dialog.told.text()
    assert not list(tmp_path.glob("*.toml"))


def test_the_first_start_takes_the_city(qtbot, tmp_path):
    window = StartWindow(Question(home=tmp_path, language=None, check=load_site), "id")
    qtbot.addWidget(window)
    window.show()
    window.city.button.click()
    dialog = window.findChild(CityDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.place, "Surabaya")
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)

    begin(dialog).click()

    path = str(tmp_path / "surabaya.site.toml")
    assert window.answer == Answer(Start(Way.OWN, path), "id")
