"""The outbox on the disk: one file a seat and a journal, read again by the next start.

Each line is the CRC-32 of its JSON in hexadecimal, a space, the JSON, a line feed: an act that
waits, or the keys of acts that the journal has. Acts have keys of their own, so that to send one
again is harmless: a mark that was not written costs nothing.
"""

import fcntl
import hashlib
import os
import re
import threading
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from paser_command.errors import PaserError
from paser_command.records import Command
from paser_command.whole_file import PRIVATE, sync_folder, unwritten, write_whole

MOST_BYTES = 32_000_000
"""Past that an outbox takes nothing more: some fifty thousand acts."""

_MOST_FILES = 9
"""So many consoles of one seat may run at once on one machine."""


class _Line(msgspec.Struct, omit_defaults=True):
    act: Command | None = None
    saved: tuple[str, ...] = ()


_decoder = msgspec.json.Decoder(_Line)


class OutboxFile:
    """Acts that wait, on the disk. Any thread. Locked: of one seat's consoles each has its own.

    `left` are the acts that an earlier console did not get into the journal, `damaged` the numbers
    of the lines that cannot be read.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._file = descriptor
        self._closed = False
        self._lock = threading.Lock()
        content = os.pread(descriptor, MOST_BYTES * 2, 0)
        self._waiting, self.damaged = _read(content)
        self._size = len(content)
        self.left = tuple(self._waiting.values())
        if self.damaged:
            write_whole(self.damaged_path, content, mode=PRIVATE)
        if content and not content.endswith(b"\n"):
            # Whoever wrote it was killed in the middle: the next line is one of its own.
            self._write(b"\n")

    @property
    def damaged_path(self) -> Path:
        """Return where a file with lines that cannot be read is kept as it was."""
        return self.path.with_name(f"{self.path.name}.damaged")

    @property
    def is_full(self) -> bool:
        """Tell whether no more acts may wait."""
        return self._size > MOST_BYTES

    def add(self, commands: Iterable[Command]) -> None:
        """Have the disk keep the acts; PaserError where it does not."""
        added = {command.key: command for command in commands}
        with self._lock:
            self._write(b"".join(_line(_Line(act=command)) for command in added.values()))
            self._waiting |= added

    def forget(self, keys: Iterable[str]) -> None:
        """Let go of acts that the journal has; PaserError where the disk refuses."""
        with self._lock:
            known = [key for key in keys if self._waiting.pop(key, None) is not None]
            if self._waiting:
                self._write(_line(_Line(saved=tuple(known))) if known else b"")
            elif self._size:
                self._truncate()

    def close(self) -> None:
        """Give the file up; one in which nothing waits is taken away. Once closed it stays so."""
        with self._lock:
            if self._closed:
                return
            if not self._waiting:
                with suppress(OSError):
                    self.path.unlink()
            os.close(self._file)
            self._closed = True

    def _write(self, body: bytes) -> None:
        try:
            while body:
                body = body[os.write(self._file, body) :]
            os.fsync(self._file)
            self._size = os.fstat(self._file).st_size
        except OSError as cause:
            # No half line stays before the next one.
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise unwritten(self.path, cause) from cause

    def _truncate(self) -> None:
        try:
            os.ftruncate(self._file, 0)
        except OSError as cause:
            raise unwritten(self.path, cause) from cause
        self._size = 0


def open_outbox(folder: Path, journal: str, seat: str) -> OutboxFile:
    """Open the seat's outbox for a journal, and take over what other consoles of it left.

    `journal` is the journal's identity. PaserError where the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        own = None
        for path in _paths(folder, journal, seat):
            if own is not None and not path.exists():
                continue
            descriptor = _locked(path)
            if descriptor is None:
                continue
            if own is None:
                own = OutboxFile(path, descriptor)
                sync_folder(folder)
            else:
                _take_over(own, OutboxFile(path, descriptor))
    except OSError as cause:
        raise unwritten(folder, cause) from cause
    if own is None:
        raise PaserError(
            "{n} consoles of seat {seat} run on this computer already: close one",
            n=_MOST_FILES,
            seat=seat,
        )
    return own


def _paths(folder: Path, journal: str, seat: str) -> list[Path]:
    """Return where the seat's outboxes lie, the first before."""
    readable = re.sub(r"[^a-z0-9]+", "-", seat.casefold()).strip("-")[:40]
    identity = hashlib.sha256(f"{journal}\n{seat}".encode()).hexdigest()[:16]
    numbers = ("", *(f"-{number}" for number in range(2, _MOST_FILES + 1)))
    return [folder / f"{readable}-{identity}{number}.jsonl" for number in numbers]


def _locked(path: Path) -> int | None:
    """Return the file, opened and locked; None where another console has it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, PRIVATE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        # Whoever had it may have taken it away before it was locked here.
        if _is_at(path, descriptor):
            return descriptor
        os.close(descriptor)


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _take_over(own: OutboxFile, other: OutboxFile) -> None:
    own.add(other.left)
    own.left += other.left
    other.forget([command.key for command in other.left])
    other.close()


def _line(line: _Line) -> bytes:
    body = msgspec.json.encode(line)
    return b"%08x %b\n" % (zlib.crc32(body), body)


def _read(content: bytes) -> tuple[dict[str, Command], tuple[int, ...]]:
    """Return what waits by key, in order, and the numbers of the lines that cannot be read."""
    waiting: dict[str, Command] = {}
    damaged = []
    *lines, rest = content.split(b"\n")
    for number, text in enumerate([*lines, *([rest] if rest else [])], start=1):
        line = _parsed(text)
        if line is None:
            damaged.append(number)
            continue
        if line.act is not None:
            waiting[line.act.key] = line.act
        for key in line.saved:
            waiting.pop(key, None)
    return waiting, tuple(damaged)


def _parsed(text: bytes) -> _Line | None:
    checksum, _, body = text.partition(b" ")
    try:
        if int(checksum, 16) != zlib.crc32(body):
            return None
        return _decoder.decode(body)
    except (ValueError, msgspec.MsgspecError):
        return None
