"""A map on a window of 1920 x 1080, moved by mouse and wheel as by a hand, frame by frame."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from paser_command.geo import Box
from paser_map.canvas import MapCanvas
from paser_map.view import MapView
from paser_ui.theme.style import apply_theme

WIDTH, HEIGHT = 1920, 1080
FRAMES = 40
"""Of standing still, of panning and of zooming, at each scale."""
SCALES = {
    "island": 6.5,
    "province": 7.6,
    "regency": 9.3,
    "district": 11.0,
    "town": 13.2,
    "quarter": 15.0,
    "street": 17.0,
}

Live = Callable[[], None]
"""What comes meanwhile: called before each frame."""


@contextmanager
def shown_canvas() -> Iterator[MapCanvas]:
    """Show a map."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    apply_theme(app)
    canvas = MapCanvas()
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()
    yield canvas
    canvas.close()


def frames_ms(
    canvas: MapCanvas, lon: float, lat: float, zoom: float, live: Live = lambda: None
) -> list[float]:
    """Stand still, pan and zoom about a place; return each frame's milliseconds.

    A frame is all that the main thread does from one painting to the next: `live`, the input, what
    is due by timers, and the painting of the whole widget. Waiting is none of it.
    """
    canvas.show_place(lon, lat, zoom)
    frames = _Frames(canvas, live)
    frames.settle()
    frames.taken_ms.clear()
    for _ in range(FRAMES):
        frames.next()
    _pan(canvas, frames)
    for notch in (120, 120, -120, -120):
        _wheel(canvas, notch)
        for _ in range(FRAMES // 4):
            frames.next()
    return frames.taken_ms


def box_of(lon: float, lat: float, zoom: float) -> Box:
    """Return what the window shows there, in degrees."""
    view = MapView.of_place(lon, lat, zoom, WIDTH, HEIGHT)
    west, north = view.to_degrees(0, 0)
    east, south = view.to_degrees(WIDTH, HEIGHT)
    return Box(west, south, east, north)


class _Frames(QObject):
    """Takes the time of one frame after the other."""

    def __init__(self, canvas: MapCanvas, live: Live) -> None:
        super().__init__()
        self.taken_ms: list[float] = []
        self._canvas, self._live = canvas, live
        self._painted = False
        canvas.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self._painted = self._painted or event.type() == QEvent.Type.Paint
        return False

    def settle(self) -> None:
        """Go on until the map stands still and all of it is drawn; one frame at least."""
        self.next()
        while not self._canvas.settled:
            self.next()

    def next(self, act: Callable[[], None] = lambda: None) -> None:
        """Go on to the next painting."""
        began_s = time.perf_counter()
        self._live()
        act()
        self._canvas.update()
        self._painted = False
        while not self._painted:
            QCoreApplication.processEvents()
        self.taken_ms.append((time.perf_counter() - began_s) * 1000)
        # The display has sixty frames a second: what is due by timers comes between two of them.
        time.sleep(max(0.0, 1 / 60 - (time.perf_counter() - began_s)))


def _pan(canvas: MapCanvas, frames: _Frames) -> None:
    """Drag the map round in a circle."""
    places = [
        QPointF(
            WIDTH / 2 + 220 * math.cos(2 * math.pi * step / FRAMES),
            HEIGHT / 2 + 160 * math.sin(2 * math.pi * step / FRAMES),
        )
        for step in range(FRAMES + 1)
    ]
    _mouse(canvas, QEvent.Type.MouseButtonPress, places[0])
    for place in places[1:]:
        frames.next(partial(_mouse, canvas, QEvent.Type.MouseMove, place))
    _mouse(canvas, QEvent.Type.MouseButtonRelease, places[-1])


def _mouse(canvas: MapCanvas, kind: QEvent.Type, place: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, place, canvas.mapToGlobal(place), left, left, none)
    QCoreApplication.sendEvent(canvas, event)


def _wheel(canvas: MapCanvas, notch: int) -> None:
    place = QPointF(WIDTH * 0.4, HEIGHT * 0.6)
    event = QWheelEvent(
        place,
        canvas.mapToGlobal(place),
        QPoint(),
        QPoint(0, notch),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(canvas, event)
