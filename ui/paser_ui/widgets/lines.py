"""Lines of text that are painted: plain, in one line, and cut to their room."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from paser_ui.widgets.plain import cleaned

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_LONGEST = 1_000
"""Characters: no display has room for more."""


def write_line(
    painter: QPainter,
    room: QRect,
    text: str,
    face: QFont,
    ink: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write a text in the room's middle; what it has no room for becomes an ellipsis."""
    painter.setFont(face)
    painter.setPen(ink)
    line = cleaned(text[:_LONGEST]).replace("\n", " ")
    shown = QFontMetrics(face).elidedText(line, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, align | Qt.TextFlag.TextSingleLine, shown)
