"""What a tool of the map is: another way of using the pointer, such as measuring or drawing."""

from typing import NamedTuple, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from paser_map.view import MapView


class Pointer(NamedTuple):
    """Where the pointer is, in pixels of the view, and what is held down."""

    view: MapView
    px: float
    py: float
    button: Qt.MouseButton
    modifiers: Qt.KeyboardModifier


class Tool(Protocol):
    """Gets the canvas' events before the canvas does; True says that an event was used up.

    One tool is at work at a time (`MapCanvas.set_tool`). What it does not use still pans, zooms
    and picks. After each event that it used the canvas draws anew, the tool last of all.
    """

    cursor: Qt.CursorShape

    def press(self, at: Pointer) -> bool:
        """Take a press of a button."""
        ...

    def move(self, at: Pointer) -> bool:
        """Take a move, with or without a button."""
        ...

    def release(self, at: Pointer) -> bool:
        """Take the release of a button."""
        ...

    def double_click(self, at: Pointer) -> bool:
        """Take a double click."""
        ...

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Take a key."""
        ...

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Draw what is under work, over everything else."""
        ...
