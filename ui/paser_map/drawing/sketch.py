"""What is being drawn or measured: places in a row, and the one under the pointer."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from paser_command.geo import LonLat, Ring
from paser_command.geodesy import circle, course
from paser_command.language import Language
from paser_command.picture.drawing_change import (
    LEAST_PLACES,
    LEAST_RADIUS_M,
    MOST_PLACES,
    MOST_RADIUS_M,
    DrawnShape,
)
from paser_map.drawing.ink import SKETCH, draw_corner, draw_words, line_pen, pixels, veil
from paser_map.drawing.words import course_text, length_text, size_text
from paser_map.pointer_box import draw_box
from paser_map.view import MapView

SNAP_PX = 10.0

_ROOM_PX = 70.0
"""An edge that is shorter says nothing of its length."""
_MOST_SAID = 200


class Sketch:
    """A shape under work. `rest` is the place under the pointer, None where that is elsewhere."""

    def __init__(self, shape: DrawnShape) -> None:
        self.shape = shape
        self.places: list[LonLat] = []
        self.rest: LonLat | None = None
        self.closed = False

    @property
    def complete(self) -> bool:
        """Whether the places are enough for the shape."""
        if self.shape is DrawnShape.CIRCLE:
            return len(self.places) == 2 and LEAST_RADIUS_M <= self.radius_m <= MOST_RADIUS_M
        return len(set(self.places)) >= LEAST_PLACES.get(self.shape, 1)

    @property
    def radius_m(self) -> float:
        """How far the second place of a circle, or the pointer, is from the first."""
        there = [*self.places, *((self.rest,) if self.rest else ())]
        return course(there[0], there[1]).metres if len(there) > 1 else 0.0

    def drawn(self) -> tuple[Ring, float | None]:
        """Return the places and the radius that a command says."""
        if self.shape is DrawnShape.CIRCLE:
            return (self.places[0],), self.radius_m
        return tuple(self.places), None

    def add(self, place: LonLat) -> None:
        """Add a place, unless it is the last one or one too many."""
        if len(self.places) < MOST_PLACES and (not self.places or self.places[-1] != place):
            self.places.append(place)

    def close(self) -> None:
        """Lead a line back to its start; an area is closed anyhow."""
        if self.shape is DrawnShape.LINE:
            self.places.append(self.places[0])
        self.closed = True

    def meets_start(self, view: MapView, px: float, py: float) -> bool:
        """Tell whether the pixel closes the shape: it is near the first of three places or more."""
        if self.shape not in (DrawnShape.LINE, DrawnShape.AREA) or len(self.places) < 3:
            return False
        away = pixels(view, self.places[:1])[0] - QPointF(px, py)
        return abs(away.x()) <= SNAP_PX and abs(away.y()) <= SNAP_PX

    def draw(self, painter: QPainter, view: MapView, language: Language) -> None:
        """Draw the shape so far with the lengths of its edges, and what it comes to."""
        if not self.places:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [*self.places, *((self.rest,) if self.rest else ())]
        outline = self._outline(places)
        at = pixels(view, outline)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.shape in (DrawnShape.AREA, DrawnShape.CIRCLE) and len(at) > 2:
            painter.setBrush(veil(SKETCH))
            painter.drawPolygon(at)
        painter.setPen(line_pen(SKETCH))
        painter.drawPolyline(at)
        if self.shape is DrawnShape.AREA and len(at) > 2:
            painter.setPen(QPen(SKETCH, 1.2, Qt.PenStyle.DotLine))
            painter.drawLine(at[-1], at[0])
        if self.shape is not DrawnShape.CIRCLE:
            _say_edges(painter, at, outline, language)
        for corner in pixels(view, self.places):
            draw_corner(painter, corner)
        self._say_sum(painter, view, places, language)
        painter.restore()

    def _outline(self, places: list[LonLat]) -> list[LonLat]:
        if self.shape is DrawnShape.CIRCLE and len(places) > 1:
            radius_m = min(self.radius_m, MOST_RADIUS_M)
            return [*circle(places[0], radius_m)] if radius_m >= LEAST_RADIUS_M else []
        return places

    def _say_sum(
        self, painter: QPainter, view: MapView, places: list[LonLat], language: Language
    ) -> None:
        if len(places) < 2:
            return
        lines = [size_text(language, self.shape, places, self.radius_m)]
        if self.rest and self.shape in (DrawnShape.LINE, DrawnShape.AREA):
            last = course_text(language, course(self.places[-1], self.rest))
            lines.append(language.tr("from the last corner {course}", course=last))
        draw_box(painter, view, pixels(view, places[-1:])[0], lines)


def _say_edges(
    painter: QPainter, at: list[QPointF], places: list[LonLat], language: Language
) -> None:
    """Write its length on each edge that has room for it."""
    for index in range(1, min(len(at), _MOST_SAID)):
        way = at[index] - at[index - 1]
        if abs(way.x()) + abs(way.y()) >= _ROOM_PX:
            metres = course(places[index - 1], places[index]).metres
            draw_words(painter, (at[index] + at[index - 1]) / 2, length_text(language, metres))
