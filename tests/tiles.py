"""What tests of tiles share: pictures, archives, a service on a folder, and waiting for tiles."""

import gzip
import json
import os
import shutil
import sqlite3
import struct
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from paser_command.maps.tiles.grid import HALF_M, Extent, Tile
from paser_command.maps.tiles.store import TileStore
from tests.hostile.server import Reply, Visit
from tests.patience import patient

WORLD = Extent(-HALF_M, -HALF_M, HALF_M, HALF_M)
_LONGEST_S = 20.0
_CONFIG = 'CONFIG ENV MS_MAP_PATTERN "." END END\n'

Colour = tuple[int, int, int]


def png(width: int = 256, height: int | None = None, colour: Colour = (40, 90, 60)) -> bytes:
    """Return a PNG of one colour."""
    height = width if height is None else height
    row = b"\x00" + bytes(colour) * width
    return png_of(width, height, row * height)


def png_of(width: int, height: int, rows: bytes, *, bits: int = 8, kind: int = 2) -> bytes:
    """Return a PNG of filtered rows, whatever the header says of them."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def tile_colour(z: int, column: int, row: int) -> Colour:
    """Return a colour that tells which tile it is."""
    return 20 + 30 * (column % 8), 20 + 30 * (row % 8), 10 * z


def write_mbtiles(path: Path, levels: range, **metadata: str) -> Path:
    """Write an archive of all tiles of a few levels, as the specification says."""
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE metadata (name text, value text)")
        file.execute(
            "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer,"
            " tile_data blob)"
        )
        file.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        file.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            (
                (z, x, 2**z - 1 - y, png(colour=tile_colour(z, x, y)))
                for z, x, y in _all_tiles(levels)
            ),
        )
    file.close()
    return path


def write_pmtiles(
    path: Path, levels: range, kind: TileType = TileType.PNG, attribution: str = ""
) -> Path:
    """Write an archive with the format's own library."""
    with path.open("wb") as file:
        writer = Writer(file)
        for z, x, y in sorted(_all_tiles(levels), key=lambda tile: zxy_to_tileid(*tile)):
            writer.write_tile(zxy_to_tileid(z, x, y), png(colour=tile_colour(z, x, y)))
        writer.finalize(
            {
                "tile_type": kind,
                "tile_compression": Compression.NONE,
                "min_lon_e7": -1_800_000_000,
                "min_lat_e7": -850_000_000,
                "max_lon_e7": 1_800_000_000,
                "max_lat_e7": 850_000_000,
                "center_zoom": 0,
                "center_lon_e7": 0,
                "center_lat_e7": 0,
            },
            {"attribution": attribution},
        )
    return path


def json_zipped(value: object) -> bytes:
    """Return a document as PMTiles keeps one."""
    return gzip.compress(json.dumps(value).encode())


def until(condition: Callable[[], object]) -> None:
    """Wait until the condition holds; fail after a long while."""
    ends = time.monotonic() + patient(_LONGEST_S)
    while not condition():
        if time.monotonic() > ends:
            pytest.fail("it does not come to hold")
        time.sleep(0.005)


def taken(store: TileStore, tiles: list[Tile], count: int | None = None) -> dict[Tile, bytes]:
    """Want tiles, wait for so many of them (all where nothing is said), and return them."""
    until(lambda: store.grid is not None)
    store.want(tiles, frozenset())
    came: dict[Tile, bytes] = {}

    def is_there() -> bool:
        came.update(store.take())
        return len(came) >= (len(tiles) if count is None else count)

    until(is_there)
    return came


def mapserver(folder: Path, map_text: str) -> Reply:
    """Answer as the real MapServer does with this map, run as a CGI program for each request."""
    if shutil.which("mapserv") is None:
        reason = "MapServer is missing: tools/system-packages.sh cgi-mapserver"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    (folder / "test.map").write_text(map_text)
    (folder / "test.conf").write_text(_CONFIG)

    def run(visit: Visit) -> None:
        answer = subprocess.run(
            ["mapserv"],
            env={
                "MAPSERVER_CONFIG_FILE": str(folder / "test.conf"),
                "MS_MAPFILE": str(folder / "test.map"),
                "REQUEST_METHOD": "GET",
                "QUERY_STRING": urlsplit(visit.path).query,
            },
            capture_output=True,
            check=False,
            timeout=30,
        ).stdout
        head, _, body = answer.partition(b"\r\n\r\n")
        kind = head.split(b":", 1)[1].strip().decode()
        visit.answer(Reply(body, headers=(("Content-Type", kind),)))

    return Reply(write=run)


def _all_tiles(levels: range) -> Iterator[tuple[int, int, int]]:
    for z in levels:
        for x in range(2**z):
            for y in range(2**z):
                yield z, x, y


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum
