"""Warnings and features on the map: areas, lines and single places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from paser_command.geo import EARTH_RADIUS_M, Circle, Geometry, Ring
from paser_command.records import Severity
from paser_map.antimeridian import parts_of_line, parts_of_ring
from paser_map.clip import area_path, line_path
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.outline import Lines, Sides, closed, distance, nearest, sides_of, winding
from paser_map.projection import HALF_M, FloatArray, to_map
from paser_map.strokes import stroke
from paser_map.view import MapView
from paser_ui.theme.symbols import SEVERITY_WORDS
from paser_ui.theme.tokens import DARK

_DASH_PX = (7.0, 4.2)
_LINE_PX, _EDGE_PX, _PICKED_PX = 2.2, 1.4, 5.0
_FILL_ALPHA = 15
_SELECTED_ALPHA = 34
_POINT_PX = 5.0
_CIRCLE_STEPS = 72
_LINES_A_PART, _POSITIONS_A_PART = 100, 20_000


Kind = Literal["point", "line", "area"]

_WARNING_WORDS = "Warning"
_FEATURE_WORDS: Mapping[Kind, str] = {"point": "Place", "line": "Line", "area": "Area"}


class Shape(NamedTuple):
    """A thing with an extent. `lines` are positions in metres on the map, closed for an area."""

    key: str
    name: str
    severity: Severity
    kind: Kind
    lines: Lines
    apart: bool
    """Its areas are several (each is filled), not one with holes (filled by the even-odd rule)."""
    box: tuple[float, float, float, float] = (np.nan, np.nan, np.nan, np.nan)
    """West, south, east and north in metres on the map; not numbers where it is nowhere."""


def shape_of_geometry(key: str, name: str, severity: Severity, geometry: Geometry) -> Shape:
    """Return a feature's shape."""
    lines = _projected(geometry.rings, geometry.kind)
    return Shape(key, name, severity, geometry.kind, lines, apart=False, box=_box(lines))


def shape_of_areas(
    key: str,
    name: str,
    severity: Severity,
    polygons: Iterable[Ring],
    circles: Iterable[Circle],
) -> Shape:
    """Return a warning's shape: polygons and circles, each of its own."""
    rings = _projected((*polygons, *(_ring(circle) for circle in circles)), "area")
    turned = tuple(_turned(x, y) for x, y in rings)
    return Shape(key, name, severity, "area", turned, apart=True, box=_box(turned))


class AreaLayer:
    """Shapes of one kind; dashed ones are warnings. The severest is on top."""

    still = True

    def __init__(self, kind: str, shapes: Sequence[Shape], *, dashed: bool) -> None:
        self.kind = kind
        self._dashed = dashed
        self._shapes = sorted(shapes, key=lambda shape: shape.severity)
        self._boxes = np.array([shape.box for shape in self._shapes]).reshape(-1, 4)
        self._sides: dict[int, Sides] = {}
        self._index = {shape.key: index for index, shape in enumerate(self._shapes)}

    def steps(self, painter: QPainter, view: MapView, selected: str) -> Iterator[None]:
        for index in self._seen(view):
            for part in _drawn_parts(self._shapes[index]):
                self._draw_shape(painter, part, _path(view, part), part.key == selected)
                yield

    def poll(self) -> bool:
        return False

    def legend(self, tr: Words) -> list[Swatch]:
        looks = {(shape.kind, -shape.severity) for shape in self._shapes}
        return [self._swatch(tr, Severity(-least), kind) for kind, least in sorted(looks)]

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        reach = max(tolerance_px, _POINT_PX)
        near = self._between(view, (px - reach, py - reach), (px + reach, py + reach))
        x, y = view.to_map(px, py)
        reach_m = reach * view.metres_per_px
        met = [index for index in near if self._meets(index, x, y, reach_m)]
        return [Hit(self.kind, self._shapes[index].key) for index in reversed(met)]

    def block(self, view: MapView, placer: Placer) -> None:
        """An area leaves room for words."""

    def labels(self, view: MapView, selected: str) -> list[Label]:
        place = self.place_of(selected)
        if place is None:
            return []
        px, py = view.to_screen(np.array([place[0]]), np.array([place[1]]))
        name = self._shapes[self._index[selected]].name
        return [Label(name, float(px[0]), float(py[0]), 4.0, DARK.text, needed=True)]

    def place_of(self, key: str) -> tuple[float, float] | None:
        index = self._index.get(key)
        if index is None or not np.isfinite(self._boxes[index]).all():
            return None
        west, south, east, north = self._boxes[index].tolist()
        if east - west > HALF_M:
            # What crosses the 180th meridian is on both of the map's edges.
            west, south, east, north = _box(self._shapes[index].lines[:1])
        return (west + east) / 2, (south + north) / 2

    def _swatch(self, tr: Words, severity: Severity, kind: Kind) -> Swatch:
        words = _WARNING_WORDS if self._dashed else _FEATURE_WORDS[kind]
        name = tr(words)
        text = f"{name}: {tr(SEVERITY_WORDS[severity])}" if severity else name

        def draw(painter: QPainter, box: QRectF) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape = Shape("", "", severity, kind, (), apart=False)
            self._draw_shape(painter, shape, _sample(kind, box), False)

        return Swatch(text, draw)

    def _seen(self, view: MapView) -> list[int]:
        corner = (view.width + _POINT_PX, view.height + _POINT_PX)
        return self._between(view, (-_POINT_PX, -_POINT_PX), corner)

    def _between(
        self, view: MapView, upper_left: tuple[float, float], lower_right: tuple[float, float]
    ) -> list[int]:
        """Return the shapes whose boxes meet a box of pixels, the lowest first."""
        west, north = view.to_map(*upper_left)
        east, south = view.to_map(*lower_right)
        box = self._boxes
        meets_x = (box[:, 0] <= east) & (box[:, 2] >= west)
        meets_y = (box[:, 1] <= north) & (box[:, 3] >= south)
        found: list[int] = np.flatnonzero(meets_x & meets_y).tolist()
        return found

    def _meets(self, index: int, x: float, y: float, reach: float) -> bool:
        """Tell whether a shape is at a position; all in metres on the map."""
        shape = self._shapes[index]
        if shape.kind == "point":
            return nearest(shape.lines, x, y) <= reach
        if index not in self._sides:
            self._sides[index] = sides_of(shape.lines)
        if shape.kind == "line":
            return distance(self._sides[index], x, y) <= reach
        turns, east = winding(self._sides[index], x, y)
        return turns != 0 if shape.apart else east % 2 == 1

    def _draw_shape(
        self, painter: QPainter, shape: Shape, path: QPainterPath, picked: bool
    ) -> None:
        ink = DARK.severity(shape.severity)
        if shape.kind == "point":
            painter.fillPath(path, ink)
        if shape.kind == "area":
            veil = QColor(ink)
            veil.setAlpha(_SELECTED_ALPHA if picked else _FILL_ALPHA)
            # Its edge is under the line; smoothing it would take four times as long.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.fillPath(path, veil)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if picked:
            stroke(painter, path, DARK.selection, _PICKED_PX)
        if shape.kind != "point":
            width_px = _LINE_PX if shape.kind == "line" else _EDGE_PX
            stroke(painter, path, ink, width_px, _DASH_PX if self._dashed else ())


