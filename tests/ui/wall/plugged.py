"""Displays that are plugged in: one of the desk and two of the wall."""

from PySide6.QtCore import QObject, QRect, Signal

from paser_command.workspaces.display import Display
from paser_ui.windows.screens import Present

DESK = Present(Display(connector="DESK", width_mm=530, height_mm=300), QRect(0, 0, 800, 600), 3.6)
WALL = Present(Display(connector="WALL", width_mm=1210, height_mm=680), QRect(0, 0, 800, 600), 1.6)
WALL_2 = Present(
    Display(connector="WALL-2", width_mm=1430, height_mm=800), QRect(0, 0, 800, 600), 1.3
)


class Plugged(QObject):
    """Displays that are plugged in, and unplugged by a test."""

    changed = Signal()

    def __init__(self, *present):
        super().__init__()
        self.now = list(present)

    def present(self):
        return list(self.now)
