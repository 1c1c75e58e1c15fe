"""The guard around a stranger's code: faults are counted, and too many pause the part."""

import traceback
from collections import deque
from collections.abc import Callable
from typing import TypeVar

import msgspec

FAULTS_TO_PAUSE = 3
FAULT_WINDOW_S = 60.0

Result = TypeVar("Result")


class Fault(msgspec.Struct, frozen=True):
    """What went wrong in a part, for its place on the screen and for the log."""

    part: str
    kind: str
    message: str
    trace: str


class Guard:
    """Runs one part's code, and stops running it after three faults in a minute.

    `now_s` is a monotonic clock in seconds. `fault` is the last one; it stays until `resume`.
    """

    def __init__(self, part: str, now_s: Callable[[], float]) -> None:
        self.part = part
        self.paused = False
        self.fault: Fault | None = None
        self._now_s = now_s
        self._faults: deque[float] = deque(maxlen=FAULTS_TO_PAUSE)

    def run(self, call: Callable[[], Result]) -> Result | None:
        """Return what the call returns; None where it raised or the part is paused."""
        if self.paused:
            return None
        try:
            return call()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - strangers' code may raise anything
            self.blame(error)
            return None

    def blame(self, error: BaseException) -> None:
        """Count a fault that showed elsewhere, such as in a slot of the part's own."""
        self.fault = Fault(
            part=self.part,
            kind=getattr(error, "kind", type(error).__name__),
            message=str(error)[:500],
            trace="".join(traceback.format_exception(error))[-8_000:],
        )
        now_s = self._now_s()
        self._faults.append(now_s)
        if len(self._faults) == FAULTS_TO_PAUSE and now_s - self._faults[0] <= FAULT_WINDOW_S:
            self.paused = True

    def pause(self) -> None:
        """Stop running the part at once: it could not even be built."""
        self.paused = True

    def resume(self) -> None:
        """Run the part again, with a clean count."""
        self.paused = False
        self.fault = None
        self._faults.clear()
