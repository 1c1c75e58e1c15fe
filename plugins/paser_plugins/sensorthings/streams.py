"""Streams from SensorThings datastreams, with the thing's name, place and limits."""

from typing import Annotated, NamedTuple

import msgspec

from paser_command.api import (
    FeedContext,
    Limit,
    LonLat,
    Stream,
    clean_line,
    decode_json,
    decode_part,
    number,
    place_of,
    readable,
    severity_of,
)

Id = str | int


class _Point(msgspec.Struct):
    coordinates: list[float]


class _Feature(msgspec.Struct):
    """A location: a point, or a GeoJSON feature around one."""

    coordinates: list[float] | None = None
    geometry: _Point | None = None


class _Location(msgspec.Struct):
    location: _Feature


class _Thing(msgspec.Struct, rename={"locations": "Locations"}):
    name: str = ""
    locations: list[_Location] = []


class _Unit(msgspec.Struct):
    symbol: str | None = None


class _Limit(msgspec.Struct):
    name: str
    value: float
    severity: str | int


class _Properties(msgspec.Struct):
    interval_s: Annotated[float, msgspec.Meta(gt=0, le=31_536_000)] = 60.0
    limits: list[_Limit] = []


class _Datastream(
    msgspec.Struct, rename={"id": "@iot.id", "unit": "unitOfMeasurement", "thing": "Thing"}
):
    id: Id
    name: str = ""
    unit: _Unit | None = None
    properties: _Properties | None = None
    thing: _Thing | None = None


class _Datastreams(msgspec.Struct, rename={"next": "@iot.nextLink"}):
    value: list[msgspec.Raw]
    next: str | None = None


class StreamPage(NamedTuple):
    """A page of streams, and the link to the next one or ""."""

    streams: list[Stream]
    next: str


_page = msgspec.json.Decoder(_Datastreams)
_datastream = msgspec.json.Decoder(_Datastream)


def parse_streams(body: bytes, context: FeedContext) -> StreamPage:
    """Return a page of datastreams as streams whose `at` is now."""
    page = decode_json(body, _page)
    streams = readable(
        page.value,
        lambda part: _stream(decode_part(part, _datastream), context),
        context.passed_over,
    )
    return StreamPage(list(streams), page.next or "")


def _stream(datastream: _Datastream, context: FeedContext) -> Stream:
    thing, properties = datastream.thing or _Thing(), datastream.properties or _Properties()
    lon, lat = _place(thing) or (None, None)
    unit = datastream.unit.symbol if datastream.unit else ""
    return Stream(
        feed=context.feed,
        key=context.key(clean_line(datastream.id)),
        at=context.now(),
        name=clean_line(thing.name) or clean_line(datastream.name),
        unit=clean_line(unit, 40),
        lon=lon,
        lat=lat,
        interval_s=properties.interval_s,
        limits=_limits(properties.limits),
    )


def _place(thing: _Thing) -> LonLat | None:
    for located in thing.locations:
        point = located.location.geometry or located.location
        if point.coordinates is not None:
            return place_of(point.coordinates, "location")
    return None


def _limits(limits: list[_Limit]) -> tuple[Limit, ...]:
    return tuple(
        Limit(clean_line(limit.name), number(limit.value, "limits"), severity_of(limit.severity))
        for limit in sorted(limits, key=lambda limit: limit.value)
    )
