"""The clock of a session: at now, standing, or running through the past at a speed."""

import time
from collections.abc import Callable

import msgspec

from paser_command.session.frames import Mode
from paser_command.times import SECOND, Instant, Now
from paser_command.times import now as system_now

SPEEDS = (1.0, 10.0, 60.0, 600.0)


class _Reading(msgspec.Struct, frozen=True):
    mode: Mode
    speed: float
    at: Instant
    since_s: float
    jumps: int


class Clock:
    """Moved by one thread, read by any: what it shows is one value, replaced whole.

    `jumps` counts the moves after which another picture is shown.
    """

    def __init__(
        self, now: Now = system_now, monotonic_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._now = now
        self._monotonic_s = monotonic_s
        self._reading = _Reading(Mode.LIVE, 1.0, 0, 0.0, 0)

    @property
    def mode(self) -> Mode:
        """Return how the clock runs."""
        return self._reading.mode

    @property
    def speed(self) -> float:
        """Return how many seconds pass in one."""
        return self._reading.speed

    @property
    def jumps(self) -> int:
        """Return how often the clock has jumped."""
        return self._reading.jumps

    def now(self) -> Instant:
        """Return the instant that the clock shows; never later than the real one."""
        real = self._now()
        return min(self._reached(real), real)

    def bound(self) -> Instant | None:
        """Return the instant past which nothing is shown, None where the clock is live."""
        return None if self._reading.mode is Mode.LIVE else self.now()

    def live(self) -> None:
        """Go back to now."""
        self._set(Mode.LIVE, 1.0, 0, jump=self.mode is not Mode.LIVE)

    def pause(self) -> None:
        """Stand still at the instant shown."""
        self._set(Mode.PAUSED, self.speed, self.now(), jump=self.mode is Mode.LIVE)

    def play(self, speed: float = 1.0) -> None:
        """Run from the instant shown."""
        self._set(Mode.PLAYING, speed, self.now(), jump=self.mode is Mode.LIVE)

    def seek(self, instant: Instant) -> None:
        """Show another instant; a live clock stands there, a running one runs on from there."""
        mode = Mode.PLAYING if self.mode is Mode.PLAYING else Mode.PAUSED
        self._set(mode, self.speed, min(instant, self._now()), jump=True)

    def catch_up(self) -> None:
        """Become live where running has reached now."""
        real = self._now()
        if self.mode is Mode.PLAYING and self._reached(real) >= real:
            self.live()

    def _reached(self, real: Instant) -> Instant:
        """Return where the clock is; running, that may lie past the real instant."""
        reading = self._reading
        if reading.mode is Mode.LIVE:
            return real
        if reading.mode is Mode.PAUSED:
            return reading.at
        passed_s = self._monotonic_s() - reading.since_s
        return reading.at + int(passed_s * reading.speed * SECOND)

    def _set(self, mode: Mode, speed: float, at: Instant, *, jump: bool = False) -> None:
        jumps = self._reading.jumps + jump
        self._reading = _Reading(mode, speed, at, self._monotonic_s(), jumps)
