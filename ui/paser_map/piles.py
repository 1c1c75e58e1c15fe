"""Symbols that lie on one another: told as one, the topmost, with their number."""

from typing import NamedTuple

import numpy as np

from paser_map.point_index import Rows
from paser_map.projection import FloatArray
from paser_map.view import MapView

SIDE_PX = 36
LEAST = 5
"""So many in a square of that side cannot be told apart."""


class Piles(NamedTuple):
    """Which of some points stand alone, which are the topmost of a pile, and of how many."""

    alone: Rows
    tops: Rows
    counts: Rows


def piles(px: FloatArray, py: FloatArray, view: MapView) -> Piles:
    """Return the piles among points of a view, the topmost of which are last.

    The squares are tied to the map, so that a pile stays what it is while the map is moved.
    """
    side = SIDE_PX * view.metres_per_px
    x, y = view.to_map(px, py)
    square = np.floor(x / side).astype(np.int64) << 32 | (
        np.floor(y / side).astype(np.int64) + 2**31
    )
    _, of, counts = np.unique(square, return_inverse=True, return_counts=True)
    piled = counts >= LEAST
    last = np.zeros(len(counts), np.intp)
    np.maximum.at(last, of, np.arange(len(px)))
    return Piles(np.flatnonzero(~piled[of]), last[piled], counts[piled])


def no_piles(count: int) -> Piles:
    """Return so many points as standing alone."""
    none = np.zeros(0, np.intp)
    return Piles(np.arange(count), none, none)
