"""How drawings and what is being drawn look: calm colours, lines, corners and their words."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from paser_command.geo import LonLat
from paser_command.picture.drawing_change import DrawnColour
from paser_map import palette
from paser_map.projection import to_map
from paser_map.view import MapView
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import DARK, LABEL_PX

COLOURS: Mapping[DrawnColour, QColor] = {
    DrawnColour.GREY: QColor("#b9c2ca"),
    DrawnColour.GREEN: QColor("#86b58e"),
    DrawnColour.SAND: QColor("#c4ad86"),
    DrawnColour.MAUVE: QColor("#c496b4"),
}
"""On the dark map, each 4.5 to 1 or more against land and sea, and none as vivid as an alarm."""

SKETCH = DARK.text
"""What is being drawn and is not in the journal yet."""

LINE_PX = 1.8
FENCE_DASH_PX = (14.0, 5.0, 2.4, 5.0)
"""A geofence's edge: a long stroke and a dot, as borders are drawn."""

_CORNER_PX = 4.0
_PIN_PX = 13.0
_MIDDLE_PX = 3.0
_DOTS_PX = 7
_HALO_PX = 3.0
_VEIL_ALPHA = 20


def pixels(view: MapView, places: Sequence[LonLat]) -> list[QPointF]:
    """Return where the places are in the view."""
    if not places:
        return []
    lons, lats = zip(*places, strict=True)
    px, py = view.to_screen(*to_map(lons, lats))
    return [QPointF(x, y) for x, y in zip(px.tolist(), py.tolist(), strict=True)]


def line_pen(ink: QColor) -> QPen:
    """Return the pen of drawn lines and of the edge of annotations."""
    pen = QPen(ink, LINE_PX)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def fence_pen(ink: QColor) -> QPen:
    """Return the pen of a geofence's edge."""
    pen = QPen(ink, LINE_PX)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([length / LINE_PX for length in FENCE_DASH_PX])
    return pen


def veil(ink: QColor) -> QColor:
    """Return the fill of an annotation."""
    colour = QColor(ink)
    colour.setAlpha(_VEIL_ALPHA)
    return colour


def dots(ink: QColor) -> QBrush:
    """Return the fill of a geofence: dots, which nothing else on the map is filled with."""
    tile = QPixmap(_DOTS_PX, _DOTS_PX)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setOpacity(0.55)
    painter.fillRect(QRectF(2, 2, 1.4, 1.4), ink)
    painter.end()
    return QBrush(tile)


def draw_pin(painter: QPainter, at: QPointF, ink: QColor) -> None:
    """Draw a drawn point: a pin whose tip stands on the place."""
    head = at - QPointF(0, _PIN_PX)
    pin = QPainterPath(at)
    pin.lineTo(head + QPointF(-4.6, 2.4))
    pin.arcTo(QRectF(head.x() - 5.2, head.y() - 5.2, 10.4, 10.4), 207.5, -235.0)
    pin.closeSubpath()
    painter.setPen(QPen(palette.SEA, 1))
    painter.setBrush(ink)
    painter.drawPath(pin)
    painter.setBrush(palette.SEA)
    painter.drawEllipse(head, 1.9, 1.9)


def draw_corner(painter: QPainter, at: QPointF, *, picked: bool = False) -> None:
    """Draw a corner that can be taken hold of."""
    painter.setPen(QPen(palette.SEA, 1))
    painter.setBrush(DARK.selection if picked else SKETCH)
    painter.drawRect(QRectF(at.x() - _CORNER_PX, at.y() - _CORNER_PX, 8.0, 8.0))


def draw_middle(painter: QPainter, at: QPointF) -> None:
    """Draw the middle of an edge, where a corner can be put in."""
    painter.setPen(QPen(SKETCH, 1.2))
    painter.setBrush(palette.SEA)
    painter.drawEllipse(at, _MIDDLE_PX, _MIDDLE_PX)


def draw_words(painter: QPainter, at: QPointF, text: str) -> None:
    """Write small words about a pixel, with a dark rim."""
    words = font(LABEL_PX, tabular=True)
    metrics = QFontMetricsF(words)
    left = at.x() - metrics.horizontalAdvance(text) / 2
    base = QPointF(left, at.y() + metrics.ascent() / 2 - 1)
    outline = QPainterPath()
    outline.addText(base, words, text)
    painter.strokePath(outline, QPen(palette.SEA, _HALO_PX))
    painter.setFont(words)
    painter.setPen(DARK.text)
    painter.drawText(base, text)
