"""Coordinate systems: what a file or a person names, and the way from there to degrees."""

from collections.abc import Callable

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from paser_command.errors import InputError
from paser_command.maps.vector.shapes import FloatArray

DEGREES = "EPSG:4326"
LONGEST = 20_000
"""No definition is longer; pyproj is not given more."""

_FURTHEST_LON_DEG = 540.0
"""Beyond 180 lies what crosses the antimeridian."""

Project = Callable[[FloatArray], FloatArray]


def system_of(text: str) -> CRS:
    """Return the coordinate system that a text names: EPSG:n, a bare n, a URN or WKT."""
    wanted = text.strip()
    try:
        system = CRS.from_user_input(int(wanted) if wanted.isdecimal() else wanted[:LONGEST])
    except (CRSError, ValueError, OverflowError) as cause:
        raise InputError(
            "there is no coordinate system {system}: give one such as EPSG:32750",
            system=wanted[:80],
        ) from cause
    if not (system.is_geographic or system.is_projected):
        raise InputError(
            "{system} is no system of a map: choose one with degrees, or eastings and northings",
            system=system.name[:80],
        )
    return system


def code_of(system: CRS) -> str:
    """Return the system's code, such as EPSG:32750; its name where it has none."""
    authority = system.to_authority()
    return ":".join(authority) if authority else system.name[:80]


def to_degrees(system: CRS) -> Project:
    """Return what turns positions (n, 2), east before north, into degrees of WGS 84.

    Positions for which the system has no place become NaN.
    """
    if system.to_authority() in (("EPSG", "4326"), ("OGC", "CRS84")):
        return _on_earth
    try:
        transformer = Transformer.from_crs(system, DEGREES, always_xy=True)
    except ProjError as cause:
        raise InputError(
            "there is no way from the coordinate system {system} to degrees",
            system=system.name[:80],
        ) from cause

    def project(coords: FloatArray) -> FloatArray:
        lons, lats = transformer.transform(coords[:, 0], coords[:, 1], errcheck=False)
        return _on_earth(np.column_stack((lons, lats)))

    return project


def looks_like_degrees(coords: FloatArray) -> bool:
    """Tell whether most of the positions could be degrees; none could be anything."""
    inside = (np.abs(coords[:, 0]) <= 180.0) & (np.abs(coords[:, 1]) <= 90.0)
    return 2 * int(inside.sum()) >= len(coords)


def _on_earth(coords: FloatArray) -> FloatArray:
    inside = (np.abs(coords[:, 0]) <= _FURTHEST_LON_DEG) & (np.abs(coords[:, 1]) <= 90.0)
    return np.where(inside[:, np.newaxis], coords, np.nan)
