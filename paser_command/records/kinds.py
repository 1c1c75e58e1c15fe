"""The registry of record kinds: how each is written and read, and what everybody asks of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from paser_command.errors import PluginError
from paser_command.geo import LonLat
from paser_command.records.bodies import (
    DamagedRecordError,
    NewerBodyError,
    is_checked,
    pack,
    unpack,
)
from paser_command.records.values import (
    Alarm,
    Alert,
    Command,
    Feature,
    FeedHealth,
    Observation,
    Position,
    Record,
    Report,
    Severity,
    Stream,
    Unknown,
)
from paser_command.times import Instant


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of record. `name` is the word in the journal's `kind` column, the record's own tag.

    `title`, `place` (degrees; None without one) and `severity` are what everybody asks of a record
    of the kind. Only a kind `from_feeds` is accepted from a feed: the others are our own word.
    `gone` makes of one that stands the record that takes it away, where the kind has such.
    """

    record: type[Record]
    title: Callable[[Any], str] = lambda record: record.key
    place: Callable[[Any], LonLat | None] = lambda record: None
    severity: Callable[[Any], Severity] = lambda record: Severity.NONE
    from_feeds: bool = False
    gone: Callable[[Any, Instant], Record] | None = None

    @property
    def name(self) -> str:
        """Return the kind's word in the journal."""
        return str(self.record.__struct_config__.tag)


class Kinds:
    """The kinds that a program knows, by name and by class. PluginError where two share a name."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._by_name: dict[str, Kind] = {}
        self._by_class: dict[type[Record], Kind] = {}
        self._decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {}
        self._encoder = msgspec.msgpack.Encoder()
        for kind in kinds:
            if kind.name in self._by_name:
                raise PluginError("two kinds of record are named {kind}", kind=kind.name)
            self._by_name[kind.name] = kind
            self._by_class[kind.record] = kind
            self._decoders[kind.name] = msgspec.msgpack.Decoder(kind.record)

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._by_name.values())

    def __contains__(self, record_class: object) -> bool:
        return record_class in self._by_class

    def of(self, record: Record) -> Kind:
        """Return the record's kind; KeyError where its class is not registered."""
        return self._by_class[type(record)]

    def name_of(self, record: Record) -> str:
        """Return the word by which the journal files the record."""
        if isinstance(record, Unknown):
            return record.name
        return self._by_class[type(record)].name

    def encode(self, record: Record) -> bytes:
        """Return the record's body; that of an unknown record as it was read."""
        if isinstance(record, Unknown):
            return record.body
        return pack(self._encoder.encode(record))

    def decode(self, name: str, body: bytes) -> Record | None:
        """Return the record in a body; None where a newer program or another plugin wrote it.

        DamagedRecordError where the body was changed on the disk.
        """
        try:
            content = unpack(body)
        except NewerBodyError:
            return None
        decoder = self._decoders.get(name)
        if decoder is None:
            return None
        try:
            record: Record = decoder.decode(content)
        except (msgspec.MsgspecError, UnicodeDecodeError) as cause:
            if is_checked(body) and isinstance(cause, msgspec.ValidationError):
                # Whole as written: a word or a field that this program does not know yet.
                return None
            raise DamagedRecordError("a record's body is damaged") from cause
        return record

    def read(self, row: Any) -> Record:
        """Return the record of a row of the journal's table; Unknown where it cannot be read."""
        damaged = False
        try:
            record = self.decode(row.kind, row.body)
        except DamagedRecordError:
            record, damaged = None, True
        if record is not None:
            return record
        return Unknown(
            feed=row.feed,
            key=row.key,
            at=row.at,
            received=row.received,
            name=row.kind,
            seq=row.seq,
            body=row.body,
            damaged=damaged,
        )


def lon_lat(record: Any) -> LonLat | None:
    """Return the place of a record with `lon` and `lat`."""
    return None if record.lon is None or record.lat is None else (record.lon, record.lat)


def _severity(record: Any) -> Severity:
    severity: Severity = record.severity
    return severity


def _feature_place(feature: Feature) -> LonLat | None:
    geometry = feature.geometry
    single = geometry is not None and geometry.kind == "point" and len(geometry.rings) == 1
    return geometry.rings[0][0] if geometry and single else None


def _gone_feature(feature: Feature, at: Instant) -> Feature:
    return Feature(feed=feature.feed, key=feature.key, at=at, layer=feature.layer, gone=True)


BUILT_IN_KINDS: tuple[Kind, ...] = (
    Kind(record=Stream, title=lambda stream: stream.name, place=lon_lat, from_feeds=True),
    Kind(record=Observation, from_feeds=True),
    Kind(record=Position, title=lambda unit: unit.name, place=lon_lat, from_feeds=True),
    Kind(
        record=Report,
        title=lambda report: report.title,
        place=lon_lat,
        severity=_severity,
        from_feeds=True,
    ),
    Kind(record=Alert, title=lambda alert: alert.headline, severity=_severity, from_feeds=True),
    Kind(
        record=Feature,
        title=lambda feature: feature.name,
        place=_feature_place,
        severity=_severity,
        from_feeds=True,
        gone=_gone_feature,
    ),
    Kind(record=Alarm, severity=_severity),
    Kind(record=Command),
    Kind(record=FeedHealth),
)


def built_in_kinds() -> Kinds:
    """Return the kinds of the program itself."""
    return Kinds(BUILT_IN_KINDS)
