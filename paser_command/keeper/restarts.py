"""What follows when a console fell: at once again, in safe mode, or after a while."""

from collections import deque

import msgspec

from paser_command.errors import PaserError

FALLS, WITHIN_S = 3, 60.0
"""So many falls in so much time start safe mode."""

START_ANEW = 76
"""How a console ends that wants the version that is installed now to be started in its place."""

PAUSES_S = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 60.0)


class Start(msgspec.Struct, frozen=True):
    """How a console is started. `fall` is how the one before it ended, to be said on the screen."""

    safe_mode: bool = False
    fall: PaserError | None = None
    after_s: float = 0.0


class Restarts:
    """Counts the falls. Time is that in which the window's loop ran: a slow start hides no fall."""

    def __init__(self) -> None:
        self._alive_s = 0.0
        self._falls: deque[float] = deque(maxlen=FALLS)
        self._pauses = 0

    def after(self, before: Start, lived_s: float, fall: PaserError) -> Start:
        """Return how to go on after a console that was started so, lived so long, and fell."""
        self._alive_s += lived_s
        self._falls.append(self._alive_s)
        if before.safe_mode:
            return Start(safe_mode=True, fall=fall, after_s=self._pause_s(lived_s))
        often = len(self._falls) == FALLS and self._falls[-1] - self._falls[0] <= WITHIN_S
        return Start(safe_mode=often, fall=fall)

    def _pause_s(self, lived_s: float) -> float:
        if lived_s > WITHIN_S:
            self._pauses = 0
            return 0.0
        pause_s = PAUSES_S[min(self._pauses, len(PAUSES_S) - 1)]
        self._pauses += 1
        return pause_s
