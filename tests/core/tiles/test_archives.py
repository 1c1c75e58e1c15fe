"""Promise: archives of pictures are read as their formats say, and no file can do harm."""

import contextlib
import gzip
import math
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import mercantile
import pytest
from pmtiles.tile import TileType

from paser_command.errors import PaserError
from paser_command.maps.tiles.grid import Tile
from paser_command.maps.tiles.mbtiles import open_mbtiles
from paser_command.maps.tiles.pmtiles_archive import open_pmtiles
from paser_command.maps.tiles.store import Opened
from tests.tiles import png, tile_colour, write_mbtiles, write_pmtiles


def mbtiles(path: Path) -> Opened:
    return open_mbtiles(path, 256)


def pmtiles(path: Path) -> Opened:
    return open_pmtiles(path, 256)


ARCHIVES = pytest.mark.parametrize(
    ("write", "read"),
    [
        (lambda path: write_mbtiles(path, range(2, 5), format="png", attribution="BIG"), mbtiles),
        (lambda path: write_pmtiles(path, range(2, 5), attribution="BIG"), pmtiles),
    ],
    ids=["mbtiles", "pmtiles"],
)


@ARCHIVES
def test_each_tile_is_the_one_that_mercantile_means(tmp_path, write, read):
    opened = read(write(tmp_path / "a"))

    for z in (2, 3, 4):
        tile = mercantile.tile(116.19, -1.91, z)
        found = opened.look(Tile(z - 2, tile.x, tile.y))
        assert (found.body, found.due_s) == (png(colour=tile_colour(z, tile.x, tile.y)), math.inf)
    opened.close()


@ARCHIVES
def test_levels_and_attribution_are_the_archives_own(tmp_path, write, read):
    opened = read(write(tmp_path / "a"))

    assert [level.name for level in opened.grid.levels] == ["2", "3", "4"]
    assert opened.attribution == "BIG"
    opened.close()


@pytest.mark.parametrize("read", [mbtiles, pmtiles])
def test_a_file_that_is_not_there_is_told(tmp_path, read):
    with pytest.raises(PaserError, match="there is no file"):
        read(tmp_path / "none")


@pytest.mark.parametrize("read", [mbtiles, pmtiles])
@pytest.mark.parametrize(
    "data", [b"", b"not an archive", bytes(200), b"PMTiles\x03" + b"\xff" * 200]
)
def test_a_file_that_is_no_archive_is_told(tmp_path, read, data):
    path = tmp_path / "a"
    path.write_bytes(data)

    with pytest.raises(PaserError, match="no archive of"):
        read(path)


def test_vector_tiles_are_refused_with_what_is_needed(tmp_path):
    with pytest.raises(PaserError, match="holds vector tiles, and pictures are needed"):
        mbtiles(write_mbtiles(tmp_path / "a", range(1), format="pbf"))
    with pytest.raises(PaserError, match="holds vector tiles, and pictures are needed"):
        pmtiles(write_pmtiles(tmp_path / "b", range(1), TileType.MVT))


def test_an_mbtiles_need_not_say_its_levels(tmp_path):
    opened = mbtiles(write_mbtiles(tmp_path / "a", range(1, 3), minzoom="x", format="png"))

    assert [level.name for level in opened.grid.levels] == ["1", "2"]
    opened.close()


def test_a_tile_that_an_archive_has_not_is_nobody_elses(tmp_path):
    path = write_mbtiles(tmp_path / "a", range(1), format="png", minzoom="0", maxzoom="3")
    opened = mbtiles(path)

    found = opened.look(Tile(3, 1, 1))

    assert (found.body, found.due_s) == (None, math.inf)
    opened.close()


def test_an_mbtiles_is_only_read(tmp_path):
    path = write_mbtiles(tmp_path / "a", range(1), format="png")
    before = path.read_bytes()
    path.chmod(0o400)

    opened = mbtiles(path)
    opened.look(Tile(0, 0, 0))
    opened.close()

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_query_without_an_end_behind_a_table_ends(tmp_path, monkeypatch):
    monkeypatch.setattr("paser_command.maps.tiles.mbtiles._LONGEST_S", 0.2)
    path = tmp_path / "a"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE metadata (name text, value text)")
        file.execute(
            "CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS zoom_level, i AS tile_column, i AS tile_row, 'x' AS tile_data FROM n"
        )
    file.close()

    with pytest.raises(PaserError, match="no archive of MBTiles"):
        mbtiles(path)


def test_a_pmtiles_directory_that_grows_without_end_is_refused(tmp_path):
    path = write_pmtiles(tmp_path / "a", range(2))
    bomb = gzip.compress(bytes(300 * 2**20), 9)[: 2**20]
    data = bytearray(path.read_bytes())
    data[8:24] = len(data).to_bytes(8, "little") + len(bomb).to_bytes(8, "little")
    path.write_bytes(bytes(data) + bomb)
    opened = pmtiles(path)

    with pytest.raises(PaserError, match="no archive of PMTiles"):
        opened.look(Tile(0, 0, 0))
    opened.close()


@ARCHIVES
def test_a_damaged_archive_gives_a_tile_or_an_error(tmp_path, write, read):
    whole = write(tmp_path / "a").read_bytes()
    chance = random.Random(1)

    for number in range(150):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(min(len(data), 3_000))] = chance.randrange(256)
        path = tmp_path / f"b{number}"
        path.write_bytes(data[: chance.randrange(len(data))] if number % 3 == 0 else data)
        look_at_all(read, path)
        path.unlink()


def look_at_all(read: Callable[[Path], Opened], path: Path) -> None:
    try:
        opened = read(path)
    except PaserError:
        return
    for tile in (Tile(0, 0, 0), Tile(len(opened.grid.levels) - 1, 1, 0)):
        with contextlib.suppress(PaserError):
            opened.look(tile)
    opened.close()
