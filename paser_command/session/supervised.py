"""A thread that outlives what its work raises, and is started again where it died."""

import threading
import time
from collections.abc import Callable


class Supervised:
    """Calls `work` again and again until it is told to stop.

    `work` may return when it likes and ask `stopping` in between. What it raises goes to `failed`,
    in the thread; after `pause_s` it is called again. `look`, called by another thread now and
    then, starts the thread again where it died.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], object],
        failed: Callable[[Exception], object],
        pause_s: float,
    ) -> None:
        self.stopping = threading.Event()
        self._name = name
        self._work = work
        self._failed = failed
        self._pause_s = pause_s
        self._thread: threading.Thread | None = None

    @property
    def alive(self) -> bool:
        """Return whether the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin to work."""
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def look(self) -> bool:
        """Start the thread again where it died; return whether it had."""
        died = self._thread is not None and not self.alive and not self.stopping.is_set()
        if died:
            self.start()
        return died

    def stop(self, end_s: float) -> None:
        """Wait for the thread's end until that second of the monotonic clock, then leave it.

        One that is left hangs in a call of the system: it ends with the process.
        """
        self.stopping.set()
        if self._thread is not None:
            self._thread.join(max(0.0, end_s - time.monotonic()))

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._work()
            except Exception as error:  # noqa: BLE001 - a thread that ends leaves the room blind
                self._failed(error)
                self.stopping.wait(self._pause_s)
