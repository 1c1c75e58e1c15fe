"""A choice among several: it shows that it opens, and the wheel rolls over it unharmed."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QComboBox, QWidget

from paser_ui.theme.tokens import COLOURS
from paser_ui.widgets.still import keep_still

_FROM_RIGHT_PX = 12.0
_HALF_PX = 4.0
"""Half of the arrow's width; it is as high as that."""


class Choice(QComboBox):
    """A `QComboBox` with an arrow, for which the theme's sheet keeps the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keep_still(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        x, y = self.width() - _FROM_RIGHT_PX, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(COLOURS.text_2 if self.isEnabled() else COLOURS.text_3)
        corners = ((x - _HALF_PX, y - 2), (x + _HALF_PX, y - 2), (x, y + 2))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        painter.end()
