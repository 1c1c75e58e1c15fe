"""What Qt and the docking library say themselves is in the screen's language, while running."""

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget
from PySide6QtAds import CDockAreaTitleBar, CDockWidgetTab

from paser_command.workspaces.definition import Node
from paser_ui.docking import Docking
from paser_ui.qt_words import QT_WORDS, QtWords

LEFT_ALONE = {"QT_LAYOUT_DIRECTION", "Ctrl", "Shift", "Alt", "Meta", "+"}
"""Not for people, or the names of keys."""


class Listening(QTranslator):
    """Writes down what Qt asks for."""

    def __init__(self):
        super().__init__()
        self.asked = set()

    def isEmpty(self):
        return False

    def translate(self, _context, text, _disambiguation=None, _n=-1):
        self.asked.add(text)


@pytest.fixture
def words(desk):
    made = QtWords(desk)
    yield made
    made.remove()


@pytest.fixture
def docking(words, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made = Docking(window)
    page = made.page(window)
    for name in ("map", "list", "other"):
        made.add(name, name, QLabel(name))
    page.build(Node(across=(Node(tabs=("map", "other")), Node(tabs=("list",)))))
    yield made
    window.hide()


def texts(menu):
    return [action.text().partition("\t")[0] for action in menu.actions() if action.text()]


def field_menus(qtbot):
    line, text = QLineEdit(), QPlainTextEdit()
    for field in (line, text):
        qtbot.addWidget(field)
    # With their fields: a field takes its menu with it.
    return [(line, line.createStandardContextMenu()), (text, text.createStandardContextMenu())]


def tab_menus(docking):
    parts = [part for kind in (CDockWidgetTab, CDockAreaTitleBar) for part in all_of(docking, kind)]
    return [part.buildContextMenu(None) for part in parts]


def all_of(docking, kind):
    return docking.parent().findChildren(kind)


def test_a_text_field_s_menu_is_in_indonesian(words, qtbot):
    for _field, menu in field_menus(qtbot):
        assert texts(menu) == [
            "&Urungkan",
            "&Ulangi",
            "Po&tong",
            "&Salin",
            "T&empel",
            "Hapus",
            "Pilih semua",
        ]


def test_it_speaks_english_as_soon_as_the_screen_does(words, desk, qtbot):
    desk.speak("en")

    (_line, menu), _text = field_menus(qtbot)

    assert texts(menu)[:2] == ["&Undo", "&Redo"]


def test_tabs_and_their_bars_are_in_indonesian(docking):
    told = {text for menu in tab_menus(docking) for text in texts(menu)}

    assert "Lepas menjadi jendela" in told
    assert told & set(QT_WORDS) == set()


def test_the_buttons_of_a_title_bar_are_named_anew(docking, desk):
    docking.retranslate()
    indonesian = shown_tooltips(docking)
    desk.speak("en")
    docking.retranslate()

    assert "<qt>Daftar semua tab</qt>" in indonesian
    assert "<qt>List All Tabs</qt>" in shown_tooltips(docking)
    assert "<qt>Daftar semua tab</qt>" not in shown_tooltips(docking)


def shown_tooltips(docking):
    return {
        button.toolTip()
        for bar in all_of(docking, CDockAreaTitleBar)
        for button in bar.findChildren(QWidget)
        if button.toolTip()
    }


def test_nothing_that_is_asked_for_is_left_in_english(docking, qtbot):
    listening = Listening()
    QCoreApplication.installTranslator(listening)
    field_menus(qtbot)
    tab_menus(docking)
    QCoreApplication.removeTranslator(listening)

    assert "Select All" in listening.asked
    assert listening.asked - set(QT_WORDS) - LEFT_ALONE == set()
