"""What is slow to draw and seldom changes: pictures that moving only moves and scales.

A picture is drawn step by step, a few milliseconds a frame. Until it is ready the one before is
shown in its place, moved and scaled, and below that a coarse one of a wider neighbourhood, so that
nothing is ever empty. A picture under work is finished even if the view has moved on meanwhile,
unless it would be of no use: a map that never stops moving still fills in.
"""

import time
import weakref
from collections.abc import Callable, Generator
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from paser_map import palette
from paser_map.view import MapView

Pieces = Generator[None, None, None]

Steps = Callable[[QPainter, MapView], Pieces]
"""Draws a view in pieces."""

_SPARE = 0.2
"""How much wider than the view a picture is, on each side."""
_WIDE_LEVELS = 2.0
"""By how many levels the coarse picture is further out than the view."""
_USEFUL_LEVELS = 1.5


class _Picture(NamedTuple):
    pixels: QPixmap
    view: MapView
    revision: int

    def place(self, view: MapView) -> QRectF:
        """Return where the picture lies in a view; to the pixel where it is not scaled."""
        scale = 2.0 ** (view.zoom - self.view.zoom)
        across, down = self.view.width * scale, self.view.height * scale
        left = (self.view.x - view.x) / view.metres_per_px + (view.width - across) / 2
        top = (view.y - self.view.y) / view.metres_per_px + (view.height - down) / 2
        if view.zoom == self.view.zoom:
            dpr = self.pixels.devicePixelRatio()
            left, top = round(left * dpr) / dpr, round(top * dpr) / dpr
        return QRectF(left, top, across, down)

    def covers(self, view: MapView, spare: float = 0.0) -> bool:
        """Tell whether the picture leaves no gap in the view and so much more on each side."""
        beyond_x, beyond_y = view.width * spare, view.height * spare
        wanted = QRectF(0, 0, view.width, view.height)
        return self.place(view).contains(wanted.adjusted(-beyond_x, -beyond_y, beyond_x, beyond_y))


class _Work:
    """A picture that is being drawn."""

    def __init__(self, steps: Steps, view: MapView, dpr: float, revision: int) -> None:
        self.view, self._revision = view, revision
        self._pixels = QPixmap(round(view.width * dpr), round(view.height * dpr))
        self._pixels.setDevicePixelRatio(dpr)
        painter = QPainter(self._pixels)
        painter.fillRect(0, 0, view.width, view.height, palette.SEA)
        self._pieces = steps(painter, view)
        # Qt aborts where pixels go that somebody still paints on.
        self._end_painting = weakref.finalize(self, painter.end)

    def go_on(self) -> bool:
        """Draw a piece; False where that was the last."""
        return next(self._pieces, True) is None

    def picture(self) -> _Picture:
        """Return the picture as far as it is drawn; the end of the work."""
        self.end()
        return _Picture(self._pixels, self.view, self._revision)

    def end(self) -> None:
        """Let go of what is drawn with."""
        self._pieces.close()
        self._end_painting()


