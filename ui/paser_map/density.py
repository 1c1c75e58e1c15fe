"""Many points as a picture of how many lie where, with what is alarming as counted symbols on top.

A tile of the picture is made once of the pyramid's counts, and again when a point in it changes.
"""

from collections import OrderedDict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from paser_command.records import Severity
from paser_map.morton import Codes, interleaved, separated
from paser_map.point_index import PointIndex
from paser_map.projection import HALF_M
from paser_map.pyramid import SIDE, SIDE_BITS, Cells
from paser_map.view import MapView
from paser_ui.theme.tokens import DARK

SEVERITIES = (*Severity, Severity.HIGH, Severity.CRITICAL)
"""What each category is: a severity, and at the end what is alarming."""
ALARMING = len(Severity)
"""The first category of what is alarming."""

_BUDGET_S = 0.005
"""How long a frame may make tiles."""
_MOST_TILES = 512
_COARSER = 3
_DEEPEST_ZOOM = 18
_CLUSTER_BITS = 1
"""A tile has 2 x 2 places for what is alarming: about 128 pixels for a symbol and its count."""
_FAINTEST, _SHADES = 0.55, 16

Key = tuple[int, int]
"""Of a tile: zoom, and the leading bits of the codes in it."""


class Cluster(NamedTuple):
    """What is alarming about a place, in parts of its tile: the worst of it, and how many."""

    across: float
    down: float
    severity: Severity
    many: int


class Tile(NamedTuple):
    """A picture of SIDE x SIDE cells, and what is alarming in it."""

    image: QImage
    clusters: tuple[Cluster, ...]


class Density:
    """The tiles of an index's points. `unfinished` says that some of the last view still want."""

    def __init__(self, index: PointIndex) -> None:
        self.unfinished = False
        self._index = index
        self._tiles: OrderedDict[Key, Tile] = OrderedDict()
        self._stale: set[Key] = set()
        self._zoom = 0.0
        self._scaled: dict[Key, QImage] = {}

    def mark(self, codes: Codes) -> None:
        """Have the tiles that hold these places made anew."""
        for zoom in {zoom for zoom, _ in self._tiles}:
            changed = np.unique(codes >> np.uint64(64 - 2 * zoom)) if zoom else (0,)
            self._stale.update((zoom, int(tile)) for tile in changed)
        self._stale &= self._tiles.keys()

    def mark_all(self) -> None:
        """Have all tiles made anew."""
        self._stale = set(self._tiles)

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Draw the view's tiles; those not made yet as coarser or finer ones."""
        shown = _tiles_of(view)
        self._make([key for key, _ in shown])
        resting, self._zoom = view.zoom == self._zoom, view.zoom
        if not resting:
            self._scaled.clear()
        for key, place in shown:
            if key not in self._tiles:
                self._draw_instead(painter, key, place)
            elif resting:
                painter.drawImage(place.topLeft(), self._in_size(key, place))
            else:
                painter.drawImage(place, self._tiles[key].image)

    def clusters(self, view: MapView) -> Iterator[tuple[float, float, Cluster]]:
        """Give the pixels of what is alarming, of the tiles that there are."""
        for key, place in _tiles_of(view):
            tile = self._tiles.get(key)
            for cluster in tile.clusters if tile else ():
                yield (
                    place.left() + cluster.across * place.width(),
                    place.top() + cluster.down * place.height(),
                    cluster,
                )

    def _in_size(self, key: Key, place: QRect) -> QImage:
        """Return a tile as large as it is shown: at rest it is scaled once, not in each frame."""
        scaled = self._scaled.get(key)
        if scaled is None or scaled.size() != place.size():
            scaled = self._scaled[key] = self._tiles[key].image.scaled(place.size())
        return scaled

    def _make(self, wanted: list[Key]) -> None:
        """Make what is missing, coarse tiles before fine ones, then what has changed."""
        missing = [key for key in wanted if key not in self._tiles]
        coarse = dict.fromkeys((zoom - _COARSER, tile >> 2 * _COARSER) for zoom, tile in missing)
        first = [key for key in coarse if key[0] >= 0 and key not in self._tiles]
        self.unfinished = not self._make_some(
            [*first, *missing, *(key for key in wanted if key in self._stale)]
        )
        for key in wanted:
            if key in self._tiles:
                self._tiles.move_to_end(key)
        while len(self._tiles) > _MOST_TILES:
            self._stale.discard(self._tiles.popitem(last=False)[0])

    def _make_some(self, due: list[Key]) -> bool:
        """Make tiles, one at least, until the time is over; True where all are made."""
        end_s = perf_counter() + _BUDGET_S
        for key in due:
            if perf_counter() > end_s and key is not due[0]:
                return False
            self._tiles[key] = _made(self._index, key)
            self._scaled.pop(key, None)
            self._stale.discard(key)
        return True

    def _draw_instead(self, painter: QPainter, key: Key, place: QRect) -> None:
        zoom, code = key
        for up in range(1, _COARSER + 3):
            above = self._tiles.get((zoom - up, code >> 2 * up))
            if above is not None:
                across, down = _place_of(code & (1 << 2 * up) - 1)
                side = SIDE >> up
                painter.drawImage(place, above.image, QRect(across * side, down * side, side, side))
                return
        for quarter in range(4):
            below = self._tiles.get((zoom + 1, code << 2 | quarter))
            if below is not None:
                painter.drawImage(_quarter(place, quarter), below.image)


