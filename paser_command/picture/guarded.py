"""A plugin's part of the picture: one that raises ends itself, and neither record nor picture."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from paser_command.picture.part import Part
from paser_command.times import Instant

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Guarded:
    """Folds and sweeps a part until it raises for the first time; after that it stands still.

    `fault` is what it raised, None while it works. A part that stands still is not put into
    keyframes: the next start folds it again from the records.
    """

    def __init__(self, part: Part) -> None:
        self.part = part
        self.fault: Exception | None = None

    def fold(self, record: Any) -> None:
        """Fold a record into the part."""
        self._run(lambda: self.part.fold(record), None)

    def sweep(self, hour: Instant) -> None:
        """Sweep the part."""
        self._run(lambda: self.part.sweep(hour), None)

    def dump(self) -> tuple[bytes, ...] | None:
        """Return the part's rows, None where it stands still."""
        return self._run(lambda: tuple(self.part.dump()), None)

    def load(self, rows: Iterable[bytes]) -> bool:
        """Load the part; False where it raised: it is folded again then."""
        try:
            self.part.load(rows)
        except Exception as error:  # noqa: BLE001 - a plugin's code may raise anything
            _log.warning("the part %s cannot be loaded: %r", self.part.name, error)
            return False
        return True

    def _run(self, act: Callable[[], T], otherwise: T) -> T:
        if self.fault is not None:
            return otherwise
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - a plugin's code may raise anything
            self.fault = error
            _log.error("the part %s is stopped", self.part.name, exc_info=error)
            return otherwise
