"""A file of the room's own that people may edit: the last good one is kept, defaults stand by."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from paser_command.errors import InputError, PaserError
from paser_command.toml_file import text_in
from paser_command.whole_file import backup_of, keep_as, keep_last, write_whole
from paser_command.workspaces.writing import Parse, checked_body

T = TypeVar("T")


class Kept(NamedTuple, Generic[T]):
    """What to use, and why the file itself was refused, if it was."""

    value: T
    notice: PaserError | None = None


class KeptFile(Generic[T]):
    """Reads and writes one file. `parse` refuses by InputError, `text_of` writes what it takes."""

    def __init__(
        self,
        path: Path,
        *,
        parse: Parse[T],
        text_of: Callable[[T], str],
        default: Callable[[], T],
    ) -> None:
        self.path = path
        self._parse = parse
        self._text_of = text_of
        self._default = default

    def load(self) -> Kept[T]:
        """Return what the file says; the last good one, or the default, where it is refused."""
        if not self.path.exists():
            return Kept(self._default())
        try:
            return Kept(self._read(self.path))
        except InputError as refused:
            return Kept(self._last_good(), refused)

    def save(self, value: T) -> None:
        """Write it; PaserError says why that fails, and what was there stays."""
        body = checked_body(self.path, self._text_of(value), self._parse)
        keep_before(self.path, self._read)
        write_whole(self.path, body)

    def _read(self, path: Path) -> T:
        return self._parse(path, text_in(path))

    def _last_good(self) -> T:
        try:
            return self._read(backup_of(self.path))
        except InputError:
            return self._default()


def keep_before(path: Path, read: Callable[[Path], object]) -> None:
    """Keep what is to be written over: a good one as `.bak`, a refused one as `.refused`."""
    if not path.exists():
        return
    try:
        read(path)
    except InputError:
        keep_as(path, path.with_name(f"{path.name}.refused"))
    else:
        keep_last(path)