def _drawn_parts(shape: Shape) -> Iterator[Shape]:
    """Give the shape in parts that are drawn in a few milliseconds, nearly always as one."""
    long = shape.kind == "line" and sum(len(x) for x, _ in shape.lines) > _POSITIONS_A_PART
    step = 1 if long else _LINES_A_PART
    for first in range(0, len(shape.lines), step):
        yield shape._replace(lines=shape.lines[first : first + step])


def _path(view: MapView, shape: Shape) -> QPainterPath:
    if shape.kind == "line":
        return line_path(view, shape.lines)
    if shape.kind == "area":
        path = area_path(view, shape.lines)
        rule = Qt.FillRule.WindingFill if shape.apart else Qt.FillRule.OddEvenFill
        path.setFillRule(rule)
        return path
    dots = QPainterPath()
    for x, y in shape.lines:
        px, py = view.to_screen(x, y)
        for seen_x, seen_y in zip(px.tolist(), py.tolist(), strict=True):
            if -_POINT_PX <= seen_x <= view.width + _POINT_PX:
                dots.addEllipse(QPointF(seen_x, seen_y), _POINT_PX, _POINT_PX)
    return dots


def _sample(kind: Kind, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    if kind == "point":
        path.addEllipse(box.center(), _POINT_PX, _POINT_PX)
    elif kind == "line":
        path.moveTo(box.left(), box.center().y())
        path.lineTo(box.right(), box.center().y())
    else:
        path.addRect(box.adjusted(1, 1, -1, -1))
    return path


def _projected(rings: Iterable[Ring], kind: Kind) -> Lines:
    """Return the rings on the map, without positions that are nowhere."""
    lines: list[tuple[FloatArray, FloatArray]] = []
    for ring in rings:
        lon, lat = np.array(ring, float).reshape(-1, 2).T
        good = np.isfinite(to_map(lon, lat)[0])
        if good.any():
            lines += _parts(lon[good], lat[good], kind)
    mapped = tuple(to_map(lon, lat) for lon, lat in lines)
    return closed(mapped) if kind == "area" else mapped


def _parts(lon: FloatArray, lat: FloatArray, kind: Kind) -> list[tuple[FloatArray, FloatArray]]:
    if kind == "point":
        return [(lon, lat)]
    return parts_of_ring(lon, lat) if kind == "area" else parts_of_line(lon, lat)


def _turned(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the ring turning left, so that rings that overlap do not cut holes into each other."""
    twice_area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return (x, y) if twice_area >= 0 else (x[::-1], y[::-1])


def _ring(circle: Circle) -> Ring:
    """Return positions round a circle on the ground; none where it is no circle."""
    reach = circle.radius_m / EARTH_RADIUS_M
    if not 0.0 < reach < np.pi or not abs(circle.lat) <= 90.0:
        return ()
    turn = np.linspace(0.0, 2 * np.pi, _CIRCLE_STEPS)
    lat = np.radians(circle.lat)
    sine = np.sin(lat) * np.cos(reach) + np.cos(lat) * np.sin(reach) * np.cos(turn)
    east = np.arctan2(
        np.sin(turn) * np.sin(reach) * np.cos(lat), np.cos(reach) - np.sin(lat) * sine
    )
    lons = circle.lon + np.degrees(east)
    lats = np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))
    return tuple(zip(lons.tolist(), lats.tolist(), strict=True))


def _box(lines: Lines) -> tuple[float, float, float, float]:
    if not lines:
        return (np.nan, np.nan, np.nan, np.nan)
    x = np.concatenate([line[0] for line in lines])
    y = np.concatenate([line[1] for line in lines])
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
