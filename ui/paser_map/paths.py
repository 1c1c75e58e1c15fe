"""Qt's paths from arrays, whole: to add positions one by one in Python takes a hundred times."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from paser_map.projection import FloatArray

_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_COUNT, _END = np.dtype(">i4"), np.zeros(2, ">i4")
_MOVE, _LINE = 0, 1


def path_of(
    px: FloatArray, py: FloatArray, joined: NDArray[np.integer] | NDArray[np.bool_] | None = None
) -> QPainterPath:
    """Return the path through finite positions in pixels; `joined[i]`: to the next one, too.

    Written as Qt writes a path: https://doc.qt.io/qt-6/datastreamformat.html. What stands behind
    the elements is where the last part begins, and how the path is filled.
    """
    path = QPainterPath()
    if not len(px):
        return path
    elements = np.empty(len(px), _ELEMENT)
    elements["x"], elements["y"] = px, py
    elements["kind"][0] = _MOVE
    elements["kind"][1:] = _LINE if joined is None else np.where(joined[:-1], _LINE, _MOVE)
    count = np.array([len(px)], _COUNT)
    written = count.tobytes() + elements.tobytes() + _END.tobytes()
    QDataStream(QByteArray(written)) >> path
    return path
