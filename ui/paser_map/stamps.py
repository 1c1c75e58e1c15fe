"""Small pictures put on the map by the thousand: faster than Qt can be told of each."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QPixmap

from paser_map.projection import FloatArray
from paser_map.view import MapView

_FEW = 1_500
"""So many are sooner drawn one by one."""

_BEYOND_PX = 32
"""How far a picture may reach out of the view."""


class Stamps:
    """Pictures to be put on a view. What is put later covers what was put before it."""

    def __init__(self, view: MapView, dpr: float) -> None:
        self._view, self._dpr = view, dpr
        self._put: list[tuple[QPixmap, FloatArray, FloatArray]] = []

    def put(self, stamp: QPixmap, px: FloatArray, py: FloatArray) -> None:
        """Put a picture about each of these pixels of the view. Half a stamp is up to 32 px."""
        self._put.append((stamp, px, py))

    def draw(self, painter: QPainter) -> None:
        """Draw all of them."""
        if sum(len(px) for _, px, _ in self._put) <= _FEW:
            for stamp, px, py in self._put:
                _draw_each(painter, stamp, px, py)
            return
        sheet = _Sheet(self._view, self._dpr)
        for stamp, px, py in self._put:
            sheet.put(stamp, px, py)
        sheet.draw(painter)


class _Sheet:
    """The pixels of a view and of its edge."""

    def __init__(self, view: MapView, dpr: float) -> None:
        self._dpr = dpr
        self._edge = round(_BEYOND_PX * dpr)
        height, width = (round(side * dpr) + 2 * self._edge for side in (view.height, view.width))
        self._pixels = np.zeros((height, width), np.uint32)

    def put(self, stamp: QPixmap, px: FloatArray, py: FloatArray) -> None:
        height, width = self._pixels.shape
        image = stamp.toImage().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        left = np.rint(px * self._dpr - image.width() / 2) + self._edge
        top = np.rint(py * self._dpr - image.height() / 2) + self._edge
        whole = (left >= 0) & (top >= 0)
        whole &= (left <= width - image.width()) & (top <= height - image.height())
        corners = (top[whole] * width + left[whole]).astype(np.intp)
        samples = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
        rows, columns = np.nonzero(samples)
        self._pixels.ravel()[corners[:, None] + (rows * width + columns)] = samples[rows, columns]

    def draw(self, painter: QPainter) -> None:
        height, width = self._pixels.shape
        kind = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(self._pixels.data, width, height, 4 * width, kind)
        image.setDevicePixelRatio(self._dpr)
        painter.drawImage(QPointF(-self._edge, -self._edge) / self._dpr, image)


def _draw_each(painter: QPainter, stamp: QPixmap, px: FloatArray, py: FloatArray) -> None:
    size = stamp.deviceIndependentSize()
    left, top = px - size.width() / 2, py - size.height() / 2
    for x, y in zip(left.tolist(), top.tolist(), strict=True):
        painter.drawPixmap(QPointF(x, y), stamp)
