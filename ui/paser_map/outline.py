"""What lies on a shape: picking by arithmetic, whatever its size."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from paser_map.projection import FloatArray

Lines = tuple[tuple[FloatArray, FloatArray], ...]
"""Rings or lines: x and y of the positions of each."""


class Sides(NamedTuple):
    """The steps of rings or lines: where each begins and ends."""

    x0: FloatArray
    y0: FloatArray
    x1: FloatArray
    y1: FloatArray


def winding(sides: Sides, x: float, y: float) -> tuple[int, int]:
    """Return how often the closed rings go round a position, and how many of their sides are east.

    The first is not zero inside of rings that are filled each; the second is odd inside of areas
    with holes.
    """
    x0, y0, x1, y1 = sides
    rises = (y0 <= y) & (y1 > y)
    falls = (y1 <= y) & (y0 > y)
    met = rises | falls
    x0, y0, x1, y1 = x0[met], y0[met], x1[met], y1[met]
    east = x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x
    return int(np.sum(rises[met][east])) - int(np.sum(falls[met][east])), int(np.sum(east))


def distance(sides: Sides, x: float, y: float) -> float:
    """Return how far a position is from the nearest of the lines; infinite where there is none."""
    x0, y0, x1, y1 = sides
    if not len(x0):
        return float("inf")
    dx, dy = x1 - x0, y1 - y0
    long = dx * dx + dy * dy
    along = np.divide((x - x0) * dx + (y - y0) * dy, long, out=np.zeros_like(long), where=long > 0)
    along = np.clip(along, 0.0, 1.0)
    return float(np.min(np.hypot(x0 + along * dx - x, y0 + along * dy - y)))


def nearest(lines: Lines, x: float, y: float) -> float:
    """Return how far a position is from the nearest of those that the lines have."""
    return min((float(np.min(np.hypot(px - x, py - y))) for px, py in lines), default=np.inf)


def closed(lines: Iterable[tuple[FloatArray, FloatArray]]) -> Lines:
    """Return the rings with their first position at the end too."""
    return tuple((np.append(x, x[0]), np.append(y, y[0])) for x, y in lines)


def sides_of(lines: Lines) -> Sides:
    """Return all steps of all lines."""
    if not lines:
        return Sides(*(np.zeros(0),) * 4)
    x, y = (np.concatenate([line[axis] for line in lines]) for axis in (0, 1))
    joined = np.ones(len(x), bool)
    joined[np.cumsum([len(line[0]) for line in lines]) - 1] = False
    first = np.flatnonzero(joined)
    return Sides(x[first], y[first], x[first + 1], y[first + 1])
