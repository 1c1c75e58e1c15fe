"""Boats and vehicles that tell where they are, as GeoJSON points (RFC 7946)."""

import math
from bisect import bisect_right
from typing import NamedTuple

from paser_command.exercise.asked import NOT_FOUND, Asked, BadQuestion, Reply, as_json
from paser_command.exercise.city import City
from paser_command.exercise.scenario import Unit, WayPoint
from paser_command.geo import distance_m
from paser_command.times import MINUTE, SECOND, Instant, floor, iso

HEARD_EVERY_MIN = 0.25
"""How often a unit is heard, in scenario minutes; never more often than each second."""


class Heard(NamedTuple):
    """What a unit said last; course in degrees from north, None while it stands."""

    unit: Unit
    at: Instant
    lon: float
    lat: float
    speed_m_s: float
    course_deg: float | None
    status: str


def positions(asked: Asked) -> Reply:
    """Answer `posisi.geojson`: where the units were when they were heard last."""
    if asked.path != "posisi.geojson":
        raise BadQuestion(*NOT_FOUND)
    heard = [heard_last(asked.city, unit, asked.now) for unit in asked.city.scenario.units]
    return as_json(
        {"type": "FeatureCollection", "features": [_feature(one) for one in heard]},
        content_type="application/geo+json",
    )


def heard_last(city: City, unit: Unit, now: Instant) -> Heard:
    """Return what the unit said last: the same whenever it is asked."""
    every = max(SECOND, round(HEARD_EVERY_MIN * MINUTE / city.speed))
    at = floor(now, every)
    minute = city.minute(at)
    for start, end in unit.silent:
        if start <= minute < end:
            at = min(at, floor(city.instant(start), every))
            minute = city.minute(at)
    return _on_the_way(unit, at, minute)


def _on_the_way(unit: Unit, at: Instant, minute: float) -> Heard:
    place = bisect_right(unit.track, minute, key=lambda point: point.minute)
    before = unit.track[max(0, place - 1)]
    after = unit.track[min(place, len(unit.track) - 1)]
    if (before.lon, before.lat) == (after.lon, after.lat):
        return Heard(unit, at, before.lon, before.lat, 0.0, None, before.status)
    share = (minute - before.minute) / (after.minute - before.minute)
    lon = before.lon + (after.lon - before.lon) * share
    lat = before.lat + (after.lat - before.lat) * share
    away_m = distance_m(before.lon, before.lat, after.lon, after.lat)
    speed_m_s = away_m / ((after.minute - before.minute) * 60)
    course = _course_deg(before, after)
    return Heard(unit, at, round(lon, 6), round(lat, 6), round(speed_m_s, 2), course, before.status)


def _course_deg(before: WayPoint, after: WayPoint) -> float:
    east = (after.lon - before.lon) * math.cos(math.radians(before.lat))
    return round(math.degrees(math.atan2(east, after.lat - before.lat)) % 360, 1)


def _feature(heard: Heard) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": heard.unit.id,
        "geometry": {"type": "Point", "coordinates": [heard.lon, heard.lat]},
        "properties": {
            "name": heard.unit.name,
            "status": heard.status,
            "time": iso(heard.at),
            "speed_m_s": heard.speed_m_s,
            "course_deg": heard.course_deg,
        },
    }
