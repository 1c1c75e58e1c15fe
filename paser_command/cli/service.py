"""What the system's service manager is told: that we are ready, and that we are alive.

The protocol of sd_notify(3): a datagram to the socket that NOTIFY_SOCKET names.
"""

import os
import socket
import time
from collections.abc import Callable, Mapping

_SHORTEST_S = 1.0


class Service:
    """Tells the service manager; nothing where there is none. Used by one thread."""

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._now_s = now_s
        self._said_s = float("-inf")

    def ready(self) -> None:
        """Tell that what was started now does its work."""
        self._tell("READY=1")

    def alive(self) -> None:
        """Tell that the work goes on; called as often as one likes, told once a second."""
        if self._now_s() - self._said_s >= _SHORTEST_S:
            self._said_s = self._now_s()
            self._tell("WATCHDOG=1")

    def _tell(self, words: str) -> None:
        if not self._address:
            return
        # A leading @ stands for the zero byte of an abstract socket.
        address = self._address.replace("@", "\0", 1)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            try:
                manager.sendto(words.encode("ascii"), address)
            except OSError:
                self._address = ""
