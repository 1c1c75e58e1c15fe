"""From a picture to the map's layers: which parts of it each layer is made of, and how."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from paser_command.api import (
    SECOND,
    Drawing,
    Frame,
    Incident,
    Instant,
    Language,
    Picture,
    Severity,
    Stream,
    shown_name,
)
from paser_map.api import (
    AnyLayer,
    AreaLayer,
    DrawingLayer,
    Marker,
    PointLayer,
    Station,
    StationLayer,
    purpose_word,
)
from paser_plugins.map.heat import hotspots
from paser_plugins.map.shapes import Shapes
from paser_plugins.map.tally import (
    HOTSPOTS,
    AlertTally,
    DrawingTally,
    FeatureTally,
    HotspotTally,
    IncidentTally,
    LevelTally,
    StationTally,
    Tally,
    UnitTally,
    placed_streams,
)
from paser_plugins.map.units import units
from paser_ui.api import category_word, is_stale, value_text

TRAILS = "trails"
"""What a layer reads that is no part of the picture: the frame's trails."""


class Part(NamedTuple):
    """A live layer: the parts of the picture it reads, its maker, and what it comes to.

    `make` leaves out what is older than an instant. `ages` says that it looks different as time
    passes, though no record came. `change` changes a layer in place, where the keys are known that
    changed in the one part it reads. `make_shapes` makes a layer of shapes that were projected
    before, in place of `make`.
    """

    reads: tuple[str, ...]
    ages: bool
    make: Callable[[Frame, Language, Instant], AnyLayer] | None
    facts: Callable[[], Tally]
    change: Callable[[PointLayer, Frame, Language, set[str], Instant], None] | None = None
    make_shapes: Callable[[Frame, Shapes, Instant], AreaLayer] | None = None


def incidents(frame: Frame, language: Language, oldest: Instant) -> PointLayer:
    """Return the open incidents that have a place."""
    standing = frame.picture.incidents.values()
    found = (_marker(incident, frame, language, oldest) for incident in standing)
    return PointLayer("incident", [marker for marker in found if marker])


def change_incidents(
    layer: PointLayer, frame: Frame, language: Language, keys: set[str], oldest: Instant
) -> None:
    """Change the points of the incidents that changed."""
    standing = frame.picture.incidents
    found = {
        key: _marker(standing[key], frame, language, oldest) for key in keys if key in standing
    }
    shown = [marker for marker in found.values() if marker]
    layer.drop(keys - {marker.key for marker in shown})
    layer.put(shown)


def _marker(incident: Incident, frame: Frame, language: Language, oldest: Instant) -> Marker | None:
    """Return an incident's symbol; on the wall it is called what it is, not what people said."""
    if incident.closed or incident.lon is None or incident.lat is None:
        return None
    if incident.updated < oldest:
        return None
    # Only where it is wanted: there may be many thousands of them.
    kind = category_word(language.tr, incident.category) if frame.wall else ""
    return Marker(
        key=incident.key,
        name=frame.personal(incident.title, kind),
        lon=incident.lon,
        lat=incident.lat,
        severity=incident.severity,
        filled=incident.acknowledged is None,
    )


def levels(frame: Frame, language: Language, oldest: Instant) -> StationLayer:
    """Return the water gauges, which are the streams in metres."""
    return _stations(frame, language, placed_streams(frame.picture, levels=True), oldest)


def stations(frame: Frame, language: Language, oldest: Instant) -> StationLayer:
    """Return all streams but the water gauges."""
    return _stations(frame, language, placed_streams(frame.picture, levels=False), oldest)


def _stations(
    frame: Frame, language: Language, streams: list[Stream], oldest: Instant
) -> StationLayer:
    latest, waiting = frame.picture.latest, frame.picture.waiting()
    return StationLayer(
        [
            Station(
                key=stream.key,
                name=frame.official(shown_name(stream.name, stream.key)),
                lon=stream.lon,
                lat=stream.lat,
                value=station_value(frame, stream, language),
                severity=_severity(frame.picture, stream.key),
                stale=is_stale(frame.picture, stream.key, frame.now),
                waits=stream.key in waiting,
            )
            for stream in streams
            if stream.lon is not None and stream.lat is not None
            if not oldest or (stream.key in latest and latest[stream.key].at >= oldest)
        ]
    )


def station_value(frame: Frame, stream: Stream, language: Language) -> str:
    """Return the latest value with its unit, and with its age once it is stale."""
    latest = frame.picture.latest.get(stream.key)
    if latest is None:
        return "—"
    value = value_text(language, latest.value, frame.official(stream.unit))
    if is_stale(frame.picture, stream.key, frame.now):
        return f"{value} · {language.age(frame.now - latest.at)}"
    return value


def alerts(frame: Frame, shapes: Shapes, oldest: Instant) -> AreaLayer:
    """Return the areas of the warnings in force, as far as they are projected."""
    found = (
        shapes.of_alert(alert, frame.official(alert.headline))
        for alert in frame.picture.alerts_in_force(frame.now)
        if alert.at >= oldest
    )
    return AreaLayer("alert", [shape for shape in found if shape], dashed=True)


def features(frame: Frame, shapes: Shapes, oldest: Instant) -> AreaLayer:
    """Return roads, extents and places of the feature layers; hotspots have their own."""
    found = (
        shapes.of_feature(feature, frame.official(feature.name))
        for feature in frame.picture.features.values()
        if feature.layer != HOTSPOTS and feature.at >= oldest
    )
    return AreaLayer("feature", [shape for shape in found if shape], dashed=False)


def drawings(frame: Frame, language: Language, oldest: Instant) -> DrawingLayer:
    """Return what operators drew; on the wall what has a name is called what it is for."""
    found = frame.picture.drawings.values()
    return DrawingLayer(
        _named(drawing, frame, language) for drawing in found if drawing.changed_at >= oldest
    )


def _named(drawing: Drawing, frame: Frame, language: Language) -> Drawing:
    kind = purpose_word(language, drawing) if drawing.name else ""
    name = frame.personal(drawing.name, kind)
    return drawing if name == drawing.name else msgspec.structs.replace(drawing, name=name)


PARTS: Mapping[str, Part] = {
    "incidents": Part(("incidents",), False, incidents, IncidentTally, change_incidents),
    "units": Part(("units", TRAILS), True, units, UnitTally),
    "levels": Part(("streams", "latest", "feeds", "alarms"), True, levels, LevelTally),
    "stations": Part(("streams", "latest", "feeds", "alarms"), True, stations, StationTally),
    "drawings": Part(("drawings",), False, drawings, DrawingTally),
    "alerts": Part(("alerts",), True, None, AlertTally, make_shapes=alerts),
    "hotspots": Part(("features",), True, hotspots, HotspotTally),
    "features": Part(("features",), False, None, FeatureTally, make_shapes=features),
}
"""The live layers by name, as they lie delivered: the first on top."""

AGE_STEP = 10 * SECOND
"""How often a layer that ages is made anew while nothing comes."""

LEAST_STEP = 2 * SECOND
"""How often at most, in the session's time, while much comes: nobody reads numbers faster."""


def _severity(picture: Picture, stream: str) -> Severity:
    limit = picture.limit_reached(stream)
    return limit.severity if limit else Severity.NONE
