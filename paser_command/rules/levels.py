"""One stream's limits, each on or off: which of them its numbers have reached."""

from collections.abc import Sequence
from math import inf

from paser_command.records import Limit
from paser_command.rules.bands import Band
from paser_command.times import Instant


class Level:
    """One limit: on while the value is there, and turned only once it has stayed so."""

    def __init__(self, limit: Limit, band: Band, *, on: bool) -> None:
        self.limit = limit
        self.on = on
        self.due: Instant | None = None
        self._band = band
        self._since: Instant = 0

    @property
    def goes_below(self) -> float:
        """Return below which value the limit that is on begins to turn."""
        return self.limit.value - self._band.deadband

    def weigh(self, value: float, at: Instant, received: Instant) -> None:
        """Begin to turn, or cease to, by the value. It is due by the clock that received it."""
        there = value >= (self.goes_below if self.on else self.limit.value)
        if there is self.on:
            self.due = None
        elif self.due is None:
            self._since, self.due = at, received + self._delay

    def settle(self, at: Instant) -> None:
        """Turn where the numbers alone prove that the value stayed, whenever they came."""
        if self.due is not None and at - self._since >= self._delay:
            self.turn()

    def turn(self) -> None:
        """Turn now."""
        self.on, self.due = not self.on, None

    @property
    def _delay(self) -> Instant:
        return self._band.off_delay if self.on else self._band.on_delay


class Levels:
    """The limits of one stream, and the one that its alarm `stands` for."""

    def __init__(self, limits: Sequence[tuple[Limit, Band]], stands: Limit | None) -> None:
        self.stands = stands
        self._levels = [
            Level(limit, band, on=stands is not None and limit.value <= stands.value)
            for limit, band in sorted(limits, key=lambda pair: pair[0].value)
        ]
        self._low, self._high = self._calm()

    @property
    def reached(self) -> Limit | None:
        """Return the highest limit that is on."""
        return next((level.limit for level in reversed(self._levels) if level.on), None)

    @property
    def due(self) -> Instant | None:
        """Return when the first limit turns if nothing comes."""
        return min((level.due for level in self._levels if level.due is not None), default=None)

    def change(self) -> tuple[Limit | None, Limit | None] | None:
        """Return the limit that stood and the one that stands from now on; None where it does."""
        before, reached = self.stands, self.reached
        if _alike(before, reached):
            return None
        self.stands = reached
        self._low, self._high = self._calm()
        return before, reached

    def is_calm(self, value: float) -> bool:
        """Tell whether the value moves nothing: so it is with nearly all of them."""
        return self._low <= value < self._high

    def weigh(self, value: float, at: Instant, received: Instant) -> None:
        """Let each limit begin to turn, or cease to."""
        for level in self._levels:
            level.weigh(value, at, received)
        self._low, self._high = self._calm()

    def judge(self, value: float, at: Instant, received: Instant) -> None:
        """Turn the limits whose time the number proves to be over."""
        for level in self._levels:
            level.weigh(value, at, received)
            level.settle(at)
        self._low, self._high = self._calm()

    def turn(self, due: Instant) -> None:
        """Turn the limits that are due by then."""
        for level in self._levels:
            if level.due is not None and level.due <= due:
                level.turn()
        self._low, self._high = self._calm()

    def _calm(self) -> tuple[float, float]:
        """Return from which value up to which nothing changes; none while something does."""
        if self.due is not None or not _alike(self.stands, self.reached):
            return 0.0, 0.0
        low = (level.goes_below for level in self._levels if level.on)
        high = (level.limit.value for level in self._levels if not level.on)
        return max(low, default=-inf), min(high, default=inf)


def _alike(one: Limit | None, other: Limit | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.value, one.severity) == (other.value, other.severity)
