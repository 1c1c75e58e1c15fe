"""Parts that hold each key's newest record: streams, numbers, units, features, health of feeds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from paser_command.geo import middle_of
from paser_command.picture.part import Changed, Part
from paser_command.picture.summary import Shown, Summary
from paser_command.records import (
    HOTSPOT,
    Feature,
    FeedHealth,
    Observation,
    Position,
    Record,
    Stream,
    shown_name,
)
from paser_command.times import Instant, effective_at

R = TypeVar("R", bound=Record)

_HOTSPOT_WORDS = "hotspot titik panas"
"""What people type for one: its own name is the satellite's."""

_encoder = msgspec.msgpack.Encoder()


class Newest(Part, Generic[R]):
    """Holds each key's last record in `by_key`."""

    record: ClassVar[type[Record]]

    def __init__(self, changed: Changed) -> None:
        super().__init__(changed)
        self.by_key: dict[str, R] = {}
        self._table = self.tables[0]

    def table(self, name: str) -> Mapping[str, R]:
        """Return the records by key."""
        return self.by_key

    def fold(self, record: R) -> None:
        """Replace what its key held."""
        self.by_key[record.key] = record
        self._changed(self._table, record.key)

    def dump(self) -> Iterator[bytes]:
        """Give a row for each record."""
        yield from map(_encoder.encode, self.by_key.values())

    def load(self, rows: Iterable[bytes]) -> None:
        """Take the records up."""
        decoder: msgspec.msgpack.Decoder[R] = msgspec.msgpack.Decoder(self.record)
        self.by_key = {record.key: record for record in map(decoder.decode, rows)}

    def held(self) -> Any:
        """Return the records by key."""
        return self.by_key


class NewestInTime(Newest[R]):
    """Holds each key's record of the latest time: one that comes late changes nothing.

    A stamp of the future hides nothing that is received after it (`effective_at`).
    """

    def fold(self, record: R) -> None:
        """Replace what its key held, unless that is of a later time."""
        before = self.by_key.get(record.key)
        if before is None or effective_at(before.at, before.received) <= effective_at(
            record.at, record.received
        ):
            self.by_key[record.key] = record
            self._changed(self._table, record.key)


class StreamsPart(Newest[Stream]):
    """What the streams of numbers are."""

    name = "streams"
    tables = ("streams",)
    kinds = (Stream,)
    record = Stream
    shown = {"streams": Shown(kind="stream", words="Stations")}  # noqa: RUF012 - a ClassVar

    def summary(self, table: str, key: str) -> Summary:
        """Return a station; how bad it is depends on its latest number, so not on this part."""
        stream = self.by_key[key]
        return Summary(
            kind="stream",
            key=key,
            name=shown_name(stream.name, key),
            words=f"{stream.district_name} {key}",
            lon=stream.lon,
            lat=stream.lat,
            district=stream.district_name,
        )


class LatestPart(NewestInTime[Observation]):
    """The latest number of each stream."""

    name = "latest"
    tables = ("latest",)
    kinds = (Observation,)
    record = Observation


class UnitsPart(NewestInTime[Position]):
    """The latest position of each unit."""

    name = "units"
    tables = ("units",)
    kinds = (Position,)
    record = Position
    shown = {"units": Shown(kind="unit", words="Units")}  # noqa: RUF012 - a ClassVar

    def summary(self, table: str, key: str) -> Summary:
        """Return a unit, by its key where it has no name."""
        unit = self.by_key[key]
        return Summary(
            kind="unit",
            key=key,
            name=unit.name or key,
            words=f"{unit.status} {key}",
            lon=unit.lon,
            lat=unit.lat,
            at=unit.at,
            personal=True,
        )


class FeedsPart(Newest[FeedHealth]):
    """How each feed does."""

    name = "feeds"
    tables = ("feeds",)
    kinds = (FeedHealth,)
    record = FeedHealth


class FeaturesPart(Newest[Feature]):
    """The things on the layers of the map."""

    name = "features"
    tables = ("features",)
    kinds = (Feature,)
    record = Feature
    shown = {"features": Shown(kind="feature", words="Layers")}  # noqa: RUF012 - a ClassVar

    def summary(self, table: str, key: str) -> Summary:
        """Return a feature, by its layer where it has no name."""
        feature = self.by_key[key]
        lon, lat = middle_of(feature.geometry) or (None, None)
        hot = feature.layer == HOTSPOT
        return Summary(
            kind="feature",
            what=HOTSPOT if hot else "",
            key=key,
            name=feature.name or feature.layer,
            words=f"{_HOTSPOT_WORDS if hot else feature.layer} {feature.district_name}",
            lon=lon,
            lat=lat,
            district=feature.district_name,
            severity=feature.severity,
            at=feature.at,
        )

    def fold(self, record: Feature) -> None:
        """Put the feature on its layer, or take it away."""
        if record.gone:
            self.by_key.pop(record.key, None)
        else:
            self.by_key[record.key] = record
        self._changed("features", record.key)

    def sweep(self, hour: Instant) -> None:
        """Let go of features whose time is over."""
        for feature in [f for f in self.by_key.values() if f.until and f.until < hour]:
            del self.by_key[feature.key]
            self._changed("features", feature.key)
