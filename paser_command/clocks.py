"""A clock that a turned system clock does not drag along at once."""

import logging
import threading
import time
from collections.abc import Callable

from paser_command.times import MINUTE, SECOND, Instant, Now, now

TURNED: Instant = 5 * SECOND
"""A system clock that differs by more from its own course was turned; less is followed at once."""

STANDS_AFTER: Instant = MINUTE
"""A turned clock is followed once it has stood for so long."""

_log = logging.getLogger(__name__)


def since_boot() -> Instant:
    """Return the time since the machine was started, sleep included; nobody can turn it."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000


class SteadyClock:
    """Goes on by the time since boot from the system clock's first instant. Any thread may ask.

    Where the system clock is turned by more than 5 s (a wrong time server, a hand, a virtual
    machine that was moved) it says so once and goes on as before. It follows after the turned clock
    has stood for 60 s: a clock that is wrong for moments leaves no stamp in the journal, where one
    stamp of the future would put off all that comes after it; and a clock that stays turned was
    most likely wrong before, as that of a machine without a battery until it hears of the time.
    """

    def __init__(
        self,
        system: Now = now,
        steady: Now = since_boot,
        tell: Callable[[Instant], None] | None = None,
    ) -> None:
        self._system = system
        self._steady = steady
        self._tell = tell or _warn
        self._lock = threading.Lock()
        self._offset = system() - steady()
        self._turned: tuple[Instant, Instant] | None = None

    def __call__(self) -> Instant:
        """Return the instant that it is now."""
        with self._lock:
            steady = self._steady()
            offset = self._system() - steady
            if abs(offset - self._offset) <= TURNED:
                self._offset, self._turned = offset, None
            elif self._turned is None or abs(offset - self._turned[0]) > TURNED:
                self._turned = (offset, steady)
                self._tell(offset - self._offset)
            elif steady - self._turned[1] >= STANDS_AFTER:
                self._offset, self._turned = offset, None
            return steady + self._offset

    @property
    def turned(self) -> Instant:
        """Return by how much the system clock differs from this one now, 0 unless it was turned."""
        turned = self._turned
        return turned[0] - self._offset if turned else 0


def _warn(by: Instant) -> None:
    _log.warning(
        "the system clock was turned by %+d s: stamps go on as before for %d s",
        by // SECOND,
        STANDS_AFTER // SECOND,
    )
