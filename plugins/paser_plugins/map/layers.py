"""From a picture to the map's layers: which parts of it each layer is made of, and how."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from paser_command.api import (
    MINUTE,
    SECOND,
    Frame,
    Language,
    Picture,
    Severity,
    Stream,
    is_place,
)
from paser_ui.api import (
    AreaLayer,
    Marker,
    PointLayer,
    Station,
    StationLayer,
    Unit,
    UnitLayer,
    is_stale,
    shape_of_areas,
    shape_of_geometry,
    value_text,
)

AnyLayer = PointLayer | StationLayer | UnitLayer | AreaLayer

LEVEL_UNIT = "m"
UNIT_STALE_AFTER = 5 * MINUTE


class Source(NamedTuple):
    """A layer's kind of content: the parts of the picture it is made of, and its maker.

    `ages` says that it looks different as time passes, though no record came.
    """

    parts: tuple[str, ...]
    ages: bool
    make: Callable[[Frame, Language], AnyLayer]


def incidents(frame: Frame, _language: Language) -> PointLayer:
    """Return the open incidents that have a place."""
    return PointLayer(
        "incident",
        [
            Marker(
                key=incident.key,
                name=incident.title,
                lon=incident.lon,
                lat=incident.lat,
                severity=incident.severity,
                filled=incident.acknowledged is None,
            )
            for incident in frame.picture.incidents.values()
            if not incident.closed and incident.lon is not None and incident.lat is not None
        ],
    )


def levels(frame: Frame, language: Language) -> StationLayer:
    """Return the water gauges, which are the streams in metres."""
    return _stations(frame, language, [s for s in _placed(frame.picture) if s.unit == LEVEL_UNIT])


def stations(frame: Frame, language: Language) -> StationLayer:
    """Return all streams but the water gauges."""
    return _stations(frame, language, [s for s in _placed(frame.picture) if s.unit != LEVEL_UNIT])


def _stations(frame: Frame, language: Language, streams: list[Stream]) -> StationLayer:
    return StationLayer(
        [
            Station(
                key=stream.key,
                name=stream.name,
                lon=stream.lon,
                lat=stream.lat,
                value=station_value(frame, stream, language),
                severity=_severity(frame.picture, stream.key),
                stale=is_stale(frame.picture, stream.key, frame.now),
            )
            for stream in streams
            if stream.lon is not None and stream.lat is not None
        ]
    )


def station_value(frame: Frame, stream: Stream, language: Language) -> str:
    """Return the latest value with its unit, and with its age once it is stale."""
    latest = frame.picture.latest.get(stream.key)
    if latest is None:
        return "—"
    value = value_text(language, latest.value, stream.unit)
    if is_stale(frame.picture, stream.key, frame.now):
        return f"{value} · {language.age(frame.now - latest.at)}"
    return value


def units(frame: Frame, _language: Language) -> UnitLayer:
    """Return where the units are."""
    return UnitLayer(
        [
            Unit(
                key=unit.key,
                name=unit.name or unit.key,
                lon=unit.lon,
                lat=unit.lat,
                course_deg=unit.course_deg,
                stale=frame.now - unit.at > UNIT_STALE_AFTER,
            )
            for unit in frame.picture.units.values()
        ]
    )


def alerts(frame: Frame, _language: Language) -> AreaLayer:
    """Return the areas of the warnings in force."""
    return AreaLayer(
        "alert",
        [
            shape_of_areas(alert.key, alert.headline, alert.severity, alert.polygons, alert.circles)
            for alert in frame.picture.alerts_in_force(frame.now)
        ],
        dashed=True,
    )


def features(frame: Frame, _language: Language) -> AreaLayer:
    """Return roads, extents and places of the feature layers."""
    return AreaLayer(
        "feature",
        [
            shape_of_geometry(feature.key, feature.name, feature.severity, feature.geometry)
            for feature in frame.picture.features.values()
            if feature.geometry is not None
        ],
        dashed=False,
    )


SOURCES: Mapping[str, Source] = {
    "features": Source(("features",), ages=False, make=features),
    "alerts": Source(("alerts",), ages=True, make=alerts),
    "stations": Source(("streams", "latest", "feeds"), ages=True, make=stations),
    "levels": Source(("streams", "latest", "feeds"), ages=True, make=levels),
    "units": Source(("units",), ages=True, make=units),
    "incidents": Source(("incidents",), ages=False, make=incidents),
}
"""The layers by name, the lowest first."""

AGE_STEP = 10 * SECOND
"""How often a layer that ages is made anew while nothing comes."""

LEAST_STEP = SECOND
"""How often at most, in the session's time, while much comes: nobody reads numbers faster."""


def counts(frame: Frame) -> dict[str, int]:
    """Return how many things of each layer there are."""
    picture = frame.picture
    gauges = [stream.unit == LEVEL_UNIT for stream in _placed(picture)]
    return {
        "incidents": sum(not incident.closed for incident in picture.incidents.values()),
        "levels": sum(gauges),
        "stations": len(gauges) - sum(gauges),
        "alerts": len(picture.alerts_in_force(frame.now)),
        "features": len(picture.features),
        "units": len(picture.units),
    }


def _placed(picture: Picture) -> list[Stream]:
    return [
        stream
        for stream in picture.streams.values()
        if stream.lon is not None and stream.lat is not None and is_place(stream.lon, stream.lat)
    ]


def _severity(picture: Picture, stream: str) -> Severity:
    limit = picture.limit_reached(stream)
    return limit.severity if limit else Severity.NONE
