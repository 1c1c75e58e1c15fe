"""The beat of the window's loop, for whoever keeps the console on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from paser_command.keeper.heart import Heart

EVERY_MS = 1_000


@contextmanager
def beating(app: QApplication, heart: Heart | None) -> Iterator[None]:
    """Beat while the loop runs, from the loop itself; end it where nobody listens any more.

    Whatever comes after the loop is an end that is meant.
    """
    if heart is None:
        yield
        return

    def beat() -> None:
        if not heart.beat():
            # Not `quit`: it asks every window first, and a floating panel's says no.
            app.exit(0)

    timer = QTimer(interval=EVERY_MS)
    timer.timeout.connect(beat)
    timer.start()
    QTimer.singleShot(0, beat)
    yield
    timer.stop()
    heart.leave()
