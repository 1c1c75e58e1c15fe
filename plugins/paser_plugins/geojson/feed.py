"""Features of a map layer from a GeoJSON document that always tells the whole layer.

What is no longer in the document is gone. A feature that cannot be read is passed over; where its
id can be read it stays as it was. Where that cannot be read either, or where the server says that
there is more, the document is not whole and takes nothing away.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from paser_command.api import (
    Feature,
    FeedContext,
    ParseError,
    Snapshot,
    clean_line,
    decode_json,
    decode_part,
    readable,
    severity_of,
)
from paser_plugins.geojson.shapes import AnyShape, geometry_of

MOST_PROPERTIES = 40

_encode = msgspec.json.encode
Id = str | int | float | None


class _Feature(msgspec.Struct, tag="Feature"):
    geometry: AnyShape | None
    id: Id = None
    properties: dict[str, Any] | None = None


class _Named(msgspec.Struct):
    """What can be read of a feature that is none."""

    id: Id = None
    properties: dict[str, Any] | None = None


class _Collection(msgspec.Struct):
    """A document. The other members say whether there is more (ArcGIS, OGC API Features)."""

    type: Literal["FeatureCollection"]
    features: list[msgspec.Raw]
    exceeded: Any = msgspec.field(name="exceededTransferLimit", default=None)
    properties: Any = None
    links: Any = None

    @property
    def has_more(self) -> bool:
        inner = self.properties if isinstance(self.properties, dict) else {}
        links = self.links if isinstance(self.links, list) else []
        following = any(isinstance(link, dict) and link.get("rel") == "next" for link in links)
        return bool(self.exceeded or inner.get("exceededTransferLimit") or following)


_collection = msgspec.json.Decoder(_Collection)
_feature = msgspec.json.Decoder(_Feature)
_named = msgspec.json.Decoder(_Named)


class FeatureFeed:
    """Polls a document."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context

    def poll(self) -> Iterator[Snapshot]:
        """Give the layer, where the document has changed."""
        answer = self._context.http.get(self._context.url)
        if not answer.unchanged:
            yield parse_features(answer.body, self._context)
            self._context.http.accept(answer)


def parse_features(body: bytes, context: FeedContext) -> Snapshot:
    """Return the features that can be read, with `at` now."""
    collection = decode_json(body, _collection)
    kept: set[str] = set()
    nameless = 0

    def read(part: msgspec.Raw) -> tuple[_Feature, Feature]:
        nonlocal nameless
        try:
            told = decode_part(part, _feature)
            return told, _record(told, context)
        except ParseError:
            if own := _own_of(part, context):
                kept.add(context.key(own))
            else:
                nameless += 1
            raise

    features = _apart(list(readable(collection.features, read, context.passed_over)), context)
    return Snapshot(features, whole=not (nameless or collection.has_more), kept=kept)


def _apart(read: Sequence[tuple[_Feature, Feature]], context: FeedContext) -> list[Feature]:
    """Return the features by key; those without an id get one of what they say.

    That is their geometry, as long as it tells them from the others; else all of them.
    """
    bare = [(told, feature) for told, feature in read if not feature.key]
    shapes = Counter(_digest(told.geometry) for told, _ in bare)
    found = {feature.key: feature for _, feature in read if feature.key}
    same: Counter[str] = Counter()
    for told, feature in bare:
        own = _digest(feature.geometry)
        if told.geometry is None or shapes[_digest(told.geometry)] > 1:
            own = _digest((told.geometry, told.properties))
            same[own] += 1
            own = own if same[own] == 1 else f"{own}-{same[own]}"
        key = context.key(own)
        found[key] = msgspec.structs.replace(feature, key=key)
    return list(found.values())


def _digest(value: object) -> str:
    return hashlib.sha256(_encode(value)).hexdigest()[:16]


def _own_of(part: msgspec.Raw, context: FeedContext) -> str:
    """Return the id of a feature that cannot be read; "" where it has none that can be."""
    try:
        return _own(decode_part(part, _named), context)
    except ParseError:
        return ""


def _own(told: _Feature | _Named, context: FeedContext) -> str:
    properties = told.properties or {}
    own = told.id if told.id is not None else properties.get(str(context.settings["id_property"]))
    return clean_line(own)


def _record(told: _Feature, context: FeedContext) -> Feature:
    """Return the feature; its key is empty where it has no id."""
    properties = told.properties or {}
    own = _own(told, context)
    return Feature(
        feed=context.feed,
        key=context.key(own) if own else "",
        at=context.now(),
        layer=str(context.settings["layer"]),
        name=clean_line(properties.get(str(context.settings["name_property"]))),
        geometry=geometry_of(told.geometry) if told.geometry else None,
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
