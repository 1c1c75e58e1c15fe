"""A text that runs moves nothing beside it."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from paser_ui.widgets.plain import plain_label, put_running_text


class Layouts(QObject):
    """Counts how often a widget is asked to lay out anew."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def row(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    label = plain_label("")
    cells = QHBoxLayout(made)
    cells.addWidget(label)
    cells.addWidget(plain_label("beside"), 1)
    made.resize(400, 40)
    made.show()
    return made, label


def settle():
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()


def test_as_long_a_text_lays_out_nothing_anew(row):
    window, label = row
    put_running_text(label, "11.59.00")
    settle()
    layouts = Layouts()
    window.installEventFilter(layouts)

    for second in range(10, 60):
        put_running_text(label, f"11.59.{second - 1}")
        settle()

    assert label.text() == "11.59.58"
    assert layouts.count <= 2


def test_a_longer_text_has_room_and_a_much_shorter_one_takes_less(row):
    _, label = row
    put_running_text(label, "5 dtk")
    small = label.width()

    put_running_text(label, "48.000,25 m · telat 3 hari")
    wide = label.width()
    put_running_text(label, "5 dtk")

    assert wide >= label.fontMetrics().horizontalAdvance("48.000,25 m · telat 3 hari")
    assert label.width() == small < wide
