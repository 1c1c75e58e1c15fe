"""What is at a place and around it: its district, and the nearest units, stations and incidents."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import NamedTuple

from paser_command.geo import LonLat, distance_m, is_place
from paser_command.geodesy import course
from paser_command.maps.findable import incident_name, middle_of, severity_of
from paser_command.picture.picture import Picture
from paser_command.records import Severity

MOST = 5
"""Of a kind no more are told: who is sixth is not sent."""

_CAMERAS = ("camera", "cameras", "cctv", "kamera")
"""Names of the layers whose features are cameras."""

_CONSIDERED = 3 * MOST
"""So many of the nearest on the sphere have the nearest on the ellipsoid among them."""

WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


class Near(NamedTuple):
    """A thing, how bad it is, and the way to it: metres on WGS 84, and one of `WINDS`."""

    kind: str
    key: str
    name: str
    metres: float
    wind: str
    severity: Severity


class _Candidate(NamedTuple):
    key: str
    name: str
    lon: float
    lat: float
    severity: Severity = Severity.NONE


def nearest(picture: Picture, place: LonLat) -> dict[str, list[Near]]:
    """Return the nearest units, stations, open incidents and cameras, each at most `MOST`.

    By the name of the group ("unit", "stream", "incident", "camera"), the nearest first; a camera
    is a feature. Geodesics are reckoned for the few that are near.
    """
    groups: Mapping[str, tuple[str, Iterable[_Candidate]]] = {
        "incident": ("incident", _incidents(picture)),
        "unit": ("unit", _units(picture)),
        "stream": ("stream", _streams(picture)),
        "camera": ("feature", _cameras(picture)),
    }
    return {name: _nearest(kind, found, place) for name, (kind, found) in groups.items()}


def wind_of(azimuth_deg: float) -> str:
    """Return the one of the eight winds that a course comes nearest to."""
    return WINDS[round(azimuth_deg / 45.0) % 8]


def _nearest(kind: str, found: Iterable[_Candidate], place: LonLat) -> list[Near]:
    near = nsmallest(
        _CONSIDERED, found, key=lambda one: (distance_m(*place, one.lon, one.lat), one)
    )
    ways = sorted((course(place, (one.lon, one.lat)), one) for one in near)
    return [
        Near(kind, one.key, one.name, way.metres, wind_of(way.azimuth_deg), one.severity)
        for way, one in ways[:MOST]
    ]


def _incidents(picture: Picture) -> Iterator[_Candidate]:
    for incident in picture.incidents.values():
        if not incident.closed and incident.lon is not None and incident.lat is not None:
            where = (incident.lon, incident.lat)
            yield _Candidate(incident.key, incident_name(incident), *where, incident.severity)


def _units(picture: Picture) -> Iterator[_Candidate]:
    for unit in picture.units.values():
        yield _Candidate(unit.key, unit.name or unit.key, unit.lon, unit.lat)


def _streams(picture: Picture) -> Iterator[_Candidate]:
    for stream in picture.streams.values():
        if stream.lon is not None and stream.lat is not None and is_place(stream.lon, stream.lat):
            severity = severity_of(picture, "stream", stream.key)
            yield _Candidate(stream.key, stream.name, stream.lon, stream.lat, severity)


def _cameras(picture: Picture) -> Iterator[_Candidate]:
    for feature in picture.features.values():
        if feature.layer.casefold() in _CAMERAS and (middle := middle_of(feature.geometry)):
            yield _Candidate(feature.key, feature.name or feature.layer, *middle)
