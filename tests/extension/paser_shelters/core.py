"""A kind of record and a part of the picture that the program has never heard of."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from paser_command.api import Command, Kind, Part, Record, Shown, Summary, Verb, VerbValue, lon_lat


class Shelter(Record, frozen=True, kw_only=True, tag="shelters.shelter"):
    """A shelter: where it is, and how many people it has room for and holds."""

    name: str
    lon: float
    lat: float
    room: int
    people: int = 0


SHELTER = Kind(record=Shelter, title=lambda shelter: shelter.name, place=lon_lat, from_feeds=True)


class Close(VerbValue, frozen=True):
    """Let nobody in any more."""

    why: str


CLOSE = Verb(
    name="shelters.close",
    values=(Close,),
    words="close a shelter",
    subject="shelters.shelter",
    right="shelters",
    decode=lambda arguments: msgspec.convert(arguments, Close),
)


class SheltersPart(Part):
    """The shelters by key."""

    name = "shelters.part"
    tables = ("shelters.shelters",)
    kinds = (Shelter, Command)
    shown = {  # noqa: RUF012 - a ClassVar
        "shelters.shelters": Shown(
            kind="shelters.shelter", words="Shelters", nearby=True, exported=True
        )
    }

    def __init__(self, changed: Any) -> None:
        super().__init__(changed)
        self.by_key: dict[str, Shelter] = {}
        self.closed: dict[str, str] = {}

    def table(self, name: str) -> Mapping[str, Shelter]:
        return self.by_key

    def summary(self, table: str, key: str) -> Summary:
        shelter = self.by_key[key]
        return Summary(
            kind="shelters.shelter", key=key, name=shelter.name, lon=shelter.lon, lat=shelter.lat
        )

    def fold(self, record: Shelter | Command) -> None:
        if isinstance(record, Command):
            if record.verb == CLOSE.name:
                self.closed[record.subject] = record.arguments["why"]
                self._changed("shelters.shelters", record.subject)
            return
        if record.people < 0:
            raise ValueError("a fault in a plugin")
        self.by_key[record.key] = record
        self._changed("shelters.shelters", record.key)

    def dump(self) -> Iterator[bytes]:
        yield msgspec.msgpack.encode(self.closed)
        yield from map(msgspec.msgpack.encode, self.by_key.values())

    def load(self, rows: Iterable[bytes]) -> None:
        decoder = msgspec.msgpack.Decoder(Shelter)
        first, *others = rows
        self.closed = msgspec.msgpack.decode(first)
        self.by_key = {shelter.key: shelter for shelter in map(decoder.decode, others)}

    def held(self) -> Any:
        return self.by_key, self.closed
