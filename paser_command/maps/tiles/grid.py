"""Where the tiles of a pyramid lie on the map, in metres of EPSG:3857."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

HALF_M = math.pi * 6_378_137.0
"""From the middle of the map to each of its edges."""


class Extent(NamedTuple):
    """A box on the map in metres, y to the north."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: "Extent") -> bool:
        """Tell whether the boxes have more than an edge in common."""
        return (
            self.west < other.east
            and other.west < self.east
            and self.south < other.north
            and other.south < self.north
        )


class Tile(NamedTuple):
    """A tile: index of its level in the grid (0 is the coarsest), column, row from the top."""

    level: int
    column: int
    row: int


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """All tiles of one scale. `name` is how the source calls it: z, or a matrix' identifier."""

    name: str
    metres_per_px: float
    left: float
    top: float
    tile_width: int
    tile_height: int
    columns: int
    rows: int

    def extent(self, column: int, row: int) -> Extent:
        """Return where a tile lies. Neighbours share their edges to the last bit."""
        across = self.metres_per_px * self.tile_width
        down = self.metres_per_px * self.tile_height
        return Extent(
            self.left + column * across,
            self.top - (row + 1) * down,
            self.left + (column + 1) * across,
            self.top - row * down,
        )

    def columns_of(self, extent: Extent) -> range:
        """Return the columns that the extent meets."""
        across = self.metres_per_px * self.tile_width
        return _steps(extent.west - self.left, extent.east - self.left, across, self.columns)

    def rows_of(self, extent: Extent) -> range:
        """Return the rows that the extent meets."""
        down = self.metres_per_px * self.tile_height
        return _steps(self.top - extent.north, self.top - extent.south, down, self.rows)


class Grid(msgspec.Struct, frozen=True):
    """A pyramid of tiles: its levels from the coarsest to the finest, at least one."""

    levels: tuple[Level, ...]

    def level_for(self, metres_per_px: float) -> int:
        """Return the level whose pixels are nearest in size, by ratio."""

        def distance(index: int) -> float:
            return abs(math.log(self.levels[index].metres_per_px / metres_per_px))

        return min(range(len(self.levels)), key=distance)

    def extent(self, tile: Tile) -> Extent:
        """Return where the tile lies."""
        return self.levels[tile.level].extent(tile.column, tile.row)

    def tiles(self, level: int, extent: Extent) -> Iterator[Tile]:
        """Give the tiles of a level that the extent meets, by row."""
        columns = self.levels[level].columns_of(extent)
        for row in self.levels[level].rows_of(extent):
            for column in columns:
                yield Tile(level, column, row)

    def count(self, level: int, extent: Extent) -> int:
        """Return how many tiles of a level the extent meets."""
        here = self.levels[level]
        return len(here.columns_of(extent)) * len(here.rows_of(extent))


def web_grid(least: int, most: int, tile_px: int) -> Grid:
    """Return the grid that nearly all servers have: level z has 2^z by 2^z tiles of the world."""
    return Grid(
        tuple(
            Level(
                name=str(z),
                metres_per_px=2 * HALF_M / (tile_px * 2**z),
                left=-HALF_M,
                top=HALF_M,
                tile_width=tile_px,
                tile_height=tile_px,
                columns=2**z,
                rows=2**z,
            )
            for z in range(least, most + 1)
        )
    )


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a place on the map."""
    radius = HALF_M / math.pi
    return math.degrees(x / radius), math.degrees(math.atan(math.sinh(y / radius)))


def _steps(low: float, high: float, step: float, count: int) -> range:
    # A view that ends on a tile's edge does not want the next tile for a rounding error.
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return range(min(max(first, 0), count), min(max(last, 0), count))
