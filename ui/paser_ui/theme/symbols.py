"""The shapes of the severities: a colour is never alone."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from paser_command.records import Severity
from paser_ui.theme.tokens import COLOURS

SEVERITY_WORDS = {
    Severity.NONE: "Normal",
    Severity.LOW: "Low",
    Severity.MEDIUM: "Medium",
    Severity.HIGH: "High",
    Severity.CRITICAL: "Critical",
}
"""The English word of each severity: give it to `tr`."""

# Half-widths in parts of the size, so that the four look equally large.
_CORNERS = {
    Severity.CRITICAL: ((0.0, -0.5), (0.5, 0.0), (0.0, 0.5), (-0.5, 0.0)),
    Severity.HIGH: ((0.0, -0.46), (0.5, 0.4), (-0.5, 0.4)),
    Severity.MEDIUM: ((-0.4, -0.4), (0.4, -0.4), (0.4, 0.4), (-0.4, 0.4)),
}
_CIRCLE_RADIUS = 0.42
_DOT_RADIUS = 0.2


def draw_symbol(
    painter: QPainter,
    severity: Severity,
    centre: QPointF,
    size_px: float,
    filled: bool,
    colour: QColor | None = None,
) -> None:
    """Draw the severity's shape: diamond, triangle, square, circle; a dot for none.

    Filled is unacknowledged, outlined is acknowledged. `colour` replaces the severity's own.
    """
    ink = colour or COLOURS.severity(severity)
    width = max(1.5, size_px / 9)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, width, j=Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(QBrush(ink) if filled else QBrush(Qt.BrushStyle.NoBrush))
    # The pen draws half its width outside the shape.
    _draw_shape(painter, severity, centre, size_px - width)
    painter.restore()


def _draw_shape(painter: QPainter, severity: Severity, centre: QPointF, size_px: float) -> None:
    corners = _CORNERS.get(severity)
    if corners:
        painter.drawPolygon(QPolygonF([centre + QPointF(x, y) * size_px for x, y in corners]))
        return
    radius = _CIRCLE_RADIUS if severity is Severity.LOW else _DOT_RADIUS
    painter.drawEllipse(centre, radius * size_px, radius * size_px)
