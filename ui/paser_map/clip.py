"""Lines and areas cut to what a view shows, so that no geometry is too large to draw.

Drawing a dashed line costs by its length, and the length of what came from outside has no limit.
"""

import numpy as np
from PySide6.QtGui import QPainterPath

from paser_map.paths import path_of
from paser_map.projection import FloatArray
from paser_map.view import MapView

MARGIN_PX = 32.0
_FINEST_PX = 0.5
"""Steps smaller than this are not seen."""
_OUTSIDE = 1e12
_MOST_POSITIONS, _LONGEST_PX = 50_000, 200_000.0
"""A ring or line of more, or longer in the view, covers it many times over: it is drawn in part."""


def area_path(view: MapView, rings: tuple[tuple[FloatArray, FloatArray], ...]) -> QPainterPath:
    """Return the closed rings (x, y in metres on the map) as far as the view shows them."""
    whole = QPainterPath()
    for ring_x, ring_y in rings:
        px, py = _finite(*view.to_screen(ring_x, ring_y))
        px, py = _bounded(*_cut_area(view, *_thinned(view, px, py)))
        if len(px) > 2:
            path = path_of(np.append(px, px[0]), np.append(py, py[0]))
            path.closeSubpath()
            whole.addPath(path)
    return whole


def line_path(view: MapView, lines: tuple[tuple[FloatArray, FloatArray], ...]) -> QPainterPath:
    """Return the lines (x, y in metres on the map) as far as the view shows them."""
    whole = QPainterPath()
    for line_x, line_y in lines:
        px, py = _thinned(view, *_finite(*view.to_screen(line_x, line_y)))
        if len(px) > 1:
            whole.addPath(_cut_line(view, px, py))
    return whole


def _finite(px: FloatArray, py: FloatArray) -> tuple[FloatArray, FloatArray]:
    good = np.isfinite(px) & np.isfinite(py)
    return px[good], py[good]


def _thinned(view: MapView, px: FloatArray, py: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Drop positions on the same half pixel as the one before, and those of a way round outside.

    A stretch that stays on one side of the view is as good as a straight line between its ends.
    """
    if len(px) < 3:
        return px, py
    side_x = (px > view.width + MARGIN_PX).astype(np.int8) - (px < -MARGIN_PX)
    side_y = (py > view.height + MARGIN_PX).astype(np.int8) - (py < -MARGIN_PX)
    out = (side_x != 0) | (side_y != 0)
    cell_x = np.where(out, _OUTSIDE * side_x, np.floor(px / _FINEST_PX))
    cell_y = np.where(out, np.where(side_x != 0, 0.0, _OUTSIDE * side_y), np.floor(py / _FINEST_PX))
    new = (cell_x[1:] != cell_x[:-1]) | (cell_y[1:] != cell_y[:-1])
    kept = np.ones(len(px), bool)
    kept[1:-1] = new[:-1] | (out[1:-1] & new[1:])
    px, py = px[kept], py[kept]
    step = 1 + len(px) // _MOST_POSITIONS
    return px[::step], py[::step]


def _cut_area(view: MapView, px: FloatArray, py: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Sutherland and Hodgman's way: against one edge of the view after the other."""
    low, right, foot = -MARGIN_PX, view.width + MARGIN_PX, view.height + MARGIN_PX
    px, py = _cut_edge(px, py, px - low)
    px, py = _cut_edge(px, py, right - px)
    px, py = _cut_edge(px, py, py - low)
    return _within(view, *_cut_edge(px, py, foot - py))


def _within(view: MapView, px: FloatArray, py: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Move cuts of far steps, which rounding puts up to hundreds of pixels off, onto the edge."""
    return (
        np.clip(px, -MARGIN_PX, view.width + MARGIN_PX),
        np.clip(py, -MARGIN_PX, view.height + MARGIN_PX),
    )


def _bounded(px: FloatArray, py: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Leave positions of what is too long to be drawn out, evenly."""
    long = float(np.sum(np.hypot(np.diff(px), np.diff(py)))) if len(px) else 0.0
    step = 1 + int(long // _LONGEST_PX)
    return px[::step], py[::step]


def _cut_edge(px: FloatArray, py: FloatArray, inward: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Keep the side where `inward`, the distance from the edge, is not negative."""
    inside = inward >= 0
    if inside.all() or not len(px):
        return px, py
    after = np.roll(inward, -1)
    crosses = inside != (after >= 0)
    share = np.divide(inward, inward - after, out=np.zeros_like(inward), where=crosses)
    met_x, met_y = px + share * (np.roll(px, -1) - px), py + share * (np.roll(py, -1) - py)
    kept = np.stack((inside, crosses), axis=1).ravel()
    return (
        np.stack((px, met_x), axis=1).ravel()[kept],
        np.stack((py, met_y), axis=1).ravel()[kept],
    )


def _cut_line(view: MapView, px: FloatArray, py: FloatArray) -> QPainterPath:
    """Liang and Barsky's way for all steps of the line at once."""
    dx, dy = np.diff(px), np.diff(py)
    enter, leave = np.zeros(len(dx)), np.ones(len(dx))
    for step, away in (
        (-dx, px[:-1] + MARGIN_PX),
        (dx, view.width + MARGIN_PX - px[:-1]),
        (-dy, py[:-1] + MARGIN_PX),
        (dy, view.height + MARGIN_PX - py[:-1]),
    ):
        share = np.divide(away, step, out=np.zeros_like(step), where=step != 0)
        enter = np.where(step < 0, np.maximum(enter, share), enter)
        leave = np.where(step > 0, np.minimum(leave, share), leave)
        leave = np.where((step == 0) & (away < 0), -1.0, leave)
    seen = enter <= leave
    long = float(np.sum((np.hypot(dx, dy) * (leave - enter))[seen]))
    order = np.cumsum(seen)
    seen &= order % (1 + int(long // _LONGEST_PX)) == 0
    if not seen.any():
        return QPainterPath()
    start_x, start_y = px[:-1] + enter * dx, py[:-1] + enter * dy
    end_x, end_y = px[:-1] + leave * dx, py[:-1] + leave * dy
    x, y = _within(
        view,
        np.stack((start_x, end_x), axis=1)[seen].ravel(),
        np.stack((start_y, end_y), axis=1)[seen].ravel(),
    )
    joined = np.ones(len(x), bool)
    joined[1:-1:2] = (x[1:-1:2] == x[2::2]) & (y[1:-1:2] == y[2::2])
    return path_of(x, y, joined)
