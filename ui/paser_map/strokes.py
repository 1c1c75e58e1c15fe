"""Thin lines drawn quickly: a wide one costs ten times as much as one of a pixel."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_TWO_PX, _FOUR_PX = 1.6, 2.6
"""Up to these widths two, or four, lines of a pixel beside each other look the same."""


def stroke(
    painter: QPainter,
    path: QPainterPath,
    ink: QColor,
    width_px: float,
    dash_px: Sequence[float] = (),
) -> None:
    """Draw a path's line; `dash_px` are the lengths of dashes and gaps in turn."""
    width = width_px * painter.device().devicePixelRatioF()
    thin = 1.0 < width <= _FOUR_PX
    pen = QPen(ink, width_px / width if thin else width_px)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash_px:
        pen.setDashPattern([length / pen.widthF() for length in dash_px])
    for dx, dy in _beside(width_px - pen.widthF(), width) if thin else [(0.0, 0.0)]:
        painter.translate(dx, dy)
        painter.strokePath(path, pen)
        painter.translate(-dx, -dy)


def _beside(apart: float, width: float) -> list[tuple[float, float]]:
    """Return where the lines of a pixel lie that make a wider one, about its middle."""
    half = apart / 2
    if width <= _TWO_PX:
        return [(-half, 0.0), (half, 0.0)]
    return [(-half, -half), (half, -half), (-half, half), (half, half)]
