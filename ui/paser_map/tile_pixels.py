"""The tiles that a layer has as pixels: what is used least lately goes first."""

from collections import OrderedDict
from collections.abc import Container

from PySide6.QtGui import QPixmap

from paser_command.maps.tiles.grid import Tile

ROOM_BYTES = 96 * 2**20
"""About what a view of 3840 x 2160 pixels, and what is drawn around it, takes."""

_BYTES_A_PX = 4


class TilePixels:
    """Pictures of tiles. Those of the view stay, whatever they take."""

    def __init__(self) -> None:
        self._pixels: OrderedDict[Tile, QPixmap] = OrderedDict()
        self._bytes = 0

    def __contains__(self, tile: object) -> bool:
        return tile in self._pixels

    def get(self, tile: Tile) -> QPixmap | None:
        """Return a tile's picture, which is used by that."""
        pixels = self._pixels.get(tile)
        if pixels is not None:
            self._pixels.move_to_end(tile)
        return pixels

    def newest(self) -> QPixmap | None:
        """Return any picture, for a sample."""
        return next(reversed(self._pixels.values()), None)

    def put(self, tile: Tile, pixels: QPixmap, needed: Container[Tile]) -> None:
        """Keep a picture; make room among those that are not needed."""
        self.drop(tile)
        self._pixels[tile] = pixels
        self._bytes += _size(pixels)
        if self._bytes > ROOM_BYTES:
            self._make_room(needed)

    def drop(self, tile: Tile) -> None:
        """Keep a tile's picture no more."""
        pixels = self._pixels.pop(tile, None)
        if pixels is not None:
            self._bytes -= _size(pixels)

    def _make_room(self, needed: Container[Tile]) -> None:
        for tile in [one for one in self._pixels if one not in needed]:
            if self._bytes <= ROOM_BYTES:
                return
            self.drop(tile)


def _size(pixels: QPixmap) -> int:
    return pixels.width() * pixels.height() * _BYTES_A_PX
