"""MBTiles archives (specification 1.3): an SQLite file with rows counted from the south."""

import math
import sqlite3
import time
from pathlib import Path

from paser_command.errors import InputError, PaserError
from paser_command.feeds.documents import clean_line
from paser_command.maps.tiles.grid import Tile, web_grid
from paser_command.maps.tiles.store import Found, Opened

_RASTER = ("png", "jpg", "jpeg", "webp")
_VECTOR = ("pbf", "mvt")
_MOST_LEVEL = 24
_LONGEST_S = 2.0
_LARGEST_BYTES = 4 * 2**20
_STEPS = 10_000


def open_mbtiles(path: Path, tile_px: int) -> Opened:
    """Open an archive for this thread; the file is only ever read."""
    archive = _MbTiles(path)
    try:
        return archive.opened(tile_px)
    except PaserError:
        archive.close()
        raise


class _MbTiles:
    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise InputError("there is no file {path}", path=path)
        self._ends_s = time.monotonic() + _LONGEST_S
        try:
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error as cause:
            raise self._unreadable() from cause
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_BYTES)
        # A schema may hide a query without an end behind the name of a table.
        self._connection.set_progress_handler(self._is_over, _STEPS)

    def close(self) -> None:
        self._connection.close()

    def opened(self, tile_px: int) -> Opened:
        """Return what the archive says of itself; PaserError where it holds no pictures."""
        self._rows("PRAGMA trusted_schema = OFF")
        metadata = self._metadata()
        image_format = metadata.get("format", "").lower()
        if image_format in _VECTOR:
            raise InputError(
                "{path} holds vector tiles, and pictures are needed: PNG, JPEG or WebP",
                path=self._path,
            )
        if image_format and image_format not in _RASTER:
            raise InputError(
                "{path} holds tiles of the format {format}, and PNG, JPEG or WebP are needed",
                path=self._path,
                format=image_format,
            )
        least, most = self._levels(metadata)
        grid = web_grid(least, most, tile_px)

        def look(tile: Tile) -> Found:
            level = grid.levels[tile.level]
            return Found(
                self._read(int(level.name), tile.column, level.rows - 1 - tile.row), math.inf
            )

        return Opened(
            grid=grid,
            attribution=metadata.get("attribution", ""),
            look=look,
            close=self.close,
        )

    def _metadata(self) -> dict[str, str]:
        rows = self._rows("SELECT name, value FROM metadata LIMIT 1000")
        return {clean_line(name): clean_line(value) for name, value in rows}

    def _levels(self, metadata: dict[str, str]) -> tuple[int, int]:
        """Return the coarsest and the finest level: what is said, else what is there."""
        try:
            least, most = int(metadata["minzoom"]), int(metadata["maxzoom"])
        except (KeyError, ValueError):
            least, most = self._levels_there()
        if not 0 <= least <= most <= _MOST_LEVEL:
            raise self._unreadable()
        return least, most

    def _levels_there(self) -> tuple[int, int]:
        rows = self._rows("SELECT min(zoom_level), max(zoom_level) FROM tiles")
        (least, most) = rows[0]
        if not isinstance(least, int) or not isinstance(most, int):
            raise InputError("{path} holds no tiles", path=self._path)
        return least, most

    def _read(self, z: int, column: int, row: int) -> bytes | None:
        rows = self._rows(
            "SELECT tile_data FROM tiles"
            " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1",
            z,
            column,
            row,
        )
        return bytes(rows[0][0]) if rows and isinstance(rows[0][0], bytes) else None

    def _rows(self, statement: str, *values: int) -> list[tuple[object, ...]]:
        self._ends_s = time.monotonic() + _LONGEST_S
        try:
            return self._connection.execute(statement, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as cause:
            raise self._unreadable() from cause

    def _is_over(self) -> bool:
        return time.monotonic() > self._ends_s

    def _unreadable(self) -> PaserError:
        return InputError("{path} is no archive of MBTiles that can be read", path=self._path)
