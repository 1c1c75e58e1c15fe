"""The ground of the map: land and sea, rivers, the site's districts and the towns' places."""

from collections.abc import Generator, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from paser_command.geo import Box
from paser_command.stand.coast import SOURCES, Coast, coast_about
from paser_command.stand.stand import DISTRICT, TOWN, Stand, paser_stand
from paser_map import palette
from paser_map.layers import Words
from paser_map.paths import path_of
from paser_map.projection import FloatArray, to_map
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

TOWNS_FROM_ZOOM = 7.3

_ON_THE_CUT_DEG = 0.002
_SEAM_DEG = 0.05
"""The coarse land reaches so far into the fine, so that no line of sea shows between."""

_SMOOTHINGS = 3
_TOWN_PX = 1.8
_RIVER_PX = 1.7
_PAGE_DPR = 3.0
"""As dense are pages alone, on which a hairline of one of their pixels could not be seen."""


class Town(NamedTuple):
    """A town: its names and district's code where it is a seat, its place in metres on the map."""

    district: str
    name: str
    code: str
    x: float
    y: float


class Basemap(NamedTuple):
    """Paths in metres on the map from an origin, y downwards, and what is named on them."""

    home: Box
    near: Box
    origin: tuple[float, float]
    wide_land: QPainterPath
    wide_coast: QPainterPath
    land: QPainterPath
    coast: QPainterPath
    districts: QPainterPath
    far_rivers: QPainterPath
    home_rivers: QPainterPath
    towns: tuple[Town, ...]
    schematic: bool

    def steps(self, painter: QPainter, view: MapView) -> Generator[None, None, None]:
        """Fill the view with sea, land, districts and rivers, in pieces."""
        painter.fillRect(0, 0, view.width, view.height, palette.SEA)
        painter.save()
        try:
            yield from self._paths(painter, view)
        finally:
            painter.restore()
        if view.zoom >= TOWNS_FROM_ZOOM:
            self._draw_towns(painter, view)

    def _paths(self, painter: QPainter, view: MapView) -> Iterator[None]:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = 1 / view.metres_per_px
        dpr = painter.device().devicePixelRatioF()
        hair_px = dpr if dpr >= _PAGE_DPR else 1.0
        painter.translate(view.width / 2, view.height / 2)
        painter.scale(scale, scale)
        painter.translate(self.origin[0] - view.x, view.y - self.origin[1])
        if self._leaves_near(view):
            _fill(painter, self.wide_land, palette.LAND)
            yield
            _stroke(painter, self.wide_coast, palette.COAST, hair_px)
            yield
            if not self.land.isEmpty():
                painter.fillRect(self._fine(), palette.SEA)
        _fill(painter, self.land, palette.LAND)
        yield
        _fill(painter, self.districts, palette.HOME)
        _stroke(painter, self.districts, palette.BORDER, hair_px)
        yield
        _stroke(painter, self.far_rivers, palette.RIVER, hair_px)
        yield
        _stroke(painter, self.home_rivers, palette.RIVER, _RIVER_PX * dpr)
        yield
        _stroke(painter, self.coast, palette.COAST, hair_px)
        yield

    def sources(self, tr: Words) -> list[str]:
        """Return whose data this is, and what it is not."""
        return [*SOURCES, *([tr("district borders: schematic")] if self.schematic else [])]

    def _draw_towns(self, painter: QPainter, view: MapView) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(DARK.text_2)
        for px, py in zip(*self.towns_on(view), strict=True):
            painter.drawEllipse(QPointF(px, py), _TOWN_PX, _TOWN_PX)
        painter.restore()

    def towns_on(self, view: MapView) -> tuple[FloatArray, FloatArray]:
        """Return the pixels of the towns, in or out of the view."""
        return view.to_screen(
            np.array([town.x for town in self.towns], float),
            np.array([town.y for town in self.towns], float),
        )

    def _leaves_near(self, view: MapView) -> bool:
        west, north = view.to_degrees(0, 0)
        east, south = view.to_degrees(view.width, view.height)
        inside_x = west >= self.near.west and east <= self.near.east
        return not (inside_x and south >= self.near.south and north <= self.near.north)

    def _fine(self) -> QRectF:
        """Return where the coarse land is not to be seen, from the origin."""
        near = self.near
        (west, east), (south, north) = to_map(
            [near.west + _SEAM_DEG, near.east - _SEAM_DEG],
            [near.south + _SEAM_DEG, near.north - _SEAM_DEG],
        )
        x, y = self.origin
        return QRectF(QPointF(west - x, y - north), QPointF(east - x, y - south))


