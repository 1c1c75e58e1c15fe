"""What the system's service manager is told: that we are ready, and that we are alive."""

import os
import time
from collections.abc import Callable, Mapping

from paser_command.keeper.notify import NOTIFY_VARIABLE, notify

_SHORTEST_S = 1.0
_LONGEST_S = 10.0
"""Ready is told once: it is not to be lost while the manager is busy."""


class Service:
    """Tells the service manager; nothing where there is none. Used by one thread."""

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = environment.get(NOTIFY_VARIABLE)
        self._now_s = now_s
        self._said_s = float("-inf")

    def ready(self) -> None:
        """Tell that what was started now does its work."""
        notify(self._address, "READY=1", wait_s=_LONGEST_S)

    def alive(self) -> None:
        """Tell that the work goes on; called as often as one likes, told once a second."""
        if self._now_s() - self._said_s >= _SHORTEST_S:
            self._said_s = self._now_s()
            notify(self._address, "WATCHDOG=1")
