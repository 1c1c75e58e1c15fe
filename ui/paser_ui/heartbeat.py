"""The beat of the window's loop, for whoever keeps the console on the screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

from paser_command.keeper.heart import Heart

EVERY_MS = 1_000


@contextmanager
def beating(heart: Heart | None, end: Callable[[], None]) -> Iterator[None]:
    """Beat while the loop runs, from the loop itself; `end` it where nobody listens any more."""
    if heart is None:
        yield
        return

    def beat() -> None:
        if not heart.beat():
            end()

    timer = QTimer(interval=EVERY_MS)
    timer.timeout.connect(beat)
    timer.start()
    QTimer.singleShot(0, beat)
    yield
    timer.stop()
