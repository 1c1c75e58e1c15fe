"""The frames of a moving or growing map: a step of the move, and a piece of the ground, in each."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from paser_map.ground import Ground
from paser_map.navigation import Navigation

_FRAME_MS = 16
_SPARE_S, _SPARE_MOVING_S = 0.004, 0.010
"""What a frame leaves to others: more while the map moves, when a late frame is seen."""

_MOST_WORK_S, _LEAST_WORK_S = 0.008, 0.002


class Frames(QObject):
    """`moved` tells of a step, `drawn` of new ground where the map stands still."""

    moved = Signal()
    drawn = Signal()

    def __init__(self, parent: QObject, navigation: Navigation, ground: Ground) -> None:
        super().__init__(parent)
        self._navigation, self._ground = navigation, ground
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.go_on)
        self.paint_s = 0.0
        """How long the last paint took, which the ground leaves time for."""
        self.held = False
        """Whether a hand holds the map and moves it."""

    def start(self) -> None:
        """Go on from frame to frame while there is something to do."""
        # Started again, a timer would wait anew: paints that follow one another would hold it up.
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Leave what is under work."""
        self._timer.stop()
        self._ground.rest()

    def go_on(self) -> None:
        """Take a step of what moves, and draw a piece of the ground in the time that is left."""
        moving = self._navigation.moving
        if moving:
            self._navigation.step()
        spare_s = _SPARE_MOVING_S if moving or self.held else _SPARE_S
        left_s = _FRAME_MS / 1000 - self.paint_s - spare_s
        fresh = self._ground.work(min(max(left_s, _LEAST_WORK_S), _MOST_WORK_S))
        if moving:
            self.moved.emit()
        elif fresh:
            self.drawn.emit()
        if not self._navigation.moving and self._ground.idle:
            self._timer.stop()
