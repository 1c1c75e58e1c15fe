"""What stands in the journal and cannot be shown: records of newer programs, and damaged ones."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from paser_command.picture.part import Changed, Part
from paser_command.records import Unknown
from paser_command.times import Instant


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """Records of one kind that are not shown: how many, and the last one's number and receipt.

    `damaged` tells those that were changed on the disk from those of a newer program.
    """

    kind: str
    damaged: bool
    count: int
    seq: int
    received: Instant


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Unread)


class UnreadPart(Part):
    """How many records of each kind are not shown, by "damaged KIND" and "newer KIND"."""

    name = "unread"
    tables = ("unread",)
    kinds = (Unknown,)

    def __init__(self, changed: Changed) -> None:
        super().__init__(changed)
        self.by_key: dict[str, Unread] = {}

    def table(self, name: str) -> Mapping[str, Unread]:
        """Return what the table holds, by key."""
        return self.by_key

    def fold(self, record: Unknown) -> None:
        """Count a record that cannot be shown."""
        key = f"{'damaged' if record.damaged else 'newer'} {record.name}"
        before = self.by_key.get(key)
        self.by_key[key] = Unread(
            kind=record.name,
            damaged=record.damaged,
            count=before.count + 1 if before else 1,
            seq=record.seq,
            received=record.received,
        )
        self._changed("unread", key)

    def dump(self) -> Iterator[bytes]:
        """Give a row for each count."""
        yield from map(_encoder.encode, self.by_key.values())

    def load(self, rows: Iterable[bytes]) -> None:
        """Take the counts up."""
        counts = map(_decoder.decode, rows)
        self.by_key = {f"{'damaged' if c.damaged else 'newer'} {c.kind}": c for c in counts}

    def held(self) -> Any:
        """Return the counts."""
        return self.by_key
