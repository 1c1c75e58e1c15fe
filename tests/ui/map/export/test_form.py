"""The form makes what it asks for, without holding up the window, and says what came of it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from paser_command.export.exports import Exports
from paser_command.language import Language
from paser_command.picture.picture import Picture
from paser_command.session.frames import Frame, Mode, Selection
from paser_command.times import HOUR
from paser_map.canvas import MapCanvas
from paser_map.export.form import ExportForm
from paser_map.export.saving import MapSaving
from paser_map.export.wanted import Kind
from tests.core.export.rooms import LATER, afternoon, evening, origin, room
from tests.records import START

SPEAKS = {
    code: Language(code, catalogues=("paser_plugins.map", "paser_resources"))
    for code in ("id", "en")
}


class Desk:
    """A form beside a map, on a real journal."""

    def __init__(self, folder: Path, mode: Mode = Mode.LIVE) -> None:
        self.canvas, self.form = MapCanvas(), ExportForm()
        self.canvas.resize(640, 480)
        journal = room(folder, (START, afternoon()), (LATER, evening()))
        self.exports = Exports(origin(journal))
        self.frame: Frame | None = Frame(
            now=LATER,
            mode=mode,
            speed=1.0,
            seeked=False,
            exercise=False,
            picture=Picture(),
            selection=Selection(),
            series={},
            trails={},
        )
        self.language = SPEAKS["id"]
        self.saving = MapSaving(
            self.form,
            self.canvas,
            self.exports,
            lambda: self.language,
            lambda: self.frame,
            lambda: frozenset({"incidents"}),
        )
        self.speak("id")

    def speak(self, code: str) -> None:
        self.language = SPEAKS[code]
        self.form.retranslate(self.language)
        self.canvas.retranslate(self.language.tr)

    def choose(self, name: str, index: int) -> None:
        choice = self.form.findChild(QComboBox, f"export.{name}")
        assert isinstance(choice, QComboBox)
        choice.setCurrentIndex(index)

    @property
    def told(self) -> str:
        label = self.form.findChild(QLabel, "export.told")
        assert isinstance(label, QLabel)
        return label.text()

    def press(self, name: str) -> None:
        button = self.form.findChild(QPushButton, f"export.{name}")
        assert isinstance(button, QPushButton)
        button.click()


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(tmp_path)
    qtbot.addWidget(made.canvas)
    qtbot.addWidget(made.form)
    yield made
    made.exports.close()


@pytest.mark.parametrize(
    ("kind", "begins"), [(0, b"\x89PNG"), (1, b"%PDF-1."), (2, b"<!DOCTYPE html>")]
)
def test_each_kind_is_saved_and_told(desk, qtbot, tmp_path, kind, begins):
    desk.choose("kind", kind)
    path = tmp_path / "peta.out"

    desk.saving.save(desk.form.asked(), path)

    qtbot.waitUntil(lambda: desk.told != "")
    assert desk.told == f"Tersimpan: {path}"
    assert path.read_bytes().startswith(begins)


def test_a_web_map_has_the_layers_that_the_map_shows_and_the_span(desk, qtbot, tmp_path):
    desk.choose("kind", list(Kind).index(Kind.HTML))
    desk.choose("span", 1)
    path = tmp_path / "peta.html"

    desk.saving.save(desk.form.asked(), path)

    qtbot.waitUntil(lambda: desk.told != "")
    html = path.read_text(encoding="utf-8")
    assert desk.form.asked().span == HOUR
    assert '"label":"Jumat, 20 November 2026 · 10.30.00 WITA"' in html
    assert "Banjir Long Kali" in html
    assert "Muka air Kandilo" not in html


def test_what_keeps_it_from_being_saved_is_told_in_the_screen_s_language(desk, qtbot, tmp_path):
    missing = tmp_path / "nowhere"

    desk.saving.save(desk.form.asked(), missing / "peta.png")
    qtbot.waitUntil(lambda: desk.told != "")

    assert desk.told == f"folder {missing} tidak ada: pilih yang lain"


def test_what_is_cancelled_is_not_saved(desk, qtbot, tmp_path):
    desk.choose("kind", list(Kind).index(Kind.HTML))
    path = tmp_path / "peta.html"

    desk.saving.save(desk.form.asked(), path)
    desk.press("cancel")

    qtbot.waitUntil(lambda: desk.told != "")
    assert desk.told == "Dibatalkan: tidak ada yang disimpan"
    assert not path.exists()


def test_before_the_first_frame_there_is_nothing_to_save(desk, tmp_path):
    desk.frame = None

    desk.saving.save(desk.form.asked(), tmp_path / "peta.png")

    assert desk.told == ""


def test_the_suggested_name_has_the_moment_in_the_city_s_zone(desk):
    assert desk.form.suggested(Kind.PDF) == "peta-20261120-1130.pdf"


def test_only_what_the_kind_needs_is_asked(desk):
    shown = {}
    for index, kind in enumerate(Kind):
        desk.choose("kind", index)
        shown[kind] = [
            name
            for name in ("picture", "sheet", "span")
            if not desk.form.findChild(QComboBox, f"export.{name}").isHidden()
        ]

    assert shown == {Kind.PNG: ["picture"], Kind.PDF: ["sheet"], Kind.HTML: ["span"]}


def test_another_language_leaves_the_choices_as_they_are(desk):
    desk.choose("kind", 1)
    desk.choose("sheet", 3)
    title = desk.form.findChild(QLineEdit, "export.title")
    title.setText("Banjir")
    before = desk.form.asked()

    desk.speak("en")

    assert desk.form.asked() == before
    assert desk.form.findChild(QComboBox, "export.kind").currentText() == "Page to print (PDF)"
