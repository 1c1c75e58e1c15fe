"""Small drawn icons for buttons, so that no font and no image file is needed."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from paser_ui.theme.tokens import COLOURS

SIZE_PX = 16
_SCALES = (1.0, 2.0)


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Return the sign of that name, of those in `_SIGNS`, in the colour of texts or another."""
    made = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(round(SIZE_PX * scale), round(SIZE_PX * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour or COLOURS.text)
        _SIGNS[name](painter)
        painter.end()
        made.addPixmap(pixmap)
    return made


def _arrow(painter: QPainter, tip_x: float, base_x: float) -> None:
    painter.drawPolygon(
        QPolygonF([QPointF(base_x, 3.0), QPointF(tip_x, 8.0), QPointF(base_x, 13.0)])
    )


def _play(painter: QPainter) -> None:
    _arrow(painter, 13.0, 4.0)


def _pause(painter: QPainter) -> None:
    painter.drawRect(QRectF(4.0, 3.0, 3.0, 10.0))
    painter.drawRect(QRectF(9.0, 3.0, 3.0, 10.0))


def _back(painter: QPainter) -> None:
    _arrow(painter, 1.0, 8.0)
    _arrow(painter, 8.0, 15.0)


def _forward(painter: QPainter) -> None:
    _arrow(painter, 15.0, 8.0)
    _arrow(painter, 8.0, 1.0)


def _close(painter: QPainter) -> None:
    painter.translate(8.0, 8.0)
    painter.rotate(45.0)
    painter.drawRect(QRectF(-6.0, -0.8, 12.0, 1.6))
    painter.drawRect(QRectF(-0.8, -6.0, 1.6, 12.0))


def _more(painter: QPainter) -> None:
    for x in (3.0, 8.0, 13.0):
        painter.drawEllipse(QPointF(x, 8.0), 1.4, 1.4)


def _layers(painter: QPainter) -> None:
    """Draw three sheets, one over the other."""
    painter.drawPolygon([QPointF(8, 1.0), QPointF(14.5, 4.7), QPointF(8, 8.4), QPointF(1.5, 4.7)])
    painter.setPen(QPen(painter.brush().color(), 1.3))
    for top in (8.0, 11.2):
        painter.drawPolyline([QPointF(1.5, top), QPointF(8, top + 3.7), QPointF(14.5, top)])


def _search(painter: QPainter) -> None:
    """Draw a lens."""
    painter.setPen(QPen(painter.brush().color(), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(6.7, 6.7), 4.6, 4.6)
    painter.drawLine(QPointF(10.2, 10.2), QPointF(14.2, 14.2))


def _tools(painter: QPainter) -> None:
    """Draw a pencil."""
    painter.translate(8.0, 8.0)
    painter.rotate(45.0)
    painter.drawRect(QRectF(-1.8, -7.0, 3.6, 2.0))
    painter.drawRect(QRectF(-1.8, -4.2, 3.6, 7.2))
    painter.drawPolygon(QPolygonF([QPointF(-1.8, 3.8), QPointF(1.8, 3.8), QPointF(0.0, 7.4)]))


def _export(painter: QPainter) -> None:
    """Draw an arrow out of a tray."""
    painter.drawPolygon([QPointF(8.0, 1.0), QPointF(12.5, 5.8), QPointF(3.5, 5.8)])
    painter.drawRect(QRectF(7.2, 5.0, 1.6, 6.0))
    painter.setPen(QPen(painter.brush().color(), 1.5))
    painter.drawPolyline(
        [QPointF(2.0, 10.0), QPointF(2.0, 14.2), QPointF(14.0, 14.2), QPointF(14.0, 10.0)]
    )


_SIGNS: dict[str, Callable[[QPainter], None]] = {
    "play": _play,
    "pause": _pause,
    "back": _back,
    "forward": _forward,
    "close": _close,
    "more": _more,
    "layers": _layers,
    "export": _export,
    "tools": _tools,
    "search": _search,
}
