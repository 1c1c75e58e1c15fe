"""The corners of a drawing under change: taken hold of, pulled, put in, taken out."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF

from paser_command.geo import LonLat, Ring
from paser_command.geodesy import circle, course
from paser_command.picture.drawing_change import (
    LEAST_PLACES,
    LEAST_RADIUS_M,
    MOST_PLACES,
    MOST_RADIUS_M,
    Change,
    DrawnShape,
)
from paser_command.picture.drawings import Drawing
from paser_map.drawing.ink import pixels
from paser_map.projection import to_degrees, to_map
from paser_map.view import MapView

REACH_PX = 8.0
MIDDLE_FROM_PX = 32.0
"""An edge that is shorter has no middle to take hold of."""

WHOLE, RIM = -1, -2
"""What is held where it is no corner: all of it, and the rim of a circle."""


class Grip(NamedTuple):
    """What a press took hold of: a corner by its number, `WHOLE` or `RIM`, and whence."""

    held: int
    start: tuple[float, float]


class Corners:
    """Places and radius of a drawing as they are pulled about; the journal knows nothing of it."""

    def __init__(self, drawing: Drawing) -> None:
        self.shape = drawing.shape
        self.places: list[LonLat] = list(drawing.places)
        self.radius_m = drawing.radius_m
        self._before: tuple[list[LonLat], float] = (list(self.places), self.radius_m)

    @property
    def change(self) -> Change | None:
        """What was changed since the drawing was taken, None where nothing was."""
        places, radius_m = self._before
        if (places, radius_m) == (self.places, self.radius_m):
            return None
        circled = self.shape is DrawnShape.CIRCLE
        return Change(
            shape=self.shape,
            places=tuple(self.places),
            radius_m=self.radius_m if circled else None,
        )

    def outline(self) -> Ring:
        """Return the shape's line, closed where the shape is."""
        if self.shape is DrawnShape.CIRCLE:
            return circle(self.places[0], self.radius_m)
        if self.shape is DrawnShape.AREA:
            return (*self.places, self.places[0])
        return tuple(self.places)

    def handles(self, view: MapView) -> list[QPointF]:
        """Return the pixels of the corners; of a circle its centre and a place of its rim."""
        if self.shape is DrawnShape.CIRCLE:
            east = circle(self.places[0], self.radius_m, 4)[1]
            return pixels(view, (self.places[0], east))
        return pixels(view, self.places)

    def middles(self, view: MapView) -> list[tuple[int, QPointF]]:
        """Return where corners can be put in: the number of the new one, and its pixel."""
        if self.shape not in LEAST_PLACES:
            return []
        at = pixels(view, self.outline())
        ways = ((index, at[index - 1], at[index]) for index in range(1, len(at)))
        return [
            (index, (start + end) / 2)
            for index, start, end in ways
            if (end - start).manhattanLength() >= MIDDLE_FROM_PX
        ]

    def corner_at(self, view: MapView, px: float, py: float) -> int | None:
        """Return the number of the corner at the pixel, the nearest one."""
        index = _nearest(self.handles(view), px, py)
        if index == 1 and self.shape is DrawnShape.CIRCLE:
            return RIM
        return index

    def middle_at(self, view: MapView, px: float, py: float) -> int | None:
        """Return the number of the corner that can be put in at the pixel."""
        middles = self.middles(view)
        index = _nearest([at for _, at in middles], px, py)
        return None if index is None else middles[index][0]

    def put_in(self, index: int, place: LonLat) -> bool:
        """Put a corner in before the number; False where there are too many."""
        if len(self.places) >= MOST_PLACES:
            return False
        self.places.insert(index, place)
        return True

    def take_out(self, index: int) -> bool:
        """Take a corner out; False where the shape needs it."""
        least = LEAST_PLACES.get(self.shape, MOST_PLACES)
        if not 0 <= index < len(self.places) or len(self.places) <= least:
            return False
        del self.places[index]
        return True

    def pull(self, view: MapView, grip: Grip, px: float, py: float) -> None:
        """Move what is held: so far as the pointer has gone since its press."""
        places, radius_m = self._before if grip.held == WHOLE else (self.places, self.radius_m)
        if grip.held == RIM:
            metres = course(places[0], view.to_degrees(px, py)).metres
            self.radius_m = min(max(metres, LEAST_RADIUS_M), MOST_RADIUS_M)
        elif grip.held == WHOLE:
            self.places = _moved(view, places, px - grip.start[0], py - grip.start[1])
            self.radius_m = radius_m
        else:
            self.places[grip.held] = view.to_degrees(px, py)

    def settle(self) -> None:
        """Take what is so now as what the drawing is."""
        self._before = (list(self.places), self.radius_m)


def _moved(view: MapView, places: Sequence[LonLat], dx_px: float, dy_px: float) -> list[LonLat]:
    x, y = to_map(*np.array(places).T)
    scale = view.metres_per_px
    lons, lats = to_degrees(x + dx_px * scale, y - dy_px * scale)
    return list(zip(lons.tolist(), lats.tolist(), strict=True))


def _nearest(at: Sequence[QPointF], px: float, py: float) -> int | None:
    away = [(point - QPointF(px, py)).manhattanLength() for point in at]
    nearest = min(range(len(at)), key=away.__getitem__, default=None)
    return nearest if nearest is not None and away[nearest] <= REACH_PX * 1.5 else None
