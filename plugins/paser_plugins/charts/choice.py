"""Which streams are drawn: the picked one, those near the picked incident, or the most pressing."""

from enum import StrEnum

import msgspec

from paser_command.api import Frame, Incident, Picture, Region, Severity, Stream, distance_m

MOST = 9
NEAR_M = 60_000.0
"""A station farther away says little about an incident."""

_LEVEL_UNIT = "m"
_WATER = ("m", "cm", "mm", "m3", "m³")
_AIR = ("µg", "μg", "ug")
_TELLING = {
    "flood": _WATER,
    "landslide": ("mm",),
    "storm": ("mm",),
    "haze": _AIR,
    "fire": _AIR,
    "forest_fire": _AIR,
}
"""The units, before what they are per, of stations that say something about a category."""


class Why(StrEnum):
    """Why these streams."""

    PICKED = "picked"
    NEAR = "near"
    PRESSING = "pressing"


class Choice(msgspec.Struct, frozen=True):
    """Streams to draw, best first, and why these; `title` is the incident's they are near to.

    `elsewhere` says how many were left out as they lie outside of the desk's area.
    """

    why: Why
    streams: tuple[Stream, ...]
    title: str = ""
    elsewhere: int = 0


def choose(frame: Frame) -> Choice:
    """Return the streams that the frame's selection asks for.

    What is picked, and what is near to it, is drawn wherever it lies; of the rest, what lies in the
    desk's area.
    """
    picture, selection = frame.picture, frame.selection
    if selection.kind == "stream" and selection.key in picture.streams:
        return Choice(Why.PICKED, (picture.streams[selection.key],))
    if selection.kind == "incident" and selection.key in picture.incidents:
        incident = picture.incidents[selection.key]
        if near := _near(picture, incident):
            place = f", {incident.place}" if incident.place else ""
            return Choice(Why.NEAR, near, f"{incident.title}{place}")
    inside = _inside(picture, frame.area)
    elsewhere = len(picture.streams) - len(inside)
    return Choice(Why.PRESSING, _pressing(picture, inside), elsewhere=elsewhere)


def _near(picture: Picture, incident: Incident) -> tuple[Stream, ...]:
    """Return the nearest stations, those first that say something about such an incident."""
    lon, lat = incident.lon, incident.lat
    if lon is None or lat is None:
        return ()
    telling = _TELLING.get(incident.category, ())
    near = [
        (stream.unit.partition("/")[0] not in telling, metres, stream.key)
        for stream in picture.streams.values()
        if stream.lon is not None
        and stream.lat is not None
        and (metres := distance_m(lon, lat, stream.lon, stream.lat)) <= NEAR_M
    ]
    return tuple(picture.streams[key] for _, _, key in sorted(near)[:MOST])


def _inside(picture: Picture, area: Region | None) -> list[Stream]:
    streams = picture.streams.values()
    if area is None:
        return list(streams)
    return [stream for stream in streams if area.contains(stream.lon, stream.lat)]


def _pressing(picture: Picture, streams: list[Stream]) -> tuple[Stream, ...]:
    def order(stream: Stream) -> tuple[int, bool, bool, str, str]:
        reached = picture.limit_reached(stream.key)
        severity = reached.severity if reached else Severity.NONE
        return (
            -severity,
            not stream.limits,
            stream.unit != _LEVEL_UNIT,
            stream.name,
            stream.key,
        )

    return tuple(sorted(streams, key=order)[:MOST])