class Ground:
    """The pictures around the view, and the one that is being drawn for where the view goes.

    `steps` draws all of it, `coarse_steps` what the wider neighbourhood is shown with.
    """

    def __init__(
        self, steps: Steps, coarse_steps: Steps, now_s: Callable[[], float] = time.perf_counter
    ) -> None:
        self._steps, self._coarse_steps = steps, coarse_steps
        self._now_s = now_s
        self.turn = 0
        """How often what is shown has become another."""
        self._revision = 0
        self._goal: MapView | None = None
        self._dpr = 1.0
        self._pictures: list[_Picture] = []
        self._coarse: _Picture | None = None
        self._work: _Work | None = None
        self._coarse_work: _Work | None = None

    @property
    def settled(self) -> bool:
        """Whether everything that was aimed at is drawn."""
        return self._work is None and not self._is_wanting()

    @property
    def idle(self) -> bool:
        """Whether `work` has nothing to do, not even for the wider neighbourhood."""
        return self.settled and self._coarse_work is None and not self._is_coarse_wanting()

    def forget(self) -> None:
        """Draw all of it anew; until that is done the present picture stays."""
        self._revision += 1

    def aim(self, goal: MapView, dpr: float) -> None:
        """Say which view will be wanted."""
        self._goal, self._dpr = goal, dpr
        if self._work is not None and not _is_useful(self._work.view, goal):
            self._work.end()
            self._work = None

    def rest(self) -> None:
        """Leave what is under work."""
        for work in (self._work, self._coarse_work):
            if work is not None:
                work.end()
        self._work = self._coarse_work = None

    def hold_least(self) -> None:
        """Hold one picture, to show at once when somebody looks again: nobody does now."""
        self.rest()
        self._pictures = self._pictures[-1:]
        self._coarse = None
        self.turn += 1

    def work(self, budget_s: float) -> bool:
        """Draw for about so long; True where there is something new to show."""
        until = self._now_s() + budget_s
        fresh = False
        while not self.idle:
            fresh = self._draw_piece() or fresh
            if self._now_s() >= until:
                break
        return fresh

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Show the view as far as it is drawn."""
        shown: list[_Picture] = []
        known = [*([self._coarse] if self._coarse else []), *self._pictures]
        for picture in reversed(known):
            shown.append(picture)
            if picture.covers(view):
                break
        else:
            painter.fillRect(0, 0, view.width, view.height, palette.SEA)
        for picture in reversed(shown):
            place = picture.place(view)
            if picture.view.zoom == view.zoom:
                painter.drawPixmap(place.topLeft(), picture.pixels)
            else:
                painter.drawPixmap(place, picture.pixels, QRectF(picture.pixels.rect()))

    def _draw_piece(self) -> bool:
        """Draw a piece of what is wanted most; True where a picture became ready."""
        if self._work is None and self._is_wanting() and self._goal is not None:
            self._work = _Work(self._steps, _wider(self._goal), self._dpr, self._revision)
        if self._work is not None:
            return self._go_on(self._work)
        if self._coarse_work is None and self._goal is not None:
            self._coarse_work = _Work(self._coarse_steps, _coarser(self._goal), 1.0, 0)
        if self._coarse_work is not None and not self._coarse_work.go_on():
            self._coarse, self._coarse_work = self._coarse_work.picture(), None
            self.turn += 1
        return False

    def _go_on(self, work: _Work) -> bool:
        more = False
        try:
            more = work.go_on()
        finally:
            # A layer that fails ends the picture: it would fail again.
            if not more:
                self._pictures = [*self._pictures[-1:], work.picture()]
                self._work = None
                self.turn += 1
        return not more

    def _is_wanting(self) -> bool:
        if self._goal is None:
            return False
        newest = self._pictures[-1] if self._pictures else None
        return newest is None or not (
            newest.view.zoom == self._goal.zoom
            and newest.revision == self._revision
            and newest.pixels.devicePixelRatio() == self._dpr
            and newest.covers(self._goal, _SPARE / 2)
        )

    def _is_coarse_wanting(self) -> bool:
        if self._goal is None:
            return False
        coarse = self._coarse
        return coarse is None or not (
            coarse.covers(self._goal, 0.5)
            and abs(self._goal.zoom - _WIDE_LEVELS - coarse.view.zoom) <= 1.0
        )


def _wider(view: MapView) -> MapView:
    spare_x, spare_y = round(view.width * _SPARE), round(view.height * _SPARE)
    return view.resized(view.width + 2 * spare_x, view.height + 2 * spare_y)


def _coarser(view: MapView) -> MapView:
    return msgspec.structs.replace(view, zoom=view.zoom - _WIDE_LEVELS)


def _is_useful(drawn: MapView, goal: MapView) -> bool:
    """Tell whether a picture of one view helps to show the other."""
    if abs(drawn.zoom - goal.zoom) > _USEFUL_LEVELS:
        return False
    reach_x = (drawn.width * drawn.metres_per_px + goal.width * goal.metres_per_px) / 2
    reach_y = (drawn.height * drawn.metres_per_px + goal.height * goal.metres_per_px) / 2
    return abs(drawn.x - goal.x) < reach_x and abs(drawn.y - goal.y) < reach_y
