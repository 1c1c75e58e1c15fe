"""The wheel over a form scrolls the form, and changes no value that nobody went to."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox

from paser_ui.widgets.still import keep_still


def roll(field):
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle,
        field.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


@pytest.fixture(params=[QComboBox, QSpinBox])
def field(request, qtbot):
    made = request.param()
    if isinstance(made, QComboBox):
        made.addItems(["one", "two", "three"])
        made.setCurrentIndex(1)
    else:
        made.setValue(5)
    keep_still(made)
    qtbot.addWidget(made)
    made.show()
    return made


def value(field):
    return field.currentIndex() if isinstance(field, QComboBox) else field.value()


def test_the_wheel_changes_no_value_that_nobody_went_to(field):
    field.clearFocus()
    before = value(field)

    roll(field)

    assert value(field) == before


def test_where_a_person_went_to_it_the_wheel_changes_it(field, qtbot):
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    before = value(field)

    roll(field)

    assert value(field) != before
