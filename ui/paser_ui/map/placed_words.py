"""The words of a map where they were placed, taken along while the map moves."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QPainter

from paser_ui.map.labels import Placed
from paser_ui.map.view import MapView

_MOST_FRAMES = 12
"""So many frames of a moving map have the same words: a fifth of a second."""


class PlacedWords:
    """Words that were placed in a view; none where there is no view."""

    def __init__(self, view: MapView | None = None, words: Sequence[Placed] = ()) -> None:
        self._view = view
        self._words = tuple(words)
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
        if view == self._view:
            for word in self._words:
                word.draw(painter)
            return
        px, py = view.to_screen(self._x, self._y)
        for word, x, y in zip(self._words, px.tolist(), py.tolist(), strict=True):
            word.moved(x - word.label.px, y - word.label.py).draw(painter)
