"""Keeps dialogs and menus off the wall: they open before the person who asked."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class OffTheWall(QObject):
    """Moves every dialog that is shown on a display of the wall to the window of the desk."""

    def __init__(self, walls: Callable[[], list[QRect]], desk: Callable[[], QWidget]) -> None:
        super().__init__()
        self._walls = walls
        self._desk = desk
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            self._keep_off(watched)
        return False

    def _keep_off(self, dialog: QDialog) -> None:
        middle = dialog.frameGeometry().center()
        if any(wall.contains(middle) for wall in self._walls()):
            home = self._desk().frameGeometry()
            place = dialog.frameGeometry()
            place.moveCenter(home.center())
            dialog.move(place.topLeft())
