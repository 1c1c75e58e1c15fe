"""A map on a window of 1920 x 1080 that is moved and drawn, frame by frame."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from paser_command.geo import Box
from paser_ui.map.canvas import MapCanvas
from paser_ui.map.view import MapView
from paser_ui.theme.style import apply_theme

WIDTH, HEIGHT = 1920, 1080
WARM_UP = 10
FRAMES = 40
"""Of each of standing still, panning and zooming, at each scale."""
SCALES = {
    "island": 6.5,
    "province": 7.6,
    "regency": 9.3,
    "district": 11.0,
    "town": 13.2,
    "quarter": 15.0,
    "street": 17.0,
}
"""Zooms, none of them a level's own: what is drawn is scaled."""


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
    canvas: MapCanvas, lon: float, lat: float, zoom: float, live: Callable[[], None] | None = None
) -> list[float]:
    """Stand still, pan and zoom about a place; return each frame's milliseconds.

    A frame is all that the main thread does for it: the move, what is due by timers, the painting
    of the whole widget, and `live`, which is called before each frame.
    """
    canvas.show_place(lon, lat, zoom)
    while not canvas.settled:
        _frame(canvas, canvas.view, None)
    return [_frame(canvas, view, live) for view in _moves(canvas.view)][WARM_UP:]


def box_of(lon: float, lat: float, zoom: float) -> Box:
    """Return what the window shows there, in degrees."""
    view = MapView.of_place(lon, lat, zoom, WIDTH, HEIGHT)
    west, north = view.to_degrees(0, 0)
    east, south = view.to_degrees(WIDTH, HEIGHT)
    return Box(west, south, east, north)


def _moves(view: MapView) -> Iterator[MapView]:
    for _ in range(WARM_UP + FRAMES):
        yield view
    for step in range(FRAMES):
        turn = 2 * math.pi * step / FRAMES
        view = view.panned(14 * math.cos(turn), 9 * math.sin(turn))
        yield view
    for step in range(FRAMES):
        zoom = view.zoom + (0.03 if step < FRAMES // 2 else -0.03)
        view = view.zoomed(zoom, WIDTH * 0.4, HEIGHT * 0.6)
        yield view


def _frame(canvas: MapCanvas, view: MapView, live: Callable[[], None] | None) -> float:
    began_s = time.perf_counter()
    if live is not None:
        live()
    if view != canvas.view:
        lon, lat = view.place
        canvas.show_place(lon, lat, view.zoom)
    canvas.update()
    QCoreApplication.processEvents()
    return (time.perf_counter() - began_s) * 1000
