"""A wall is looked at: pointer and keys do nothing there, and the pointer goes when it rests."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from paser_command.records import Severity
from paser_ui.wall.window import POINTER_HIDES_MS, WallWindow
from paser_ui.widgets.plain import put_tooltip

OVER = QPoint(200, 200)


class Touched(QPushButton):
    """Writes down what comes to it."""

    def __init__(self):
        super().__init__("Tekan")
        self.touched: list[str] = []
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda _at: self.touched.append("menu"))
        self.clicked.connect(lambda: self.touched.append("click"))
        put_tooltip(self, "Nama orang")

    def mouseMoveEvent(self, event):
        self.touched.append("move")
        super().mouseMoveEvent(event)


@pytest.fixture
def window(qtbot, desk):
    made = WallWindow(desk, site_name="Paser")
    qtbot.addWidget(made)
    made.resize(400, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def button(window):
    made = Touched()
    made.setParent(window.pages)
    made.setGeometry(0, 0, 400, 400)
    made.show()
    return made


def pointer(window):
    """Return what the pointer looks like over the window."""
    return window.windowHandle().cursor().shape()


def test_nothing_on_it_feels_the_pointer_so_nothing_has_a_tip_or_a_menu(window, button):
    handle = window.windowHandle()

    QTest.mouseMove(handle, OVER)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, OVER)
    QTest.mouseClick(handle, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, OVER)

    assert button.touched == []
    assert window.childAt(OVER) is None
    assert window.toolTip() == ""
    assert QApplication.activePopupWidget() is None


def test_it_takes_no_keys_from_the_desk(window):
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_the_pointer_rests_for_three_seconds(window):
    assert POINTER_HIDES_MS == 3_000
    assert window._resting.interval() == POINTER_HIDES_MS


def test_the_pointer_hides_when_it_rests_and_comes_back_when_it_moves(qtbot, window, button):
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    window._resting.setInterval(50)
    QTest.mouseMove(window.windowHandle(), OVER)

    qtbot.waitUntil(lambda: pointer(window) is Qt.CursorShape.BlankCursor)
    window._resting.setInterval(600_000)
    QTest.mouseMove(window.windowHandle(), OVER + QPoint(30, 30))

    assert pointer(window) is Qt.CursorShape.ArrowCursor


def test_each_move_begins_the_rest_anew(window):
    window._resting.stop()

    QTest.mouseMove(window.windowHandle(), OVER + QPoint(5, 5))

    assert window._resting.isActive()


def test_a_pointer_that_never_moves_goes_too(window):
    window._resting.stop()

    QApplication.sendEvent(window, QShowEvent())

    assert window._resting.isActive()


def test_the_time_and_what_stands_are_read_from_afar(window):
    window.show_tick(True)

    counts = {severity: (one.count, one.waiting) for severity, one in window.counts.items()}
    assert window.clock.text() == "14.03.27"
    assert window.date.text().startswith("WITA · Senin")
    assert counts[Severity.CRITICAL] == (2, 2)
    assert counts[Severity.HIGH] == (2, 1)
    assert counts[Severity.LOW] == (2, 0)


def test_the_past_is_marked(window, session):
    window.show_tick(True)
    live = window.mode.isVisible()

    session.seek(session.wall - 3_600_000_000)
    window.refresh()
    window.show_tick(True)

    assert not live
    assert window.mode.isVisible()
    assert window.mode.accessibleName() or window.mode.text()


def test_why_nothing_else_comes_stands_in_the_place_of_the_site(window):
    window.hold("Pergantian menunggu")
    held = window.site.text()
    window.hold("")

    assert (held, window.site.text()) == ("Pergantian menunggu", "Paser")
