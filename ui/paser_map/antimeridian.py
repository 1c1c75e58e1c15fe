"""Lines and rings that cross the 180th meridian, so that none is drawn across the whole map.

Such a step is written as one from 179° to -179°; taken as numbers it would go the long way round.
RFC 7946 (3.1.9) asks for shapes that are cut there, and many that are sent are not. A step of
exactly 360° is taken as it is: that is how the whole world is written.
"""

import numpy as np
from numpy.typing import NDArray

from paser_map.projection import FloatArray

Positions = tuple[FloatArray, FloatArray]
"""Longitudes and latitudes in degrees."""

_MOST_CROSSINGS = 1_000
"""What crosses more often has no form that anybody meant."""


def parts_of_line(lon: FloatArray, lat: FloatArray) -> list[Positions]:
    """Return the line cut at the meridian."""
    turns = _turns(lon)
    at = np.flatnonzero(turns)
    if not 0 < len(at) <= _MOST_CROSSINGS:
        return [(lon, lat)]
    edge = np.copysign(180.0, turns[at])
    share = np.clip((edge - lon[at]) / (lon[at + 1] + turns[at] - lon[at]), 0.0, 1.0)
    crossed = lat[at] + share * (lat[at + 1] - lat[at])
    lons = np.insert(lon, np.repeat(at + 1, 2), np.stack((edge, -edge), axis=1).ravel())
    lats = np.insert(lat, np.repeat(at + 1, 2), np.repeat(crossed, 2))
    cuts = at + 2 + 2 * np.arange(len(at))
    return list(zip(np.split(lons, cuts), np.split(lats, cuts), strict=True))


def parts_of_ring(lon: FloatArray, lat: FloatArray) -> list[Positions]:
    """Return the ring in one piece, on each of the map's edges; one round a pole reaches it."""
    turns = _turns(lon)
    if not 0 < np.count_nonzero(turns) <= _MOST_CROSSINGS:
        return [(lon, lat)]
    whole = lon + np.concatenate(([0.0], np.cumsum(turns)))
    if whole[-1] != whole[0] and lon[-1] == lon[0]:
        pole = 90.0 if lat.mean() > 0 else -90.0
        whole = np.concatenate((whole, (whole[-1], whole[0])))
        lat = np.concatenate((lat, (pole, pole)))
    least, most = float(whole.min()), float(whole.max())
    if most - least > 720.0:
        return [(lon, lat[: len(lon)])]
    shifts = (360.0 * turn for turn in range(-3, 4))
    return [
        (whole + shift, lat) for shift in shifts if most + shift > -180.0 and least + shift < 180.0
    ]


def _turns(lon: FloatArray) -> NDArray[np.float64]:
    """Return what to add to each longitude but the first, so that it is near the one before."""
    step = np.diff(lon)
    return np.where((np.abs(step) > 180.0) & (np.abs(step) < 360.0), -360.0 * np.sign(step), 0.0)