@lru_cache(4)
def _tiles_of(view: MapView) -> list[tuple[Key, QRect]]:
    """Return the tiles that a view meets, with their places in whole pixels that leave no seam."""
    zoom = min(max(round(view.zoom), 0), _DEEPEST_ZOOM)
    tiles = 1 << zoom
    side = 2 * HALF_M / tiles
    left, top = view.to_map(0, 0)
    right, foot = view.to_map(view.width, view.height)
    first, last = _between(left + HALF_M, right + HALF_M, side, tiles)
    upper, lower = _between(HALF_M - top, HALF_M - foot, side, tiles)
    across = np.arange(first, last + 2, dtype=np.float64)
    down = np.arange(upper, lower + 2, dtype=np.float64)
    x, _ = view.to_screen(across * side - HALF_M, np.zeros(len(across)))
    _, y = view.to_screen(np.zeros(len(down)), HALF_M - down * side)
    xs, ys = np.rint(x).astype(int).tolist(), np.rint(y).astype(int).tolist()
    columns, rows = np.meshgrid(across[:-1].astype(np.uint64), down[:-1].astype(np.uint64))
    codes = interleaved(columns, rows).tolist()
    return [
        ((zoom, codes[row][column]), QRect(x_0, y_0, x_1 - x_0, y_1 - y_0))
        for row, (y_0, y_1) in enumerate(pairwise(ys))
        for column, (x_0, x_1) in enumerate(pairwise(xs))
    ]


def _between(low_m: float, high_m: float, side_m: float, tiles: int) -> tuple[int, int]:
    first, last = int(low_m // side_m), int(high_m // side_m)
    return max(0, first), min(tiles - 1, last)


def _place_of(code: int) -> tuple[int, int]:
    across, down = separated(np.array([code], np.uint64))
    return int(across[0]), int(down[0])


def _quarter(place: QRect, quarter: int) -> QRect:
    half_x, half_y = place.width() // 2, place.height() // 2
    left = place.left() + (half_x if quarter & 1 else 0)
    top = place.top() + (half_y if quarter & 2 else 0)
    width = place.width() - half_x if quarter & 1 else half_x
    height = place.height() - half_y if quarter & 2 else half_y
    return QRect(left, top, width, height)


def _made(index: PointIndex, key: Key) -> Tile:
    cells = index.cells(*key)
    return Tile(_image(cells), _clusters(cells))


def _image(cells: Cells) -> QImage:
    pixels = np.zeros(SIDE * SIDE, np.uint32)
    shade = _SHADE_OF[np.minimum(cells.totals, len(_SHADE_OF) - 1)]
    pixels[_RASTER[cells.places]] = _INKS[cells.worst, shade]
    image = QImage(pixels.data, SIDE, SIDE, 4 * SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()


def _clusters(cells: Cells) -> tuple[Cluster, ...]:
    there = np.flatnonzero(cells.worst >= ALARMING)
    if not len(there):
        return ()
    cell, alarming = cells.places[there], cells.alarming[there]
    many = alarming.sum(axis=1)
    places = cell >> 2 * (SIDE_BITS - _CLUSTER_BITS)
    down, across = np.divmod(_RASTER[cell], SIDE)
    size = 1 << 2 * _CLUSTER_BITS
    total = np.bincount(places, many, size)
    critical = np.bincount(places, alarming[:, -1], size)
    x = np.bincount(places, (across + 0.5) * many, size)
    y = np.bincount(places, (down + 0.5) * many, size)
    return tuple(
        Cluster(
            x[place] / total[place] / SIDE,
            y[place] / total[place] / SIDE,
            Severity.CRITICAL if critical[place] else Severity.HIGH,
            int(total[place]),
        )
        for place in np.flatnonzero(total).tolist()
    )


def _raster() -> NDArray[np.int64]:
    """Return where in a picture, row by row, each cell of a tile is."""
    across, down = separated(np.arange(SIDE * SIDE, dtype=np.uint64))
    return (down * np.uint64(SIDE) + across).astype(np.int64)


def _inks() -> NDArray[np.uint32]:
    """Return premultiplied colours: by category, and by how many there are."""
    opacities = np.linspace(_FAINTEST, 1.0, _SHADES)
    rows = [[_premultiplied(DARK.severity(s), float(a)) for a in opacities] for s in SEVERITIES]
    return np.array(rows, np.uint32)


def _premultiplied(colour: QColor, opacity: float) -> int:
    red, green, blue = (
        round(part * opacity) for part in (colour.red(), colour.green(), colour.blue())
    )
    return round(255 * opacity) << 24 | red << 16 | green << 8 | blue


_RASTER = _raster()
_SHADE_OF = np.minimum(2 * np.log2(np.maximum(np.arange(256), 1)), _SHADES - 1).astype(np.intp)
_INKS = _inks()
