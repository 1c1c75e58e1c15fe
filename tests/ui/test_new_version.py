"""A console that runs says that another version is installed, and is it when that is asked for."""

import pytest
from PySide6.QtWidgets import QPushButton

from paser_command.errors import PaserError
from paser_ui.new_version import offer_version
from paser_ui.widgets.banner import Banner

TOLD = PaserError(
    "Paser Command {other} is installed; this console still is {own}. "
    "Start it anew when the room allows.",
    other="2.0",
    own="1.0",
)


@pytest.fixture
def banner(qtbot):
    made = Banner()
    qtbot.addWidget(made)
    return made


def test_the_line_is_in_the_language_of_the_screen(desk, banner):
    offer_version(desk, banner, TOLD, lambda: None)

    desk.speak("en")

    assert banner.told() == [str(TOLD)]
    assert [button.text() for button in banner.findChildren(QPushButton)] == ["Start anew"]


def test_its_button_starts_anew(desk, banner):
    asked = []
    offer_version(desk, banner, TOLD, lambda: asked.append(True))

    banner.findChild(QPushButton).click()

    assert asked == [True]
