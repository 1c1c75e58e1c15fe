"""The error of a source's clock, measured by how far its newest records are ahead of ours."""

from collections.abc import Callable

from paser_command.records import Observation, Position, Record, Report
from paser_command.times import AHEAD, SECOND, Instant, Now

SHOWN_S = 600.0
"""How long a stamp of the future is told after it was seen."""

_SMOOTHING = 0.2
_TELLING = (Observation, Position, Report)
"""Records that are stamped by a clock of the source's."""


class SourceClock:
    """One feed's. `at` minus now is the error where it is above zero; below, it is mostly the age.

    Used by the feed's thread. `clock` is a monotonic clock in seconds, `now` our own time.
    """

    def __init__(self, now: Now, clock: Callable[[], float]) -> None:
        self._now = now
        self._clock = clock
        self._newest: Instant | None = None
        self._newest_key = ""
        self._error_s: float | None = None
        self._ahead_s = 0.0
        self._ahead_key = ""
        self._until = 0.0

    def see(self, record: Record) -> None:
        """Look at a record that is handed over."""
        if type(record) in _TELLING and (self._newest is None or record.at > self._newest):
            self._newest, self._newest_key = record.at, record.key

    def measure(self) -> None:
        """Compare the newest record since the last time with now."""
        if self._newest is None:
            return
        lead = self._newest - self._now()
        lead_s = lead / SECOND
        if lead > AHEAD:
            # One station that is far ahead says nothing of the others: it is told by itself.
            if self._clock() >= self._until or lead_s > self._ahead_s:
                self._ahead_s, self._ahead_key = lead_s, self._newest_key
            self._until = self._clock() + SHOWN_S
        else:
            before = lead_s if self._error_s is None else self._error_s
            self._error_s = before + _SMOOTHING * (lead_s - before)
        self._newest = None

    def facts(self) -> dict[str, str | int | float]:
        """Return the error in seconds where it is measured, and what was far ahead lately."""
        facts: dict[str, str | int | float] = {}
        if self._error_s is not None:
            facts["clock_s"] = round(self._error_s, 1)
        if self._clock() < self._until:
            facts["ahead_s"] = round(self._ahead_s, 1)
            facts["ahead_key"] = self._ahead_key[:80]
        return facts
