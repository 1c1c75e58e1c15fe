"""What operators drew on the map, as a part of the picture."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from paser_command.geo import Geometry, middle_of
from paser_command.picture.drawings import DRAWING_VERBS, Drawing, Trail, Trails
from paser_command.picture.part import KEPT, Changed, Part
from paser_command.picture.summary import Shown, Summary
from paser_command.records import Command
from paser_command.times import Instant

_encoder = msgspec.msgpack.Encoder()
_turn = msgspec.msgpack.Decoder(int)
_trail = msgspec.msgpack.Decoder(Trail)


class DrawingsPart(Part):
    """The drawings' trails of acts, and what stands of them."""

    name = "drawings"
    tables = ("drawings",)
    kinds = (Command,)
    shown = {"drawings": Shown(kind="drawing", words="Drawings")}  # noqa: RUF012 - a ClassVar

    def __init__(self, changed: Changed) -> None:
        super().__init__(changed)
        self.trails = Trails()

    @property
    def by_key(self) -> dict[str, Drawing]:
        """Return the drawings that stand."""
        return self.trails.drawings

    def table(self, name: str) -> Mapping[str, Drawing]:
        """Return the drawings that stand, by key."""
        return self.by_key

    def summary(self, table: str, key: str) -> Summary:
        """Return a drawing, in the middle of its places."""
        drawing = self.by_key[key]
        lon, lat = middle_of(Geometry("area", (drawing.places,))) or (None, None)
        return Summary(
            kind="drawing",
            key=key,
            name=drawing.name,
            words=drawing.note,
            lon=lon,
            lat=lat,
            at=drawing.changed_at,
            personal=True,
        )

    def fold(self, record: Command) -> None:
        """Take in an act on a drawing."""
        if record.verb in DRAWING_VERBS and self.trails.apply(record):
            self._changed("drawings", record.subject)

    def sweep(self, hour: Instant) -> None:
        """Let acts of more than a day ago be no longer undone."""
        self.trails.sweep(hour - KEPT)

    def dump(self) -> Iterator[bytes]:
        """Give the count of acts, then a row for each trail."""
        yield _encoder.encode(self.trails.turn)
        yield from map(_encoder.encode, self.trails.trails.values())

    def load(self, rows: Iterable[bytes]) -> None:
        """Take the trails up."""
        first, *others = rows
        self.trails = Trails(list(map(_trail.decode, others)), _turn.decode(first))

    def held(self) -> Any:
        """Return the trails, their count, and the drawings."""
        return self.trails.trails, self.trails.turn, self.trails.drawings
