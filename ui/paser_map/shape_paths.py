"""Paths of many features at once: thinned to what can be seen, small ones as dots."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from paser_command.maps.vector.shapes import Kind
from paser_map.clip import MARGIN_PX, area_path, line_path
from paser_map.paths import path_of
from paser_map.projection import FloatArray
from paser_map.shape_piece import BLOCK, IntArray, MapBox, Piece, ranges
from paser_map.view import MapView

_FINEST_PX = 0.5
"""Steps smaller than this are not seen."""

_DOT_PX = 3.0
"""What is smaller is a dot."""

_A_PATH = 32
"""Features in a path."""

_LONG = 16 * BLOCK
_FURTHEST_PX = 8_000.0
"""Features that reach farther, or are longer, are cut to the view one by one."""


class Parted(NamedTuple):
    """Features of a piece by the way in which they are drawn."""

    points: IntArray
    lines: IntArray
    areas: IntArray
    dots: IntArray
    """Lines and areas that are too small to have a form."""


def seen_box(view: MapView) -> MapBox:
    """Return the box of the map that a view shows, with a margin."""
    west, north = view.to_map(-MARGIN_PX, -MARGIN_PX)
    east, south = view.to_map(view.width + MARGIN_PX, view.height + MARGIN_PX)
    return west, south, east, north


def parted(piece: Piece, indices: IntArray, view: MapView) -> Parted:
    """Return the features apart by how they are drawn."""
    boxes, kinds = piece.boxes[indices], piece.kinds[indices]
    small = (_across(boxes) < _DOT_PX * view.metres_per_px) & (kinds != Kind.POINT)
    return Parted(
        indices[kinds == Kind.POINT],
        indices[(kinds == Kind.LINE) & ~small],
        indices[(kinds == Kind.AREA) & ~small],
        indices[small],
    )


def paths_of(piece: Piece, indices: IntArray, view: MapView, kind: Kind) -> Iterator[QPainterPath]:
    """Give paths of the lines or areas, in pixels, to be filled by winding.

    Few features share a path: the time to fill one grows with the square of what lies side by side.
    """
    alone = _to_be_cut(piece, indices, view)
    if not alone.all():
        yield from _together(piece, indices[~alone], view)
    box = seen_box(view)
    for index in indices[alone].tolist():
        yield _by_winding(_by_itself(piece, index, view, kind, box))


def middles(
    piece: Piece, indices: IntArray, view: MapView
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the pixels of the middles of the features' boxes, and how many these are across."""
    boxes = piece.boxes[indices]
    px, py = view.to_screen((boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)
    return px, py, _across(boxes) / view.metres_per_px


def places(
    piece: Piece, indices: IntArray, view: MapView
) -> tuple[FloatArray, FloatArray, IntArray]:
    """Return the pixels of point features, and which feature each is of: some have several."""
    starts, ends = piece.starts[indices], piece.starts[indices + 1]
    at = ranges(starts, ends)
    px, py = view.to_screen(piece.x[at], piece.y[at])
    return px, py, np.repeat(indices, ends - starts)


def _across(boxes: FloatArray) -> FloatArray:
    return np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])


def _to_be_cut(piece: Piece, indices: IntArray, view: MapView) -> NDArray[np.bool_]:
    boxes = piece.boxes[indices]
    left, foot = view.to_screen(boxes[:, 0], boxes[:, 1])
    right, top = view.to_screen(boxes[:, 2], boxes[:, 3])
    far = (np.minimum(left, top) < -_FURTHEST_PX) | (np.maximum(right, foot) > _FURTHEST_PX)
    long = piece.starts[indices + 1] - piece.starts[indices] > _LONG
    cut: NDArray[np.bool_] = far | long
    return cut


def _together(piece: Piece, indices: IntArray, view: MapView) -> Iterator[QPainterPath]:
    first, last = piece.features[indices], piece.features[indices + 1]
    rings = ranges(first, last)
    starts, ends = piece.rings[rings], piece.rings[rings + 1]
    at = ranges(starts, ends)
    px, py = view.to_screen(piece.x[at], piece.y[at])
    closes = np.cumsum(ends - starts) - 1
    kept = _thinned(px, py, closes)
    joined = np.ones(len(px), np.int32)
    joined[closes] = 0
    px, py, joined = px[kept], py[kept], joined[kept]
    # Where each feature ends in what is kept: a path holds whole features.
    feature_ends = np.cumsum(kept)[closes[np.cumsum(last - first) - 1]]
    begin = 0
    for end in [*feature_ends[_A_PATH - 1 :: _A_PATH].tolist(), len(px)]:
        if end > begin:
            here = slice(begin, end)
            yield _by_winding(path_of(px[here], py[here], joined[here]))
        begin = end


def _by_winding(path: QPainterPath) -> QPainterPath:
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _thinned(px: FloatArray, py: FloatArray, last: IntArray) -> NDArray[np.bool_]:
    """Return which positions are kept.

    Dropped is what falls on the same half pixel as the position before, but for the ends of rings.
    """
    cell_x, cell_y = np.floor(px / _FINEST_PX), np.floor(py / _FINEST_PX)
    kept = np.ones(len(px), bool)
    kept[1:] = (cell_x[1:] != cell_x[:-1]) | (cell_y[1:] != cell_y[:-1])
    kept[last] = True
    kept[last[:-1] + 1] = True
    return kept


def _by_itself(piece: Piece, index: int, view: MapView, kind: Kind, box: MapBox) -> QPainterPath:
    if kind is Kind.AREA:
        rings = tuple(piece.clipped_area(ring, box) for ring in piece.rings_of(index))
        return area_path(view, rings)
    runs = (run for ring in piece.rings_of(index) for run in piece.clipped_line(ring, box))
    return line_path(view, tuple(runs))
