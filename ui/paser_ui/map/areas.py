"""Warnings and features on the map: areas, lines and single places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker

from paser_command.geo import EARTH_RADIUS_M, Circle, Geometry, Ring
from paser_command.records import Severity
from paser_ui.map.clip import area_path, line_path
from paser_ui.map.labels import Label, Placer
from paser_ui.map.layers import Hit, Swatch, Words
from paser_ui.map.projection import FloatArray, to_map
from paser_ui.map.strokes import stroke
from paser_ui.map.view import MapView
from paser_ui.theme.symbols import SEVERITY_WORDS
from paser_ui.theme.tokens import DARK

Lines = tuple[tuple[FloatArray, FloatArray], ...]

_DASH_PX = (7.0, 4.2)
_LINE_PX, _EDGE_PX, _PICKED_PX = 2.2, 1.4, 5.0
_FILL_ALPHA = 15
_SELECTED_ALPHA = 34
_POINT_PX = 5.0
_CIRCLE_STEPS = 72


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


def shape_of_geometry(key: str, name: str, severity: Severity, geometry: Geometry) -> Shape:
    """Return a feature's shape."""
    return Shape(key, name, severity, geometry.kind, _projected(geometry.rings), apart=False)


def shape_of_areas(
    key: str,
    name: str,
    severity: Severity,
    polygons: Iterable[Ring],
    circles: Iterable[Circle],
) -> Shape:
    """Return a warning's shape: polygons and circles, each of its own."""
    rings = _projected((*polygons, *(_ring(circle) for circle in circles)))
    turned = tuple(_turned(x, y) for x, y in rings)
    return Shape(key, name, severity, "area", turned, apart=True)


class AreaLayer:
    """Shapes of one kind; dashed ones are warnings. The severest is on top."""

    still = True

    def __init__(self, kind: str, shapes: Sequence[Shape], *, dashed: bool) -> None:
        self.kind = kind
        self._dashed = dashed
        self._shapes = sorted(shapes, key=lambda shape: shape.severity)
        self._boxes = np.array([_box(shape) for shape in self._shapes]).reshape(-1, 4)
        self._index = {shape.key: index for index, shape in enumerate(self._shapes)}

    def steps(self, painter: QPainter, view: MapView, selected: str) -> Iterator[None]:
        for index in self._seen(view):
            shape = self._shapes[index]
            self._draw_shape(painter, shape, _path(view, shape), shape.key == selected)
            yield

    def poll(self) -> bool:
        return False

    def legend(self, tr: Words) -> list[Swatch]:
        looks = sorted({(shape.severity, shape.kind) for shape in self._shapes}, reverse=True)
        return [self._swatch(tr, *look) for look in looks]

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        reach = max(tolerance_px, _POINT_PX)
        near = self._between(view, (px - reach, py - reach), (px + reach, py + reach))
        point = QPointF(px, py)
        met = [index for index in near if _meets(view, self._shapes[index], point, tolerance_px)]
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


def _meets(view: MapView, shape: Shape, point: QPointF, tolerance_px: float) -> bool:
    path = _path(view, shape)
    if shape.kind != "line":
        return path.contains(point)
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * tolerance_px)
    return stroker.createStroke(path).contains(point)


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


def _projected(rings: Iterable[Ring]) -> Lines:
    """Return the rings on the map, without positions that are nowhere."""
    lines = []
    for ring in rings:
        places = np.array(ring, float).reshape(-1, 2)
        x, y = to_map(places[:, 0], places[:, 1])
        good = np.isfinite(x)
        if good.any():
            lines.append((x[good], y[good]))
    return tuple(lines)


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


def _box(shape: Shape) -> tuple[float, float, float, float]:
    if not shape.lines:
        return (np.nan, np.nan, np.nan, np.nan)
    x = np.concatenate([line[0] for line in shape.lines])
    y = np.concatenate([line[1] for line in shape.lines])
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
