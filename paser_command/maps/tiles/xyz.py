"""XYZ servers: one address with places for level, column and row."""

import re

from paser_command.errors import InputError
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles.grid import Tile, web_grid
from paser_command.maps.tiles.servers import host_of

_PLACES = re.compile(r"\{([^{}]*)\}")
_ROWS = ("y", "-y")


class XyzServer:
    """Tiles by {z}, {x} and {y}; {-y} counts rows from the south, as TMS does."""

    attribution = ""

    def __init__(self, source: TileSource) -> None:
        host_of(source.address)
        places = set(_PLACES.findall(source.address))
        if not {"z", "x"} < places or len(places & set(_ROWS)) != 1 or len(places) != 3:
            raise InputError(
                "the address {address} must have {places} for level, column and row, no other",
                address=source.address,
                places="{z}, {x}, {y}",
            )
        self._address = source.address
        self.grid = web_grid(source.least_level, source.most_level, source.tile_px)

    def url(self, tile: Tile) -> str:
        """Return the tile's address."""
        level = self.grid.levels[tile.level]
        values = {
            "{z}": level.name,
            "{x}": str(tile.column),
            "{y}": str(tile.row),
            "{-y}": str(level.rows - 1 - tile.row),
        }
        return _PLACES.sub(lambda place: values[place.group()], self._address)
