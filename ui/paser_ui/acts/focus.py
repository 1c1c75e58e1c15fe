"""What the widget that has the focus does with keys itself."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)


def takes_text(widget: QWidget | None) -> bool:
    """Tell whether somebody types into it."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)


def is_plain_press(event: QEvent) -> bool:
    """Tell whether a key without Ctrl or Alt asks whose it is: one beside the desk keeps it."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return (
        event.modifiers()
        in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    )


def presses(widget: QWidget | None) -> bool:
    """Tell whether Space and Enter press it."""
    return isinstance(widget, QAbstractButton | QComboBox)
