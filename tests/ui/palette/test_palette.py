"""The palette finds acts, panels and the picture's things by name, does them, and gives way."""

from functools import partial

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from paser_command.picture.picture import Picture
from paser_command.session.frames import Selection
from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.palette.palette import Palette


class Room(QWidget):
    """A window with a palette and a text field."""

    def __init__(self, desk):
        super().__init__()
        self.desk = desk
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.resize(1_366, 768)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.done: list[str] = []
        self.acts = Acts()
        self.acts.bind(self)
        self.palette_of = Palette(self.acts, desk, lambda: self)
        for act in self._acts():
            self.acts.add(act)

    @property
    def sheet(self):
        return self.palette_of.sheet

    def open(self):
        self.palette_of.open()

    def type(self, text):
        QTest.keyClicks(self.sheet.box, text)

    def names(self):
        return [row.name for row in self.sheet.results.rows]

    def _acts(self):
        for act_id, words, key in (
            ("clock.live", "Back to live", "L"),
            ("clock.play", "Pause, or play from here", "P"),
            ("panel.focus.map.map", "Map", ""),
        ):
            yield Act(
                id=act_id,
                words=words,
                group="Time",
                key=key,
                run=partial(self.done.append, act_id),
            )
        yield Act(
            id="start.again", words="A minute on", group="Time", run=int, enabled=lambda: False
        )


@pytest.fixture
def room(qtbot, desk):
    room = Room(desk)
    qtbot.addWidget(room)
    room.show()
    room.activateWindow()
    qtbot.waitUntil(room.isActiveWindow)
    room.setFocus()
    return room


def test_an_act_is_found_by_its_words_with_its_key_and_done(room, qtbot):
    room.open()
    room.type("kembali")
    row = room.sheet.results.rows[0]

    QTest.keyClick(room.sheet.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.done == ["clock.live"])

    assert (row.name, row.aside, row.detail) == ("Kembali ke langsung", "L", "Waktu")
    assert room.sheet is None


def test_an_act_is_found_by_its_english_words_too(room):
    room.open()

    room.type("back to live")

    assert room.names()[0] == "Kembali ke langsung"


def test_an_empty_line_shows_what_was_used_last_and_then_all_acts(room, qtbot):
    room.open()
    room.type("jeda")
    QTest.keyClick(room.sheet.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(room.done))

    room.open()

    assert room.names() == ["Jeda, atau putar dari sini", "Kembali ke langsung", "Peta"]


def test_what_cannot_be_done_now_is_not_offered(room):
    room.open()

    room.type("maju")

    assert "Maju satu menit" not in room.names()


def test_an_incident_is_picked_on_all_panels(room, qtbot):
    room.open()
    room.type("banjir tanah grogot")

    QTest.keyClick(room.sheet.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(room.desk.selection.kind))

    assert room.desk.selection == Selection("incident", "incident-0")


@pytest.mark.parametrize("text", ["Kuaro", "-1.9051, 116.1913"])
def test_a_place_is_gone_to(room, qtbot, text):
    wanted: list[tuple[float, float]] = []
    room.desk.place_wanted.connect(lambda place, _zoom: wanted.append(place))
    room.open()
    room.type(text)

    QTest.keyClick(room.sheet.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(wanted))

    lon, lat = wanted[0]
    assert (round(lon), round(lat)) == (116, -2)
    assert room.desk.selection == Selection()


def test_escape_gives_the_focus_back(room, qtbot):
    room.field.setFocus()
    qtbot.waitUntil(room.field.hasFocus)
    room.open()
    qtbot.waitUntil(room.sheet.box.hasFocus)

    QTest.keyClick(room.sheet.box, Qt.Key.Key_Escape)

    assert room.sheet is None
    assert room.field.hasFocus()
    assert room.done == []


def test_a_click_elsewhere_closes_it_and_keeps_the_focus_there(room, qtbot):
    room.open()
    qtbot.waitUntil(room.sheet.box.hasFocus)

    room.field.setFocus(Qt.FocusReason.MouseFocusReason)

    assert room.sheet is None
    assert room.field.hasFocus()


def test_arrows_go_through_what_was_found_and_stop_at_the_ends(room):
    room.open()
    rows = room.sheet.results

    before = rows.currentIndex().row()
    QTest.keyClick(room.sheet.box, Qt.Key.Key_Up)
    QTest.keyClick(room.sheet.box, Qt.Key.Key_Down)

    assert (before, rows.currentIndex().row()) == (0, 1)


def test_a_click_on_a_row_does_it(room, qtbot):
    room.open()
    rows = room.sheet.results
    middle = rows.visualRect(rows.model().index(1, 0)).center()

    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    qtbot.waitUntil(lambda: room.done == ["clock.play"])


def test_it_never_opens_before_visitors(room):
    room.setProperty("wall", True)

    room.open()

    assert room.sheet is None


def test_it_fits_into_a_small_window(room):
    room.resize(420, 300)

    room.open()

    assert room.rect().contains(room.sheet.geometry())


def test_it_follows_the_picture_while_it_is_open(room):
    session = room.desk.session
    (told,) = [one for one in session.picture.reports.values() if one.title == "Banjir Long Kali"]
    room.open()
    room.type("banjir long kali")
    before = room.names()
    session.instant += 2_000_000
    session.picture.apply(msgspec.structs.replace(told, at=told.at + 1, title="Air sudah surut"))

    room.palette_of.look(True)

    assert before[0].startswith("Banjir Long Kali")
    assert not any(name.startswith("Banjir Long Kali") for name in room.names())


def test_it_follows_a_jump_to_another_picture_while_it_is_open(room):
    session = room.desk.session
    room.open()
    room.type("banjir long kali")
    before = room.names()
    session.instant -= 2_000_000
    session.picture = Picture()

    room.palette_of.look(True)

    assert before[0].startswith("Banjir Long Kali")
    assert not any(name.startswith("Banjir Long Kali") for name in room.names())


def test_what_can_be_used_has_a_name(room):
    room.open()

    names = [one.accessibleName() for one in (room.sheet, room.sheet.box, room.sheet.results)]

    assert names == ["Palet perintah", "Palet perintah", "Hasil pencarian"]
