"""What of the picture can be searched for, kept in step with it."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from paser_command.geo import Geometry, LonLat, bounds
from paser_command.maps.places import DISTRICT, RIVER, TOWN, findable_place, shipped_places
from paser_command.maps.search import Findable, SearchIndex
from paser_command.picture.drawings import Drawing
from paser_command.picture.incidents import Incident
from paser_command.picture.picture import Picture
from paser_command.records import (
    HOTSPOT,
    Alert,
    Feature,
    Position,
    Severity,
    Stream,
    shown_name,
)

ORDER = (DISTRICT, TOWN, RIVER, "incident", "stream", "unit", "drawing", "feature")


_HOTSPOT_WORDS = "hotspot titik panas"
"""What people type for one: its own name is the satellite's."""

_AT_ONCE = 2_000
"""So many names are taken in at a time, some tens of milliseconds."""


class PictureSearch:
    """The search of a desk: the gazetteer, and what the picture has that bears a name."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        """Of things that fit alike, those of the kinds in `first` come before the picture's."""
        self.index = SearchIndex((*first, *ORDER))
        self.index.put(map(findable_place, shipped_places()))
        self._picture: Picture | None = None
        self._revision: dict[str, int] = {}
        self._waiting: dict[str, set[str]] = {}

    @property
    def behind(self) -> bool:
        """Whether there is more to take in."""
        return any(self._waiting.values())

    def follow(self, picture: Picture) -> bool:
        """Take in some of what has changed since; tell whether anything has."""
        if picture is not self._picture:
            self._picture, self._revision = picture, {}
        for part, source in _SOURCES.items():
            self._notice(picture, part, source)
        left = _AT_ONCE
        for part, keys in self._waiting.items():
            some = set(islice(keys, left))
            self._take(picture, part, some)
            keys -= some
            left -= len(some)
        return left < _AT_ONCE

    def _notice(self, picture: Picture, part: str, source: "_Source") -> None:
        """Note which keys of a part are to be taken in."""
        before, revision = self._revision.get(part), picture.revision[part]
        keys = None if before is None else picture.changes(part, before)
        if keys is None:
            self.index.forget(source.kind)
            self._waiting[part] = set(getattr(picture, part))
        else:
            self._waiting[part] |= keys
        self._revision[part] = revision

    def _take(self, picture: Picture, part: str, keys: set[str]) -> None:
        if not keys:
            return
        source, known = _SOURCES[part], getattr(picture, part)
        self.index.drop(source.kind, (key for key in keys if key not in known))
        self.index.put(source.make(known[key]) for key in keys if key in known)


def incident_name(incident: Incident) -> str:
    """Return what happened and where, the place only where the title does not have it."""
    known = incident.place.partition(",")[0] in incident.title
    return incident.title if known else f"{incident.title}, {incident.place}"


def severity_of(picture: Picture, kind: str, key: str) -> Severity:
    """Return how bad a thing of the picture is; a station as the limit that it has reached."""
    if kind == "stream":
        limit = picture.limit_reached(key)
        return limit.severity if limit else Severity.NONE
    parts: Mapping[str, Mapping[str, Incident | Alert | Feature]] = {
        "incident": picture.incidents,
        "alert": picture.alerts,
        "feature": picture.features,
    }
    found = parts.get(kind, {}).get(key)
    return found.severity if found else Severity.NONE


def middle_of(geometry: Geometry | None) -> LonLat | None:
    """Return where to go for a shape: a line's middle place, else the middle of its box."""
    if geometry is None or not geometry.rings:
        return None
    if geometry.kind == "line":
        line = geometry.rings[0]
        return line[len(line) // 2] if line else None
    box = bounds(geometry.rings)
    return ((box.west + box.east) / 2, (box.south + box.north) / 2) if box else None


class _Source(NamedTuple):
    kind: str
    make: Callable[[Any], Findable]


def _incident(incident: Incident) -> Findable:
    return Findable(
        kind="incident",
        key=incident.key,
        name=incident_name(incident),
        words=f"{incident.place} {incident.district_name} {incident.key}",
        lon=incident.lon,
        lat=incident.lat,
        district=incident.district_name,
        severity=incident.severity,
        at=incident.updated,
        over=incident.closed,
    )


def _stream(stream: Stream) -> Findable:
    return Findable(
        kind="stream",
        key=stream.key,
        name=shown_name(stream.name, stream.key),
        words=f"{stream.district_name} {stream.key}",
        lon=stream.lon,
        lat=stream.lat,
        district=stream.district_name,
    )


def _unit(unit: Position) -> Findable:
    return Findable(
        kind="unit",
        key=unit.key,
        name=unit.name or unit.key,
        words=f"{unit.status} {unit.key}",
        lon=unit.lon,
        lat=unit.lat,
        at=unit.at,
    )


def _feature(feature: Feature) -> Findable:
    lon, lat = middle_of(feature.geometry) or (None, None)
    hot = feature.layer == HOTSPOT
    return Findable(
        kind="feature",
        what=HOTSPOT if hot else "",
        key=feature.key,
        name=feature.name or feature.layer,
        words=f"{_HOTSPOT_WORDS if hot else feature.layer} {feature.district_name}",
        lon=lon,
        lat=lat,
        district=feature.district_name,
        severity=feature.severity,
        at=feature.at,
    )


def _drawing(drawing: Drawing) -> Findable:
    lon, lat = _middle(drawing.places)
    return Findable(
        kind="drawing",
        key=drawing.key,
        name=drawing.name,
        words=drawing.note,
        lon=lon,
        lat=lat,
        at=drawing.changed_at,
    )


def _middle(places: Iterable[LonLat]) -> tuple[float | None, float | None]:
    box = bounds((tuple(places),))
    return ((box.west + box.east) / 2, (box.south + box.north) / 2) if box else (None, None)


_SOURCES: Mapping[str, _Source] = {
    "incidents": _Source("incident", _incident),
    "streams": _Source("stream", _stream),
    "units": _Source("unit", _unit),
    "features": _Source("feature", _feature),
    "drawings": _Source("drawing", _drawing),
}
