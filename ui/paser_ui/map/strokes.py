"""Thin lines drawn quickly: a wide one costs ten times as much as one of a pixel."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_MOST_PX = 1.6
"""Up to this width two lines of a pixel beside each other look the same."""


def stroke(
    painter: QPainter,
    path: QPainterPath,
    ink: QColor,
    width_px: float,
    dash_px: Sequence[float] = (),
) -> None:
    """Draw a path's line; `dash_px` are the lengths of dashes and gaps in turn."""
    thin = 1.0 < width_px * painter.device().devicePixelRatioF() <= _MOST_PX
    pen = QPen(ink, 1.0 if thin else width_px)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash_px:
        pen.setDashPattern([length / pen.widthF() for length in dash_px])
    if not thin:
        painter.strokePath(path, pen)
        return
    apart = width_px - 1.0
    painter.strokePath(path, pen)
    painter.translate(apart, 0.0)
    painter.strokePath(path, pen)
    painter.translate(-apart, 0.0)
