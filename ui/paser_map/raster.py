"""A map layer of raster tiles: the best that is there, and better as it comes."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from paser_command.errors import PaserError
from paser_command.maps.tiles.grid import Extent, Grid, Tile
from paser_command.maps.tiles.store import Phase, SourceState, TileStore
from paser_command.times import Instant
from paser_map import palette
from paser_map.labels import Label, Placer
from paser_map.layers import Hit, Swatch, Words
from paser_map.tile_image import decoded
from paser_map.tile_pixels import TilePixels
from paser_map.view import MapView

_BUDGET_S = 0.006
"""For how long a poll decodes; one tile at least."""

_MOST_TILES = 800
"""A view that would need more of them is too far out for the source."""

_TILES_A_STEP = 2
_SHARPEST = 3.0
"""Prints have many more pixels than a screen, and words in tiles must stay legible."""

_QUICK = 8.0
"""A few tiles so many times coarser come first, so that there is soon something everywhere."""


class _Piece(NamedTuple):
    """A part of a picture, in its pixels, and where it lies on the map."""

    pixels: QPixmap
    part: QRectF
    extent: Extent


class RasterLayer:
    """Tiles of one store, in the order of the map's centre outwards. Main thread only."""

    kind = "raster"
    still = True

    def __init__(
        self, name: str, store: TileStore, clock_s: Callable[[], float] = time.perf_counter
    ) -> None:
        self._name = name
        self.worded = True
        self._store = store
        self._clock_s = clock_s
        self._pixels = TilePixels()
        self._waiting: dict[Tile, bytes] = {}
        self._wanted: dict[Tile, None] = {}
        self._opened = False

    @property
    def state(self) -> SourceState:
        """How the source does."""
        return self._store.state

    @property
    def attribution(self) -> str:
        """Whose data the source itself says it is; "" where it says nothing."""
        return self._store.attribution

    def close(self) -> None:
        """Ask for no more tiles."""
        self._store.close()

    def steps(self, painter: QPainter, view: MapView, selected: str) -> Iterator[None]:
        """Draw the view, and ask for what it lacks."""
        grid = self._store.grid
        if grid is None:
            return
        scale = painter.deviceTransform().m11()
        tiles = _tiles_of(grid, view, min(scale, _SHARPEST))
        self._want(grid, tiles)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for count, tile in enumerate(tiles, start=1):
            for piece in self._pieces(grid, tile):
                painter.drawPixmap(_target(view, piece.extent, scale), piece.pixels, piece.part)
            if count % _TILES_A_STEP == 0:
                yield

    def poll(self) -> bool:
        """Take in the tiles that came, as many as fit in a few milliseconds."""
        opened, self._opened = self._opened, self._store.grid is not None
        if not self._waiting:
            self._waiting = self._store.take()
        ends_s = self._clock_s() + _BUDGET_S
        changed = opened != self._opened
        while self._waiting:
            tile = next(iter(self._waiting))
            body = self._waiting.pop(tile)
            changed = (tile in self._wanted and self._decode(tile, body)) or changed
            if self._clock_s() >= ends_s:
                break
        return changed

    def legend(self, tr: Words) -> list[Swatch]:
        """Return the layer's name beside a piece of it."""
        return [Swatch(self._name, self._draw_sample)] if self.worded else []

    def hits(self, view: MapView, px: float, py: float, tolerance_px: float) -> list[Hit]:
        """Return nothing: a picture has no things."""
        return []

    def block(self, view: MapView, placer: Placer) -> None:
        """Let labels stand on the pictures."""

    def labels(self, view: MapView, selected: str) -> list[Label]:
        """Return nothing: words are in the pictures."""
        return []

    def place_of(self, key: str) -> tuple[float, float] | None:
        """Return nothing: a picture has no things."""
        return None

    def _want(self, grid: Grid, tiles: Sequence[Tile]) -> None:
        wanted = [*_quick_tiles(grid, tiles), *tiles]
        self._wanted = dict.fromkeys(wanted)
        self._waiting = {tile: b for tile, b in self._waiting.items() if tile in self._wanted}
        self._store.want(
            wanted, {tile for tile in wanted if tile in self._pixels or tile in self._waiting}
        )

    def _decode(self, tile: Tile, body: bytes) -> bool:
        grid = self._store.grid
        if grid is None:
            return False
        level = grid.levels[tile.level]
        try:
            pixels = decoded(body, level.tile_width, level.tile_height, self._store.name)
        except PaserError as error:
            self._store.reject(tile, error)
            return False
        self._pixels.put(tile, pixels, self._wanted)
        return True

    def _pieces(self, grid: Grid, tile: Tile) -> list[_Piece]:
        """Return what shows the tile best: itself, all finer ones, a coarser one, some finer."""
        extent = grid.extent(tile)
        if (own := self._pixels.get(tile)) is not None:
            return [_Piece(own, QRectF(own.rect()), extent)]
        finer, whole = self._at(grid, tile.level + 1, extent)
        if whole:
            return finer
        for level in range(tile.level - 1, -1, -1):
            coarser, whole = self._at(grid, level, extent)
            if whole:
                return coarser
        return finer

    def _at(self, grid: Grid, level: int, extent: Extent) -> tuple[list[_Piece], bool]:
        """Return what a level has of a box, cut to it, and whether that is all of it."""
        if level >= len(grid.levels) or grid.count(level, extent) > _MOST_TILES:
            return [], False
        tiles = list(grid.tiles(level, extent))
        pieces = [
            _cut(pixels, grid.extent(tile), extent)
            for tile in tiles
            if (pixels := self._pixels.get(tile)) is not None
        ]
        return pieces, bool(tiles) and len(pieces) == len(tiles)

    def _draw_sample(self, painter: QPainter, box: QRectF) -> None:
        pixels = self._pixels.newest()
        if pixels is not None:
            middle = QRectF(pixels.rect()).center()
            part = QRectF(0, 0, box.width(), box.height())
            part.moveCenter(middle)
            painter.drawPixmap(box, pixels, part)
        painter.setPen(QPen(palette.COAST, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def state_text(state: SourceState, tr: Words, moment: Callable[[Instant], str]) -> str:
    """Return how a source does in words; "" where all is well. `moment` tells an instant."""
    fault = tr(state.fault.template, **state.fault.facts) if state.fault else ""
    match state.phase:
        case Phase.OFFLINE if state.since is not None:
            return tr(
                "Offline since {moment}, shown is what is kept: {why}",
                moment=moment(state.since),
                why=fault,
            )
        case Phase.FAILING:
            return tr("Tiles fail: {why}", why=fault)
        case Phase.OPENING | Phase.LOADING:
            return tr("Loading tiles …")
        case _:
            return ""


def _tiles_of(grid: Grid, view: MapView, sharpness: float) -> list[Tile]:
    """Return the tiles that show the view, those at its centre first."""
    extent = _extent_of(view)
    level = grid.level_for(view.metres_per_px / sharpness)
    while level > 0 and grid.count(level, extent) > _MOST_TILES:
        level -= 1
    if grid.count(level, extent) > _MOST_TILES:
        return []

    def distance(tile: Tile) -> float:
        west, south, east, north = grid.extent(tile)
        return ((west + east) / 2 - view.x) ** 2 + ((south + north) / 2 - view.y) ** 2

    return sorted(grid.tiles(level, extent), key=distance)


def _quick_tiles(grid: Grid, tiles: Sequence[Tile]) -> list[Tile]:
    if not tiles:
        return []
    level = grid.level_for(grid.levels[tiles[0].level].metres_per_px * _QUICK)
    if level >= tiles[0].level:
        return []
    extents = [grid.extent(tile) for tile in tiles]
    whole = Extent(
        min(one.west for one in extents),
        min(one.south for one in extents),
        max(one.east for one in extents),
        max(one.north for one in extents),
    )
    return list(grid.tiles(level, whole))


def _extent_of(view: MapView) -> Extent:
    half_x, half_y = (length * view.metres_per_px / 2 for length in (view.width, view.height))
    return Extent(view.x - half_x, view.y - half_y, view.x + half_x, view.y + half_y)


def _cut(pixels: QPixmap, whole: Extent, box: Extent) -> _Piece:
    """Return the part of a tile's picture that lies in a box."""
    west, south = max(whole.west, box.west), max(whole.south, box.south)
    east, north = min(whole.east, box.east), min(whole.north, box.north)
    across = pixels.width() / (whole.east - whole.west)
    down = pixels.height() / (whole.north - whole.south)
    part = QRectF(
        QPointF((west - whole.west) * across, (whole.north - north) * down),
        QPointF((east - whole.west) * across, (whole.north - south) * down),
    )
    return _Piece(pixels, part, Extent(west, south, east, north))


def _target(view: MapView, extent: Extent, scale: float) -> QRectF:
    """Return where a box is drawn: on whole pixels of the device, without seams and blur."""
    (left, top), (right, bottom) = (
        ((x - view.x) / view.metres_per_px, (view.y - y) / view.metres_per_px)
        for x, y in ((extent.west, extent.north), (extent.east, extent.south))
    )
    return QRectF(
        QPointF(_on_pixel(left + view.width / 2, scale), _on_pixel(top + view.height / 2, scale)),
        QPointF(
            _on_pixel(right + view.width / 2, scale), _on_pixel(bottom + view.height / 2, scale)
        ),
    )


def _on_pixel(px: float, scale: float) -> float:
    return round(px * scale) / scale
