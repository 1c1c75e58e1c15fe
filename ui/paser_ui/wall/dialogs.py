"""Keeps dialogs off the wall: they stand before the person who asked."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class OffTheWall(QObject):
    """Moves each dialog that opens on a display of the wall to the window of the desk.

    A dialog that opens takes the focus: that is when it is looked at. A filter of all the program's
    events would be asked thousands of times a second.
    """

    def __init__(self, walls: Callable[[], list[QRect]], desk: Callable[[], QWidget]) -> None:
        super().__init__()
        self._walls = walls
        self._desk = desk
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._look)

    def _look(self, _window: object) -> None:
        for widget in (QApplication.activeModalWidget(), QApplication.activeWindow()):
            if isinstance(widget, QDialog):
                self.keep_off(widget)

    def keep_off(self, dialog: QDialog) -> None:
        """Move a dialog to the desk where it stands on the wall."""
        place = dialog.frameGeometry()
        if any(wall.contains(place.center()) for wall in self._walls()):
            place.moveCenter(self._desk().frameGeometry().center())
            dialog.move(place.topLeft())
