"""Pictures of the map beside those that were looked at and found good.

The good ones stand in `images/`, drawn with the bundled font. Where a test finds another picture it
leaves what it saw in `out/pictures/`. Look at it; if it is better, renew the good one:

    RENEW_PICTURES=1 make test ARGS="tests/ui/map -k looks"
"""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from paser_map.canvas import MapCanvas
from paser_map.view import MapView

SIZE_PX = (320, 240)

_IMAGES = Path(__file__).parent / "images"
_SEEN = Path(__file__).parents[3] / "out" / "pictures"
_SLIGHT = 32
"""A difference of a colour, of 255, that smoothing makes."""
_MOST_DIFFERING = 0.001
"""The share of pixels that may differ more: a quarter of a small symbol in a small picture."""
_MOST_MEAN = 0.5


def painted(canvas: MapCanvas, view: MapView, *, legend: bool = False, dpr: float = 1.0) -> QImage:
    """Return the whole map of a view, as `paint_map` draws it."""
    image = QImage(round(view.width * dpr), round(view.height * dpr), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    # What is not painted would be seen.
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    canvas.paint_map(painter, view, legend=legend)
    painter.end()
    return image


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    """Return rows, columns and the colours red, green and blue."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1, 4)
    return rows[:, : plain.width(), 2::-1].copy()


def difference(one: QImage, other: QImage) -> tuple[float, float]:
    """Return the mean difference of the colours, of 255, and the share of pixels that differ."""
    apart = np.abs(pixels_of(one).astype(int) - pixels_of(other))
    return float(apart.mean()), float((apart.max(axis=2) > _SLIGHT).mean())


def assert_looks_like(image: QImage, name: str) -> None:
    """Compare with the good picture of that name."""
    good = _IMAGES / f"{name}.png"
    if os.environ.get("RENEW_PICTURES"):
        assert image.save(str(good))
        return
    known = QImage(str(good))
    if known.size() == image.size():
        mean, differing = difference(image, known)
        if mean <= _MOST_MEAN and differing <= _MOST_DIFFERING:
            return
        wrong = f"{differing:.2%} of the pixels differ, mean {mean:.2f}"
    else:
        wrong = f"{image.size().toTuple()} px where {known.size().toTuple()} were good"
    _SEEN.mkdir(parents=True, exist_ok=True)
    seen = _SEEN / f"{name}.png"
    image.save(str(seen))
    raise AssertionError(f"{name} looks different: {wrong}. See {seen} beside {good}.")
