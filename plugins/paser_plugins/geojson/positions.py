"""Where units are, from a GeoJSON document of points that always tells all of them.

A position is as old as the unit says: a document that is served for ever makes nobody look alive.
"""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from paser_command.api import (
    HOUR,
    FeedContext,
    ParseError,
    Position,
    clean_line,
    decode_json,
    decode_part,
    geojson,
    instant,
    number,
    place_of,
    readable,
)

MOST_SPEED_M_S = 1_000.0


class _Feature(msgspec.Struct, tag="Feature"):
    geometry: geojson.Point
    properties: dict[str, Any]
    id: str | int | float | None = None


class _Collection(msgspec.Struct):
    type: Literal["FeatureCollection"]
    features: list[msgspec.Raw]


_collection = msgspec.json.Decoder(_Collection)
_feature = msgspec.json.Decoder(_Feature)


class PositionFeed:
    """Polls a document of units."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context

    def poll(self) -> Iterator[Position]:
        """Give where each unit is."""
        answer = self._context.http.get(self._context.url)
        if answer.unchanged:
            return
        yield from parse_positions(answer.body, self._context)
        self._context.http.accept(answer)


def parse_positions(body: bytes, context: FeedContext) -> Iterator[Position]:
    """Give the positions that can be read."""
    collection = decode_json(body, _collection)
    yield from readable(
        collection.features,
        lambda part: _record(decode_part(part, _feature), context),
        context.passed_over,
    )


def _record(told: _Feature, context: FeedContext) -> Position:
    values = {
        name.removesuffix("_property"): told.properties.get(str(context.settings[name]))
        for name in (f"{word}_property" for word in ("id", "name", "time", "status"))
    }
    own = clean_line(told.id if told.id is not None else values["id"])
    if not own:
        raise ParseError("bad_value", where="id")
    lon, lat = place_of(told.geometry.coordinates, "geometry")
    return Position(
        feed=context.feed,
        key=context.key(own),
        at=instant(clean_line(values["time"], 64), "time", context.now() + HOUR),
        lon=lon,
        lat=lat,
        speed_m_s=_number(told, context, "speed_property", MOST_SPEED_M_S),
        course_deg=_number(told, context, "course_property", 360.0),
        name=clean_line(values["name"]),
        status=clean_line(values["status"], 80),
    )


def _number(told: _Feature, context: FeedContext, setting: str, most: float) -> float | None:
    name = str(context.settings[setting])
    value = told.properties.get(name)
    if value is None:
        return None
    if not isinstance(value, str | int | float) or not 0 <= number(value, name) <= most:
        raise ParseError("bad_value", where=clean_line(name, 40))
    return number(value, name)
