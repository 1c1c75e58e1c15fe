"""Tiles kept on the disk: a quota, the least used go first, and nothing in it is needed.

One file a tile, written beside and renamed, with a checksum: a process that is killed, or another
console on the same folder, leaves a whole tile or none. A tile that does not check is thrown away.
"""

import hashlib
import logging
import os
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from paser_command.times import SECOND, Instant

_MAGIC = b"PCT1"
_SUFFIX = ".tile"
_PART = ".part"
_USED_STEP_S = 60.0
"""How exactly it is kept when a tile was used last."""

_PART_LIVES_S = 3_600.0
_SWEPT_TO = 0.9
_SWEEP_EACH = 0.1
"""The folder is looked through each time that this share of the quota was written."""

_log = logging.getLogger(__name__)


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """An answer of a server: when it was asked, how long it holds, and what tells it is the same.

    `url` is the address that answered, which the server's marks are of.
    """

    asked: Instant
    fresh_s: float
    url: str
    etag: str
    last_modified: str
    body: bytes

    def fresh_until(self) -> Instant:
        """Return when the server wants to be asked again."""
        return self.asked + int(self.fresh_s * SECOND)


class _File(NamedTuple):
    used_s: float
    size: int
    path: str


class TileCache:
    """The folder of kept tiles. Any thread may call; several consoles may have the same folder.

    Where the disk fails, tiles are not kept, the log says so once, and nothing else happens.
    """

    def __init__(self, folder: Path, quota_bytes: int) -> None:
        self._folder = folder
        self._quota_bytes = quota_bytes
        self._lock = threading.Lock()
        self._written: float = quota_bytes  # so that the first write looks through the folder
        self._failing = False

    def get(self, address: str) -> Kept | None:
        """Return what is kept of an address; None where nothing is, or nothing whole."""
        path = self._path(address)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        kept = _decoded(data)
        if kept is None:
            self._remove(path)
            return None
        self._mark_used(path)
        return kept

    def put(self, address: str, kept: Kept) -> None:
        """Keep an answer in place of the last one."""
        path = self._path(address)
        part = path.with_name(f"{path.stem}.{os.getpid()}-{threading.get_ident()}{_PART}")
        data = _encoded(kept)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(path)
        except OSError as error:
            self._remove(part)
            self._say(error)
            return
        self._say(None)
        if self._is_sweep_due(len(data)):
            self._sweep()

    def drop(self, address: str) -> None:
        """Keep nothing of an address: what was kept is no tile."""
        self._remove(self._path(address))

    def _path(self, address: str) -> Path:
        # Addresses may carry keys, so no part of one stands on the disk in a file's name.
        name = hashlib.sha256(address.encode()).hexdigest()[:40]
        return self._folder / name[:2] / f"{name}{_SUFFIX}"

    def _mark_used(self, path: Path) -> None:
        try:
            if time.time() - path.stat().st_mtime > _USED_STEP_S:
                os.utime(path)
        except OSError:
            pass  # another console threw it away, or the disk is read-only: it was read

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self._say(error)

    def _say(self, error: OSError | None) -> None:
        with self._lock:
            failed, self._failing = self._failing, error is not None
        if error is not None and not failed:
            _log.warning("tiles are not kept on the disk any more: %s", error.strerror)
        if error is None and failed:
            _log.info("tiles are kept on the disk again")

    def _is_sweep_due(self, size: int) -> bool:
        with self._lock:
            self._written += size
            due = self._written > self._quota_bytes * _SWEEP_EACH
            if due:
                self._written = 0
            return due

    def _sweep(self) -> None:
        """Take out what a killed process left, and, over the quota, what was used least lately."""
        now_s = time.time()
        files = []
        for file in self._files():
            if file.path.endswith(_SUFFIX):
                files.append(file)
            elif now_s - file.used_s > _PART_LIVES_S:
                self._remove(Path(file.path))
        total = sum(file.size for file in files)
        if total <= self._quota_bytes:
            return
        for file in sorted(files):
            if total <= self._quota_bytes * _SWEPT_TO:
                break
            self._remove(Path(file.path))
            total -= file.size

    def _files(self) -> Iterator[_File]:
        for path in self._folder.glob("*/*"):
            try:
                status = path.stat()
            except OSError:
                continue  # another console threw it away
            yield _File(status.st_mtime, status.st_size, str(path))


def _encoded(kept: Kept) -> bytes:
    body = msgspec.msgpack.encode(kept)
    return _MAGIC + zlib.crc32(body).to_bytes(4, "big") + body


def _decoded(data: bytes) -> Kept | None:
    head, body = data[:8], data[8:]
    if head != _MAGIC + zlib.crc32(body).to_bytes(4, "big"):
        return None
    try:
        return msgspec.msgpack.decode(body, type=Kept)
    except msgspec.DecodeError:
        return None
