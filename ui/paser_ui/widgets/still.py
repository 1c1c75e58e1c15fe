"""Keeps a field's value where it is when the wheel rolls over it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _Still(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget):
            return False
        # Not taken: what the field stands in scrolls.
        event.ignore()
        return not watched.hasFocus()


def keep_still(field: QWidget) -> None:
    """Have the wheel change the field's value only where a person went to it before."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_Still(field))
