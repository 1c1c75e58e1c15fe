"""What a part of the picture is: one subject, folded from its records and its own state alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

import msgspec

from paser_command.picture.summary import Shown, Summary
from paser_command.records import Record
from paser_command.times import DAY, Instant

KEPT: Instant = DAY
"""How long what is over (closed incidents, expired alerts) stays in the picture."""

Changed = Callable[[str, str], None]
"""Notes that a key of a table has changed, or is gone."""


class Dumped(msgspec.Struct, frozen=True):
    """A part put down for a keyframe: `rows` are encoded pieces, in order."""

    part: str
    version: int
    rows: tuple[bytes, ...]


class Part:
    """One part of the picture. Subclass it, and register the class in a `Model`.

    `kinds` are the records that it folds. `tables` name what it holds by key: the picture counts
    their changes by these names. Those in `shown` are found by the search, and wherever things of
    all kinds are listed, by what `summary` says of each. `version` is that of its dump: raise it
    whenever `fold` or `dump` change, and the part of older keyframes is folded again from the
    records.

    A part folds from records and its own state only, so that every route gives the same; all that
    depends on the time is a function of `now`, asked by who draws. `sweep` lets go of what is over.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    tables: ClassVar[tuple[str, ...]]
    kinds: ClassVar[tuple[type[Record], ...]]
    shown: ClassVar[Mapping[str, Shown]] = {}

    def __init__(self, changed: Changed) -> None:
        self._changed = changed

    def table(self, name: str) -> Mapping[str, Any]:
        """Return what a table holds, by key. The picture's owner alone reads it."""
        raise NotImplementedError

    def summary(self, table: str, key: str) -> Summary:
        """Return what everybody asks of a thing that the table holds; for tables in `shown`."""
        raise NotImplementedError

    def fold(self, record: Any) -> None:
        """Take in one record of `kinds`."""
        raise NotImplementedError

    def sweep(self, hour: Instant) -> None:
        """Let go of what is over, once an hour of the journal's own time."""

    def dump(self) -> Iterator[bytes]:
        """Give all that the part holds, in small rows; rows that did not change stay the same."""
        raise NotImplementedError

    def load(self, rows: Iterable[bytes]) -> None:
        """Take up what `dump` of the same version gave. Any error voids the keyframe."""
        raise NotImplementedError

    def held(self) -> Any:
        """Return all that the part holds as a value: two parts are equal where these are."""
        raise NotImplementedError
