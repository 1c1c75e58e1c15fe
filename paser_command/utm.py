"""Universal Transverse Mercator on WGS 84: degrees to zone, easting and northing, and back.

Krüger's series to the fourth order in the third flattening, as in C. F. F. Karney, "Transverse
Mercator with an accuracy of a few nanometers", J. Geod. 85 (2011), equations 7 to 21, 35 and 36.
"""

import math
from typing import NamedTuple

SOUTH_LIMIT_DEG, NORTH_LIMIT_DEG = -80.0, 84.0
"""Beyond these latitudes there is no UTM."""

_RADIUS_M = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_N = _FLATTENING / (2 - _FLATTENING)
_ECCENTRICITY = math.sqrt(_FLATTENING * (2 - _FLATTENING))
_MINOR_2 = 1 - _ECCENTRICITY**2
_SCALE = 0.9996
_RECTIFYING_M = _SCALE * _RADIUS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_FALSE_EASTING_M = 500_000.0
_FALSE_NORTHING_M = 10_000_000.0
_ZONE_DEG = 6.0
_NEWTON_STEPS = 3

_ALPHA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)


class Utm(NamedTuple):
    """A place in metres of a zone (1 to 60). South of the equator 10,000 km are added."""

    zone: int
    south: bool
    easting_m: float
    northing_m: float


def to_utm(lon: float, lat: float) -> Utm | None:
    """Return the place in the zone of its longitude; None beyond the limits of latitude.

    Zones are six degrees everywhere, as in EPSG:32601 to 32760: without the exceptions that maps
    of Norway and Svalbard make.
    """
    if not SOUTH_LIMIT_DEG <= lat <= NORTH_LIMIT_DEG:
        return None
    zone = min(int((lon + 180.0) // _ZONE_DEG), 59) + 1
    phi, lam = math.radians(lat), math.radians(lon - _middle_deg(zone))
    sine = math.sin(phi)
    tau = math.sinh(math.atanh(sine) - _ECCENTRICITY * math.atanh(_ECCENTRICITY * sine))
    xi = math.atan2(tau, math.cos(lam))
    eta = math.asinh(math.sin(lam) / math.hypot(tau, math.cos(lam)))
    xi, eta = _moved(xi, eta, _ALPHA, 1.0)
    false_northing_m = _FALSE_NORTHING_M if lat < 0 else 0.0
    return Utm(
        zone, lat < 0, _FALSE_EASTING_M + _RECTIFYING_M * eta, false_northing_m + _RECTIFYING_M * xi
    )


def of_utm(place: Utm) -> tuple[float, float]:
    """Return longitude and latitude. The zone's numbers are believed, near its edges too."""
    false_northing_m = _FALSE_NORTHING_M if place.south else 0.0
    xi = (place.northing_m - false_northing_m) / _RECTIFYING_M
    eta = (place.easting_m - _FALSE_EASTING_M) / _RECTIFYING_M
    xi, eta = _moved(xi, eta, _BETA, -1.0)
    tau = _of_conformal(math.sin(xi) / math.hypot(math.sinh(eta), math.cos(xi)))
    lam = math.atan2(math.sinh(eta), math.cos(xi))
    return _middle_deg(place.zone) + math.degrees(lam), math.degrees(math.atan(tau))


def _middle_deg(zone: int) -> float:
    return zone * _ZONE_DEG - 183.0


def _moved(xi: float, eta: float, series: tuple[float, ...], sign: float) -> tuple[float, float]:
    moved_xi, moved_eta = xi, eta
    for order, factor in enumerate(series, start=1):
        moved_xi += sign * factor * math.sin(2 * order * xi) * math.cosh(2 * order * eta)
        moved_eta += sign * factor * math.cos(2 * order * xi) * math.sinh(2 * order * eta)
    return moved_xi, moved_eta


def _of_conformal(wanted: float) -> float:
    """Return the tangent of the latitude whose conformal latitude has the tangent `wanted`."""
    tau = wanted
    for _ in range(_NEWTON_STEPS):
        root = math.hypot(1.0, tau)
        sigma = math.sinh(_ECCENTRICITY * math.atanh(_ECCENTRICITY * tau / root))
        found = tau * math.hypot(1.0, sigma) - sigma * root
        steepness = (1 + _MINOR_2 * tau**2) / (_MINOR_2 * root)
        tau += (wanted - found) / math.hypot(1.0, found) * steepness
    return tau
