"""The mark of a place that one went to, or asks about; and what the desk does not look at."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from paser_command.geo import LonLat
from paser_command.region import Region
from paser_map import palette
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.projection import to_map
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

_ARM_PX, _HOLE_PX = 19.0, 11.0
_OUTSIDE = QColor(palette.SEA)
_OUTSIDE.setAlpha(150)
_EDGE_PX = 1.6


class _Mark:
    """A layer that marks, and has nothing to pick, to name or to explain."""

    kind = ""
    still = False

    def hits(self, _view: MapView, _px: float, _py: float, _tolerance_px: float) -> list[Hit]:
        return []

    def block(self, _view: MapView, _placer: Placer) -> None:
        pass

    def labels(self, _view: MapView, _selected: str) -> list[Label]:
        return []

    def place_of(self, _key: str) -> tuple[float, float] | None:
        return None

    def poll(self) -> bool:
        return False

    def legend(self, _tr: Words) -> list[Swatch]:
        return []


class SpotLayer(_Mark):
    """A cross with an open middle at a place."""

    def __init__(self, place: LonLat) -> None:
        x, y = to_map(*place)
        self._x, self._y = float(x), float(y)

    def draw(self, painter: QPainter, view: MapView, _selected: str) -> None:
        scale = 1 / view.metres_per_px
        px = (self._x - view.x) * scale + view.width / 2
        py = (view.y - self._y) * scale + view.height / 2
        for pen in (QPen(palette.SEA, 4.5), QPen(DARK.selection, 2.0)):
            painter.setPen(pen)
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(
                    QPointF(px + dx * _HOLE_PX, py + dy * _HOLE_PX),
                    QPointF(px + dx * _ARM_PX, py + dy * _ARM_PX),
                )


class Outside:
    """Dims all that lies outside of the area that the desk looks at, words too."""

    def __init__(self, area: Region) -> None:
        lons, lats = zip(*area.ring, strict=True)
        self._x, self._y = to_map(lons, lats)

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Draw the veil over a view."""
        px, py = view.to_screen(self._x, self._y)
        corners = [QPointF(x, y) for x, y in zip(px.tolist(), py.tolist(), strict=True)]
        ring = QPainterPath()
        ring.addPolygon(QPolygonF([*corners, corners[0]]))
        # A path's fill is even-odd: the view's box with the ring in it is all but the ring.
        outside = QPainterPath(ring)
        outside.addRect(QRectF(0, 0, view.width, view.height))
        painter.fillPath(outside, _OUTSIDE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(DARK.selection, _EDGE_PX, Qt.PenStyle.DashLine))
        painter.drawPath(ring)
