"""Zip archives as they come from outside: looked into, never unpacked onto the disk."""

import io
import zlib
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from paser_command.errors import InputError

MOST_ENTRIES = 10_000
LARGEST = 1 << 30
"""Bytes of all that is taken out of one archive."""

HIGHEST_RATIO = 100
RATIO_FROM = 10 << 20
"""Bytes from which the ratio counts: small texts of one sign pack well and harm nobody."""

_PIECE = 1 << 20


class Archive:
    """The entries of a zip file by name. What it says of their sizes is not believed."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._zip = ZipFile(path)
        except (BadZipFile, LargeZipFile, ValueError, NotImplementedError) as cause:
            raise InputError("{file} is no sound zip archive", file=path.name) from cause
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._taken = 0
        if len(self._zip.infolist()) > MOST_ENTRIES:
            raise InputError(
                "{file} has more than {most} entries: it is not opened",
                file=path.name,
                most=MOST_ENTRIES,
            )

    def named(self, suffix: str) -> list[str]:
        """Return the entries whose names end so, in whatever case."""
        return [name for name in self._entries if name.casefold().endswith(suffix)]

    def sibling(self, name: str, suffix: str) -> str | None:
        """Return the entry of the same name with another suffix."""
        wanted = (name.rpartition(".")[0] + suffix).casefold()
        return next((other for other in self._entries if other.casefold() == wanted), None)

    def read(self, name: str) -> IO[bytes]:
        """Return an entry's content; InputError where it is damaged, locked or a bomb."""
        entry = self._entries[name]
        content = io.BytesIO()
        try:
            with self._zip.open(entry) as packed:
                while piece := packed.read(_PIECE):
                    content.write(piece)
                    self._weigh(len(piece), content.tell(), entry)
        except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as cause:
            raise InputError(
                "{entry} in {file} is damaged, or locked with a password",
                entry=name[-80:],
                file=self._name,
            ) from cause
        content.seek(0)
        return content

    def _weigh(self, more: int, whole: int, entry: ZipInfo) -> None:
        self._taken += more
        bomb = whole > RATIO_FROM and whole > HIGHEST_RATIO * max(1, entry.compress_size)
        if bomb or self._taken > LARGEST:
            raise InputError(
                "{file} unpacks to far more than it holds: it is not opened", file=self._name
            )
