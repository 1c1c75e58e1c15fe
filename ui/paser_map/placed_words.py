"""The words of a map where they were placed, taken along while the map moves."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap

from paser_map.labels import Placed
from paser_map.lettering import picture_dpr
from paser_map.view import MapView

_MOST_FRAMES = 12
"""So many frames of a moving map have the same words: a fifth of a second."""


class PlacedWords:
    """Words that were placed in a view; none where there is no view."""

    def __init__(self, view: MapView | None = None, words: Sequence[Placed] = ()) -> None:
        self._view = view
        self._words = tuple(words)
        self._afar = [word for word in self._words if word.leader]
        self._pictures: list[tuple[QPointF, QPixmap]] = []
        self._pictures_dpr = 0.0
        self._x, self._y = np.zeros(0), np.zeros(0)
        if view is not None:
            px = np.array([word.label.px for word in words])
            py = np.array([word.label.py for word in words])
            self._x, self._y = view.to_map(px, py)
        self._frames = 0

    def fits(self, view: MapView, *, moving: bool) -> bool:
        """Tell whether the words need no other places for this view."""
        if self._view is None or (view.width, view.height) != (self._view.width, self._view.height):
            return False
        self._frames += 1
        return view == self._view or (moving and self._frames <= _MOST_FRAMES)

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Write each word where its point is now."""
        if self._view is None:
            return
        dpr = picture_dpr(painter)
        if view.zoom == self._view.zoom:
            self._draw_shifted(painter, view, dpr)
            return
        px, py = view.to_screen(self._x, self._y)
        for word, x, y in zip(self._words, px.tolist(), py.tolist(), strict=True):
            word.moved(x - word.label.px, y - word.label.py).draw(painter, dpr)

    def _draw_shifted(self, painter: QPainter, view: MapView, dpr: float | None) -> None:
        """Write all words as far from where they were as the map is, in whole pixels."""
        assert self._view is not None
        pixels = dpr or 1.0
        scale = pixels / view.metres_per_px
        across, down = (self._view.x - view.x) * scale, (view.y - self._view.y) * scale
        painter.save()
        painter.translate(round(across) / pixels, round(down) / pixels)
        for word in self._afar:
            word.draw_leader(painter)
        if dpr is None:
            for word in self._words:
                word.words.write(painter, word.box.left(), word.box.top(), None)
        else:
            for at, picture in self._pictures_at(dpr):
                painter.drawPixmap(at, picture)
        painter.restore()

    def _pictures_at(self, dpr: float) -> list[tuple[QPointF, QPixmap]]:
        if self._pictures_dpr != dpr:
            self._pictures_dpr = dpr
            self._pictures = [
                word.words.picture(word.box.left(), word.box.top(), dpr) for word in self._words
            ]
        return self._pictures
