"""The tool that draws a box: press, pull, let go."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from paser_command.geo import Box, LonLat
from paser_map.drawing.ink import pixels, veil
from paser_map.tool import Pointer
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

_LEAST_PX = 6.0
"""A smaller box was a click."""


class BoxTool:
    """Gives `finish` the box that was drawn; `leave` is called for Esc.

    Its corners stay where they are on the earth, so one may zoom meanwhile.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, *, finish: Callable[[Box], None], leave: Callable[[], None]) -> None:
        self._finish = finish
        self._leave = leave
        self._corner: LonLat | None = None
        self._other: LonLat | None = None

    def press(self, at: Pointer) -> bool:
        """Put the first corner down."""
        if at.button is not Qt.MouseButton.LeftButton:
            return False
        self._corner = self._other = at.view.to_degrees(at.px, at.py)
        return True

    def move(self, at: Pointer) -> bool:
        """Pull the other corner."""
        if self._corner is None:
            return False
        self._other = at.view.to_degrees(at.px, at.py)
        return True

    def release(self, at: Pointer) -> bool:
        """Hand the box over, unless it was a click."""
        corner, self._corner = self._corner, None
        if corner is None or at.button is not Qt.MouseButton.LeftButton:
            return False
        other = at.view.to_degrees(at.px, at.py)
        first = pixels(at.view, [corner])[0]
        if min(abs(first.x() - at.px), abs(first.y() - at.py)) >= _LEAST_PX:
            (west, east), (south, north) = (
                sorted(pair) for pair in zip(corner, other, strict=True)
            )
            self._finish(Box(west, south, east, north))
        return True

    def double_click(self, _at: Pointer) -> bool:
        """Use it up: a box is not drawn by clicks, and the map shall not zoom."""
        return True

    def key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier) -> bool:
        """Leave at Esc; Enter would be the desk's."""
        if key == Qt.Key.Key_Escape:
            self._leave()
        return key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Draw the box under work."""
        if self._corner is None or self._other is None:
            return
        first, second = pixels(view, [self._corner, self._other])
        painter.setPen(QPen(DARK.selection, 1.6, Qt.PenStyle.DashLine))
        painter.setBrush(veil(DARK.selection))
        painter.drawRect(QRectF(first, second).normalized())
