"""What is at a place and around it: its district, and the nearest units, stations and incidents."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from paser_command.geo import LonLat, is_place, middle_of
from paser_command.geodesy import course
from paser_command.maps.findable import severity_of
from paser_command.picture.incidents import incident_name
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


_Placed = tuple[str, float, float]
"""Key, longitude and latitude."""


class _Group(NamedTuple):
    """Things of one kind in the picture: where they are, and what one of them is called."""

    kind: str
    placed: Callable[[Picture], list[_Placed]]
    name: Callable[[Picture, str], str]


def nearest(picture: Picture, place: LonLat) -> dict[str, list[Near]]:
    """Return the nearest units, stations, open incidents and cameras, each at most `MOST`.

    By the name of the group ("unit", "stream", "incident", "camera", and the kind of each table
    that plugins show nearby), the nearest first; a camera is a feature. Geodesics are reckoned for
    the few that are near.
    """
    groups = dict(_GROUPS) | {
        shown.kind: _of_table(table, shown.kind) for table, shown in picture.shown() if shown.nearby
    }
    return {name: list(_nearest(group, picture, place)) for name, group in groups.items()}


def wind_of(azimuth_deg: float) -> str:
    """Return the one of the eight winds that a course comes nearest to."""
    return WINDS[round(azimuth_deg / 45.0) % 8]


def _nearest(group: _Group, picture: Picture, place: LonLat) -> Iterator[Near]:
    placed = group.placed(picture)
    ways = sorted((course(place, (lon, lat)), key) for key, lon, lat in _considered(placed, place))
    for way, key in ways[:MOST]:
        name, severity = group.name(picture, key), severity_of(picture, group.kind, key)
        yield Near(group.kind, key, name, way.metres, wind_of(way.azimuth_deg), severity)


def _considered(placed: list[_Placed], place: LonLat) -> list[_Placed]:
    """Return the few that are nearest on the sphere (haversine, all at once)."""
    if len(placed) <= _CONSIDERED:
        return placed
    _, lons, lats = zip(*placed, strict=True)
    lon, lat = np.radians(np.array(lons, float)), np.radians(np.array(lats, float))
    lon_0, lat_0 = np.radians(place)
    east = np.cos(lat) * np.cos(lat_0) * np.sin((lon - lon_0) / 2) ** 2
    near = np.argpartition(np.sin((lat - lat_0) / 2) ** 2 + east, _CONSIDERED)[:_CONSIDERED]
    return [placed[index] for index in near.tolist()]


def _incidents(picture: Picture) -> list[_Placed]:
    return [
        (incident.key, incident.lon, incident.lat)
        for incident in picture.incidents.values()
        if not incident.closed and incident.lon is not None and incident.lat is not None
    ]


def _units(picture: Picture) -> list[_Placed]:
    return [(unit.key, unit.lon, unit.lat) for unit in picture.units.values()]


def _streams(picture: Picture) -> list[_Placed]:
    return [
        (stream.key, stream.lon, stream.lat)
        for stream in picture.streams.values()
        if stream.lon is not None and stream.lat is not None and is_place(stream.lon, stream.lat)
    ]


def _cameras(picture: Picture) -> list[_Placed]:
    return [
        (feature.key, *middle)
        for feature in picture.features.values()
        if feature.layer.casefold() in _CAMERAS and (middle := middle_of(feature.geometry))
    ]


def _of_table(table: str, kind: str) -> _Group:
    """Return the group of any table of things with places, but those that are over."""

    def placed(picture: Picture) -> list[_Placed]:
        found = (picture.summary(table, key) for key in picture.table(table))
        return [
            (one.key, one.lon, one.lat)
            for one in found
            if one.lon is not None
            and one.lat is not None
            and not one.over
            and is_place(one.lon, one.lat)
        ]

    return _Group(kind, placed, lambda picture, key: picture.summary(table, key).name)


def _unit_name(picture: Picture, key: str) -> str:
    return picture.units[key].name or key


def _feature_name(picture: Picture, key: str) -> str:
    return picture.features[key].name or picture.features[key].layer


_GROUPS: Mapping[str, _Group] = {
    "incident": _Group(
        "incident", _incidents, lambda picture, key: incident_name(picture.incidents[key])
    ),
    "unit": _Group("unit", _units, _unit_name),
    "stream": _Group("stream", _streams, lambda picture, key: picture.streams[key].name),
    "camera": _Group("feature", _cameras, _feature_name),
}
