"""Features of a map layer from a GeoJSON document that always tells the whole layer.

What is no longer in the document is gone. Only a document without a fault takes features away: a
feature that cannot be read may well be one that we know.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from paser_command.api import (
    Feature,
    FeedContext,
    ParseError,
    clean_line,
    decode_json,
    decode_part,
    each_of,
    geojson,
    severity_of,
)
from paser_plugins.geojson.shapes import geometry_of

MOST_PROPERTIES = 40

_encode = msgspec.json.encode


class _Feature(msgspec.Struct, tag="Feature"):
    geometry: geojson.Shape | None
    id: str | int | float | None = None
    properties: dict[str, Any] | None = None


class _Collection(msgspec.Struct):
    type: Literal["FeatureCollection"]
    features: list[msgspec.Raw]


_collection = msgspec.json.Decoder(_Collection)
_feature = msgspec.json.Decoder(_Feature)


class FeatureFeed:
    """Polls a document, and tells how the layer differs from the last time."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context
        self._known: dict[str, Feature] = {}

    def poll(self) -> Iterator[Feature]:
        """Give the features that are new, changed, or gone."""
        answer = self._context.http.get(self._context.url)
        if answer.unchanged:
            return
        features, fault = parse_features(answer.body, self._context)
        found = {feature.key: feature for feature in features}
        for feature in found.values():
            known = self._known.get(feature.key)
            if known is None or msgspec.structs.replace(feature, at=known.at) != known:
                self._known[feature.key] = feature
                yield feature
        if fault:
            raise fault
        for key in self._known.keys() - found.keys():
            del self._known[key]
            yield self._gone(key)
        self._context.http.accept(answer)

    def _gone(self, key: str) -> Feature:
        layer = str(self._context.settings["layer"])
        now = self._context.now()
        return Feature(feed=self._context.feed, key=key, at=now, layer=layer, gone=True)


def parse_features(body: bytes, context: FeedContext) -> tuple[list[Feature], ParseError | None]:
    """Return the features that can be read, with `at` now, and the first fault of the others."""
    collection = decode_json(body, _collection)
    return each_of(collection.features, lambda part: _record(decode_part(part, _feature), context))


def _record(told: _Feature, context: FeedContext) -> Feature:
    properties = told.properties or {}
    geometry = geometry_of(told.geometry) if told.geometry else None
    own = told.id if told.id is not None else properties.get(str(context.settings["id_property"]))
    if own in (None, ""):
        own = hashlib.sha256(_encode(geometry)).hexdigest()[:16]
    return Feature(
        feed=context.feed,
        key=context.key(clean_line(own)),
        at=context.now(),
        layer=str(context.settings["layer"]),
        name=clean_line(properties.get(str(context.settings["name_property"]))),
        geometry=geometry,
        severity=severity_of(properties.get(str(context.settings["severity_property"]))),
        properties=_texts(properties),
    )


def _texts(properties: dict[str, Any]) -> dict[str, str]:
    """Return the properties as texts; what is nested as JSON."""
    some = list(properties.items())[:MOST_PROPERTIES]
    return {
        clean_line(name, 80): clean_line(
            value if isinstance(value, str | int | float) else _encode(value).decode(), 1000
        )
        for name, value in some
        if value is not None
    }