def shipped() -> Basemap:
    """Return the basemap of Paser: that of the exercises."""
    return basemap_of(_paser())


@cache
def basemap_of(stand: Stand) -> Basemap:
    """Return the basemap about a stand; each is read once."""
    coast, home = coast_about(stand.home), stand.home
    (x,), (y,) = to_map([(home.west + home.east) / 2], [(home.south + home.north) / 2])
    origin = (float(x), float(y))
    near, wide, rivers = (_all_degrees(of, coast) for of in (coast.near, coast.wide, coast.rivers))
    cells = [np.array(ring) for area in stand.districts for ring in area.geometry.rings]
    return Basemap(
        home=home,
        near=coast.near_box,
        origin=origin,
        wide_land=_path(origin, wide),
        wide_coast=_path(origin, wide, without=(coast.wide_box,)),
        land=_path(origin, near),
        coast=_path(origin, near, without=coast.cells),
        districts=_path(origin, cells, fill=_FILLS[stand.schematic]),
        far_rivers=_path(origin, rivers),
        home_rivers=_path(origin, [_smoothed(np.array(line)) for line in stand.rivers]),
        towns=tuple(_towns(stand)),
        schematic=stand.schematic,
    )


_FILLS = {True: Qt.FillRule.WindingFill, False: Qt.FillRule.OddEvenFill}
"""The rings of the schematic cells may touch; those of a file have holes, whichever way they go."""


@cache
def _paser() -> Stand:
    return paser_stand()


def _towns(stand: Stand) -> Iterator[Town]:
    codes = {place.name: place.codes[0] for place in stand.places if place.kind == DISTRICT}
    for place in stand.places:
        if place.kind == TOWN:
            x, y = to_map(place.lon, place.lat)
            code = codes.get(place.district, "")
            yield Town(place.district, place.name, code, float(x), float(y))


def _all_degrees(shapes: list[list[int]], coast: Coast) -> list[FloatArray]:
    return [_degrees(steps, coast.step_deg) for steps in shapes]


def _degrees(steps: list[int], step_deg: float) -> FloatArray:
    places: FloatArray = np.cumsum(np.array(steps, float).reshape(-1, 2), axis=0) * step_deg
    return places


def _smoothed(line: FloatArray) -> FloatArray:
    """Cut the corners of a hand-drawn line (Chaikin)."""
    for _ in range(_SMOOTHINGS):
        first, then = line[:-1], line[1:]
        quarters = np.stack((0.75 * first + 0.25 * then, 0.25 * first + 0.75 * then), axis=1)
        line = np.concatenate((line[:1], quarters.reshape(-1, 2), line[-1:]))
    return line


def _path(
    origin: tuple[float, float],
    shapes: list[FloatArray],
    without: tuple[Box, ...] = (),
    fill: Qt.FillRule = Qt.FillRule.WindingFill,
) -> QPainterPath:
    """Return the shapes as one path; steps along the edge of a box in `without` are left out."""
    if not shapes:
        return QPainterPath()
    joins = [_joins(shape, without) for shape in shapes]
    places = np.concatenate(shapes)
    x, y = to_map(places[:, 0], places[:, 1])
    connect = np.concatenate(joins)
    path = path_of(x - origin[0], origin[1] - y, connect)
    path.setFillRule(fill)
    return path


def _joins(shape: FloatArray, without: tuple[Box, ...]) -> np.ndarray:
    joins = np.ones(len(shape), bool)
    joins[-1] = False
    for box in without:
        for axis, edge in ((0, box.west), (0, box.east), (1, box.south), (1, box.north)):
            on_edge = np.abs(shape[:, axis] - edge) < _ON_THE_CUT_DEG
            joins[:-1] &= ~(on_edge[:-1] & on_edge[1:])
    return joins


def _fill(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    painter.fillPath(path, colour)


def _stroke(painter: QPainter, path: QPainterPath, colour: QColor, width_px: float) -> None:
    """Draw the path's lines. Those wider than a pixel cost ten times as much: few, or on pages."""
    pen = QPen(colour, width_px)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
