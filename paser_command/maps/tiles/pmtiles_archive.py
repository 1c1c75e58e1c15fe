"""PMTiles archives (specification 3) on the disk, read without trusting what they say."""

import math
import zlib
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO

import msgspec
from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from paser_command.errors import InputError, PaserError
from paser_command.feeds.documents import clean_line
from paser_command.maps.tiles.grid import Tile, web_grid
from paser_command.maps.tiles.store import Found, Opened

_RASTER = (TileType.PNG, TileType.JPEG, TileType.WEBP)
_HEADER_BYTES = 127
_MOST_LEVEL = 24
_MOST_DEPTH = 4
_LARGEST_DIRECTORY = 2**20
_LARGEST_INFLATED = 2**20
_LARGEST_TILE = 4 * 2**20
_KEPT_DIRECTORIES = 8
_FAULTS = (ValueError, EOFError, OverflowError, UnicodeDecodeError, IndexError, OSError, zlib.error)


class _Metadata(msgspec.Struct):
    attribution: str = ""


def open_pmtiles(path: Path, tile_px: int) -> Opened:
    """Open an archive for this thread."""
    if not path.is_file():
        raise InputError("there is no file {path}", path=path)
    archive = _PmTiles(path)
    try:
        return archive.opened(tile_px)
    except PaserError:
        archive.close()
        raise


class _PmTiles:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._directories: OrderedDict[tuple[int, int], list[Entry]] = OrderedDict()
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as cause:
            raise self._unreadable() from cause

    def close(self) -> None:
        self._file.close()

    def opened(self, tile_px: int) -> Opened:
        """Return what the archive says of itself; PaserError where it holds no pictures."""
        try:
            self._header = deserialize_header(self._file.read(_HEADER_BYTES))
        except (*_FAULTS, MagicNumberNotFound, SpecVersionUnsupported) as cause:
            raise self._unreadable() from cause
        if self._header["tile_type"] is TileType.MVT:
            raise InputError(
                "{path} holds vector tiles, and pictures are needed: PNG, JPEG or WebP",
                path=self._path,
            )
        least, most = self._header["min_zoom"], self._header["max_zoom"]
        if self._header["tile_type"] not in _RASTER or not 0 <= least <= most <= _MOST_LEVEL:
            raise self._unreadable()
        grid = web_grid(least, most, tile_px)

        def look(tile: Tile) -> Found:
            level = int(grid.levels[tile.level].name)
            return Found(self._read(zxy_to_tileid(level, tile.column, tile.row)), math.inf)

        return Opened(grid=grid, attribution=self._attribution(), look=look, close=self.close)

    def _attribution(self) -> str:
        part = self._piece(
            self._header["metadata_offset"], self._header["metadata_length"], _LARGEST_DIRECTORY
        )
        try:
            if self._header["internal_compression"] is Compression.GZIP:
                part = _inflated(part)
            return clean_line(msgspec.json.decode(part, type=_Metadata).attribution)
        except (*_FAULTS, msgspec.DecodeError, RecursionError):
            return ""  # its tiles can be shown all the same

    def _read(self, tile_id: int) -> bytes | None:
        where = self._header["root_offset"], self._header["root_length"]
        for _ in range(_MOST_DEPTH):
            entry = find_tile(self._directory(*where), tile_id)
            if entry is None:
                return None
            if entry.run_length:
                start = self._header["tile_data_offset"] + entry.offset
                return self._piece(start, entry.length, _LARGEST_TILE)
            where = self._header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def _directory(self, offset: int, length: int) -> list[Entry]:
        found = self._directories.pop((offset, length), None)
        if found is None:
            data = self._piece(offset, length, _LARGEST_DIRECTORY)
            try:
                _inflated(data)  # the library inflates without a limit, so this comes first
                found = deserialize_directory(data)
            except _FAULTS as cause:
                raise self._unreadable() from cause
        self._directories[offset, length] = found
        if len(self._directories) > _KEPT_DIRECTORIES:
            self._directories.popitem(last=False)
        return found

    def _piece(self, offset: int, length: int, most: int) -> bytes:
        if length > most:
            raise self._unreadable()
        try:
            self._file.seek(offset)
            return self._file.read(length)
        except _FAULTS as cause:
            raise self._unreadable() from cause

    def _unreadable(self) -> PaserError:
        return InputError("{path} is no archive of PMTiles that can be read", path=self._path)


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    inflated = inflater.decompress(data, _LARGEST_INFLATED)
    if inflater.unconsumed_tail or not inflater.eof or inflater.unused_data:
        raise ValueError("too large, cut off, or more than one piece")
    return inflated
