"""Web Mercator as in EPSG:3857: degrees to metres on the map and back."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from paser_command.geo import MERCATOR_LIMIT_DEG

FloatArray = NDArray[np.float64]

RADIUS_M = 6_378_137.0
"""Equatorial radius of WGS 84, the sphere of EPSG:3857."""

HALF_M = np.pi * RADIUS_M
"""From the middle of the map to each of its edges."""


def to_map(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return x and y in metres; NaN where a position is not finite or not on the map.

    Latitudes up to the poles are taken to the map's edge, beyond them there is nothing.
    """
    lons, lats = np.asarray(lon, float), np.asarray(lat, float)
    good = (np.abs(lons) <= 540.0) & (np.abs(lats) <= 90.0)
    lons = np.where(good, lons, np.nan)
    lats = np.clip(np.where(good, lats, np.nan), -MERCATOR_LIMIT_DEG, MERCATOR_LIMIT_DEG)
    return RADIUS_M * np.radians(lons), RADIUS_M * np.arctanh(np.sin(np.radians(lats)))


def to_degrees(x: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return longitude and latitude of positions on the map."""
    xs, ys = np.asarray(x, float), np.asarray(y, float)
    return np.degrees(xs / RADIUS_M), np.degrees(np.arctan(np.sinh(ys / RADIUS_M)))
