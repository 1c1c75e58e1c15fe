"""The check at the hand-over: whatever a feed gives, only sound records get past it.

Inside, types are believed; so each record is judged here once, by code for its kind: numbers and
places, which come by the thousand, field by field, all others by being written and read again.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from paser_command.errors import FeedError
from paser_command.geo import Circle, LonLat, is_place
from paser_command.journal.quarantine import Quarantined
from paser_command.records import (
    Alert,
    Feature,
    Kinds,
    Observation,
    Position,
    Quality,
    Record,
    Report,
    Stream,
)
from paser_command.times import Instant, parse

EARLIEST: Instant = parse("1900-01-01T00:00:00Z")
LATEST: Instant = parse("2200-01-01T00:00:00Z")

MOST = 1e15
"""Largest number that is taken: sums of 2^63 of them, and differences, stay finite."""

LONGEST_KEY = 500
LONGEST_TEXT = 10_000
MOST_BYTES = 4 * 2**20
"""Largest record, written as JSON: an area of 100,000 positions is smaller."""

MOST_BYTES_KEPT = 256 * 1024
"""Largest record that is kept in quarantine."""

_REMEMBERED_KEYS = 100_000
_QUALITIES = frozenset(Quality)


class HandOver:
    """Judges one feed's records. Used by one thread at a time.

    `kinds` are those that the program knows; a feed may give those that are `from_feeds`.
    """

    def __init__(self, feed: str, kinds: Kinds) -> None:
        self._feed = feed
        self._own = f"{feed}/"
        self._good_keys: set[str] = set()
        self._encode = msgspec.json.Encoder().encode
        self._decoders: dict[type[Record], Callable[[bytes], Record]] = {
            kind.record: msgspec.json.Decoder(kind.record).decode
            for kind in kinds
            if kind.from_feeds
        }

    def taken(self, record: Any) -> Record:
        """Return the record, of the types that its class declares; FeedError where it is none."""
        kind = type(record)
        decoder = self._decoders.get(kind)
        if decoder is None:
            raise FeedError("not_from_feeds", kind=kind.__name__[:80])
        self._check_key(record.feed, record.key)
        if type(record.received) is not int or record.received:
            # When it was received is ours to say.
            record = msgspec.structs.replace(record, received=0)
        if kind is Observation:
            return _observation(record)
        if kind is Position:
            return _position(record)
        read = self._read_again(record, decoder)
        _check_instants(read)
        if check := _MORE.get(kind):
            check(read)
        return read

    def _check_key(self, feed: Any, key: Any) -> None:
        if feed != self._feed:
            raise FeedError("foreign_record")
        if type(key) is not str:
            raise FeedError("wrong_shape", where="key")
        if key in self._good_keys:
            return
        if not key.startswith(self._own):
            raise FeedError("foreign_record")
        if len(key) > LONGEST_KEY or key == self._own or "\0" in key:
            raise FeedError("bad_value", where="key")
        _check_text(key, "key")
        if len(self._good_keys) >= _REMEMBERED_KEYS:
            self._good_keys.clear()
        self._good_keys.add(key)

    def _read_again(self, record: Record, decoder: Callable[[bytes], Record]) -> Record:
        """Return what the journal would read of the record: NaN and its like are no numbers."""
        try:
            body = self._encode(record)
            if len(body) > MOST_BYTES:
                raise FeedError("too_large_record", limit_mib=MOST_BYTES / 2**20)
            read = decoder(body)
        except UnicodeEncodeError as cause:
            raise FeedError("not_utf8") from cause
        except msgspec.ValidationError as misfit:
            _, _, where = str(misfit).rpartition("`$.")
            raise FeedError("wrong_shape", where=where.rstrip("`")[:80] or "$") from misfit
        except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as cause:
            raise FeedError("wrong_shape", where=type(record).__name__.lower()) from cause
        for name in record.__struct_fields__:
            if getattr(read, name) is None and getattr(record, name) is not None:
                raise FeedError("bad_value", where=name)
        return read


def put_aside(record: Any, feed: str, fault: FeedError) -> Quarantined:
    """Return the record for the quarantine, whatever it is made of."""
    kind = getattr(getattr(type(record), "__struct_config__", None), "tag", None)
    return Quarantined(
        feed=feed,
        kind=str(kind or type(record).__name__)[:80],
        key=_short(getattr(record, "key", "")),
        reason=fault.code,
        facts=fault.codes_facts,
        body=_body_of(record),
    )


def taken_up(quarantined: Quarantined, kinds: Kinds) -> Record:
    """Return the record that is in quarantine; FeedError where it is not one of a known kind."""
    record_class = {kind.name: kind.record for kind in kinds}.get(quarantined.kind)
    if record_class is None:
        raise FeedError("not_from_feeds", kind=quarantined.kind)
    try:
        return msgspec.convert(json.loads(quarantined.body), record_class)
    except (msgspec.MsgspecError, ValueError, RecursionError) as cause:
        raise FeedError("wrong_shape", where=quarantined.kind) from cause


def _body_of(record: Any) -> bytes:
    try:
        body = json.dumps(msgspec.to_builtins(record)).encode()
    except (TypeError, ValueError, RecursionError):
        fields = getattr(record, "__struct_fields__", ())
        body = json.dumps({name: repr(getattr(record, name))[:1000] for name in fields}).encode()
    return body if len(body) <= MOST_BYTES_KEPT else b""


def _short(text: object) -> str:
    told = text if isinstance(text, str) else repr(text)
    return told.replace("\0", "").encode(errors="replace").decode()[:200]


def _check_text(text: Any, where: str) -> None:
    if type(text) is not str:
        raise FeedError("wrong_shape", where=where)
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise FeedError("bad_value", where=where)
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as cause:
        raise FeedError("not_utf8") from cause


def _check_number(value: Any, where: str, least: float = -MOST, most: float = MOST) -> None:
    if type(value) is not float and type(value) is not int:
        raise FeedError("wrong_shape", where=where)
    if not least <= value <= most:
        raise FeedError("bad_value", where=where)


def _check_instant(at: Any, where: str) -> None:
    if type(at) is not int:
        raise FeedError("wrong_shape", where=where)
    if not EARLIEST <= at <= LATEST:
        raise FeedError("bad_value", where=where)


_INSTANTS = ("at", "began", "effective", "expires", "until")


def _check_instants(record: Record) -> None:
    for name in _INSTANTS:
        at = getattr(record, name, None)
        if at is not None:
            _check_instant(at, name)


def _observation(record: Observation) -> Observation:
    value, at = record.value, record.at
    # Spelled out: this runs for every number.
    if type(value) is not float:
        _check_number(value, "value")
    if not -MOST <= value <= MOST:
        raise FeedError("bad_value", where="value")
    if type(at) is not int or not EARLIEST <= at <= LATEST:
        _check_instant(at, "at")
    if type(record.quality) is not Quality:
        return msgspec.structs.replace(record, quality=_quality(record.quality))
    return record


def _quality(told: Any) -> Quality:
    if type(told) is not int or told not in _QUALITIES:
        raise FeedError("bad_value", where="quality")
    return Quality(told)


def _position(record: Position) -> Position:
    _check_instant(record.at, "at")
    _check_number(record.lon, "lon", -180.0, 180.0)
    _check_number(record.lat, "lat", -90.0, 90.0)
    if record.speed_m_s is not None:
        _check_number(record.speed_m_s, "speed_m_s")
    if record.course_deg is not None:
        _check_number(record.course_deg, "course_deg")
    _check_text(record.name, "name")
    _check_text(record.status, "status")
    return record


def _check_lon_lat(record: Stream | Report) -> None:
    if record.lon is not None:
        _check_number(record.lon, "lon", -180.0, 180.0)
    if record.lat is not None:
        _check_number(record.lat, "lat", -90.0, 90.0)


def _check_stream(stream: Stream) -> None:
    _check_lon_lat(stream)
    _check_number(stream.interval_s, "interval_s", 0.0)
    for limit in stream.limits:
        _check_number(limit.value, "limits")


def _check_rings(rings: Iterable[Iterable[LonLat]], where: str) -> None:
    for ring in rings:
        if not all(is_place(lon, lat) for lon, lat in ring):
            raise FeedError("bad_value", where=where)


def _check_circle(circle: Circle) -> None:
    _check_rings([[(circle.lon, circle.lat)]], "circles")
    _check_number(circle.radius_m, "circles", 0.0, 20_040_000.0)


def _check_alert(alert: Alert) -> None:
    _check_rings(alert.polygons, "polygons")
    for circle in alert.circles:
        _check_circle(circle)


def _check_feature(feature: Feature) -> None:
    if feature.geometry is not None:
        _check_rings(feature.geometry.rings, "geometry")


_MORE: Mapping[type[Record], Callable[[Any], None]] = {
    Stream: _check_stream,
    Report: _check_lon_lat,
    Alert: _check_alert,
    Feature: _check_feature,
}
"""What is checked of a kind besides its types."""
