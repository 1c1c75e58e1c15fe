"""Promise: tiles lie where mercantile says, and neighbours share their edges."""

import random

import mercantile
import pytest

from paser_command.maps.tiles.grid import HALF_M, Extent, Grid, Level, Tile, to_degrees, web_grid
from tests.tiles import WORLD

GRID = web_grid(0, 22, 256)


@pytest.mark.parametrize("seed", range(20))
def test_a_tile_lies_where_mercantile_says(seed):
    chance = random.Random(seed)
    z = chance.randrange(23)
    tile = mercantile.Tile(chance.randrange(2**z), chance.randrange(2**z), z)

    extent = GRID.extent(Tile(z, tile.x, tile.y))

    assert extent == pytest.approx(tuple(mercantile.xy_bounds(tile)), abs=1e-6)
    west, north = to_degrees(extent.west, extent.north)
    bounds = mercantile.bounds(tile)
    assert (west, north) == pytest.approx((bounds.west, bounds.north), abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_the_tiles_of_a_box_are_mercantiles(seed):
    chance = random.Random(seed)
    lon, lat, z = chance.uniform(-170, 170), chance.uniform(-80, 80), chance.randrange(3, 16)
    step = 900 / 2**z
    box = lon, lat, min(lon + step, 179.9), min(lat + step, 84.9)
    (west, south), (east, north) = mercantile.xy(*box[:2]), mercantile.xy(*box[2:])

    tiles = set(GRID.tiles(z, Extent(west, south, east, north)))

    assert tiles == {Tile(z, tile.x, tile.y) for tile in mercantile.tiles(*box, zooms=[z])}


def test_neighbours_share_their_edges_to_the_last_bit():
    level = GRID.levels[17]

    one, right, below = level.extent(107_840, 66_001), level.extent(107_841, 66_001), None
    below = level.extent(107_840, 66_002)

    assert one.east == right.west
    assert one.south == below.north


def test_a_box_that_ends_on_an_edge_does_not_want_the_next_tile():
    assert list(GRID.tiles(3, GRID.extent(Tile(3, 5, 2)))) == [Tile(3, 5, 2)]


def test_a_level_ends_at_the_worlds_edge():
    far = Extent(-5 * HALF_M, -5 * HALF_M, 5 * HALF_M, 5 * HALF_M)

    assert list(GRID.tiles(1, far)) == list(GRID.tiles(1, WORLD))
    assert GRID.count(1, far) == 4
    assert GRID.count(5, Extent(2 * HALF_M, 0, 3 * HALF_M, 1)) == 0


@pytest.mark.parametrize(("zoom", "level"), [(0.4, 0), (0.6, 1), (7.0, 7), (11.4, 11), (30.0, 22)])
def test_the_level_is_the_one_with_pixels_nearest_in_size(zoom, level):
    assert GRID.level_for(2 * HALF_M / (256 * 2**zoom)) == level


def test_tiles_of_512_pixels_are_a_level_sharper():
    assert web_grid(0, 10, 512).level_for(2 * HALF_M / (256 * 2**7)) == 6


def test_a_grid_may_begin_anywhere_and_be_of_any_tile():
    level = Level(
        name="a",
        metres_per_px=100.0,
        left=12_800_000.0,
        top=-100_000.0,
        tile_width=300,
        tile_height=200,
        columns=4,
        rows=3,
    )
    grid = Grid((level,))

    assert grid.extent(Tile(0, 1, 2)) == (12_830_000.0, -160_000.0, 12_860_000.0, -140_000.0)
    inside = Extent(12_829_000.0, -121_000.0, 12_831_000.0, -119_000.0)
    assert set(grid.tiles(0, inside)) == {Tile(0, c, r) for c in (0, 1) for r in (0, 1)}
