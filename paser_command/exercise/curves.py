"""Numbers over time: a curve through given points, and noise that is the same each time asked."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b

Point = tuple[float, float]

_SWAY = 8
"""Samples from one slow swing of the noise to the next."""


def curve_at(points: Sequence[Point], x: float) -> float:
    """Return the curve's value: through all points, never beyond its neighbours, flat outside.

    Monotone cubic interpolation (Fritsch and Carlson 1980, harmonic mean of the slopes).
    """
    place = bisect_right(points, x, key=lambda point: point[0])
    if place == 0:
        return points[0][1]
    if place == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[place - 1], points[place]
    width = x1 - x0
    start, end = _slope(points, place - 1), _slope(points, place)
    t = (x - x0) / width
    u = 1 - t
    return (
        y0 * (1 + 2 * t) * u * u + y1 * (1 + 2 * u) * t * t + width * t * u * (start * u - end * t)
    )


def noise(*name: object, sample: int) -> float:
    """Return noise from -1 to 1 that belongs to the name: a slow swing with a little jitter."""
    group, part = divmod(sample, _SWAY)
    before, after = chance(*name, "sway", group), chance(*name, "sway", group + 1)
    share = (1 - math.cos(math.pi * part / _SWAY)) / 2
    sway = before + (after - before) * share
    return 0.6 * (2 * sway - 1) + 0.4 * (2 * chance(*name, "jitter", sample) - 1)


def chance(*name: object) -> float:
    """Return the number from 0 to 1 that belongs to the name."""
    told = "/".join(map(str, name)).encode()
    return int.from_bytes(blake2b(told, digest_size=6).digest(), "big") / 2**48


def _slope(points: Sequence[Point], place: int) -> float:
    """Return the slope in a point: nought at the ends and at peaks."""
    if place in (0, len(points) - 1):
        return 0.0
    (xa, ya), (xb, yb), (xc, yc) = points[place - 1 : place + 2]
    before, after = (yb - ya) / (xb - xa), (yc - yb) / (xc - xb)
    return 2 * before * after / (before + after) if before * after > 0 else 0.0
