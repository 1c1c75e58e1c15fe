"""One stream's limits, each on or off: which of them its numbers have reached."""

from collections.abc import Sequence

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

    def weigh(self, value: float, at: Instant, received: Instant) -> None:
        """Begin to turn, or cease to, by the value. It is due by the clock that received it."""
        held = self._band.deadband if self.on else 0.0
        if (value >= self.limit.value - held) is self.on:
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
    """The limits of one stream, the highest that is on, and the number judged last."""

    def __init__(self, limits: Sequence[tuple[Limit, Band]], stands: Limit | None) -> None:
        self.stands = stands
        self._levels = [
            Level(limit, band, on=stands is not None and limit.value <= stands.value)
            for limit, band in sorted(limits, key=lambda pair: pair[0].value)
        ]

    @property
    def reached(self) -> Limit | None:
        """Return the highest limit that is on."""
        return next((level.limit for level in reversed(self._levels) if level.on), None)

    @property
    def due(self) -> Instant | None:
        """Return when the first limit turns if nothing comes."""
        return min((level.due for level in self._levels if level.due is not None), default=None)

    def weigh(self, value: float, at: Instant, received: Instant) -> None:
        """Let each limit begin to turn, or cease to."""
        for level in self._levels:
            level.weigh(value, at, received)

    def judge(self, value: float, at: Instant, received: Instant) -> None:
        """Turn the limits whose time the number proves to be over."""
        for level in self._levels:
            level.weigh(value, at, received)
            level.settle(at)

    def turn(self, due: Instant) -> None:
        """Turn the limits that are due by then."""
        for level in self._levels:
            if level.due is not None and level.due <= due:
                level.turn()
