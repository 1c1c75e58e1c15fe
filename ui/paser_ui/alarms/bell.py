"""The system's bell, in a pattern for each severity: more strokes are worse."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_command.session.view import View, ViewState
from paser_ui.alarms.ringing import BURST_S, Ringing

STROKE_MS = 220
STROKES = {Severity.LOW: 1, Severity.MEDIUM: 1, Severity.HIGH: 2, Severity.CRITICAL: 3}
LOOK_S = 1.0


class Bell(QObject):
    """Rings as `Ringing` says. `look` may be called as often as one likes."""

    def __init__(self, sounds: str, strike: Callable[[], None] = QApplication.beep) -> None:
        super().__init__()
        self.ringing = Ringing(sounds)
        self._strike = strike
        self._left = 0
        self._looked_s = -LOOK_S
        self._current = False
        self._told_s = -BURST_S
        self._timer = QTimer(self, interval=STROKE_MS)
        self._timer.timeout.connect(self._stroke)

    def look(self, live: Picture, view: View, now_s: float) -> None:
        """Ring, where something in the picture of now is new or was left too long.

        One stroke where that picture is current no longer. Before there is one nothing is new.
        """
        if now_s - self._looked_s < LOOK_S or view.state is ViewState.LOADING:
            return
        self._looked_s = now_s
        severity = self.ringing.look(live, now_s)
        lost, self._current = self._current and not view.current, view.current
        if severity is not None:
            self._ring(STROKES[severity])
        elif lost and not self.ringing.silent and now_s - self._told_s >= BURST_S:
            self._told_s = now_s
            self._ring(1)

    def _ring(self, strokes: int) -> None:
        self._left = strokes
        self._stroke()

    def _stroke(self) -> None:
        self._strike()
        self._left -= 1
        if self._left > 0:
            self._timer.start()
        else:
            self._timer.stop()
