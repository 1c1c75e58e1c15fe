"""Keyframes on the disk: which chunks each part of a picture is made of, and the chunks, once each.

A keyframe is a shortcut, never the truth: one that is damaged is passed over for the one before.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select

from paser_command.errors import JournalError
from paser_command.journal.chunks import chunked, digest_of, packed, unpacked
from paser_command.journal.engine import told
from paser_command.journal.schema import chunk, keyframe
from paser_command.journal.store import Journal, upsert
from paser_command.journal.streaming import streamed
from paser_command.picture.part import Dumped, Part
from paser_command.picture.picture import Picture
from paser_command.records import Kinds, Record, Unknown
from paser_command.times import Instant

_AT_ONCE = 500


class FramePart(msgspec.Struct, frozen=True, array_like=True):
    """A part in a keyframe: its chunks by digest.

    `understood` tells how the program that wrote it reads the kinds of records in it: a program
    that knows more of them folds the part again.
    """

    name: str
    version: int
    understood: bytes
    chunks: tuple[bytes, ...]


class Frame(msgspec.Struct, frozen=True):
    """A keyframe: the picture after the record `seq`."""

    seq: int
    received: Instant
    parts: tuple[FramePart, ...]

    def chunks(self) -> set[bytes]:
        """Return the digests of all chunks in it."""
        return {digest for part in self.parts for digest in part.chunks}


_encoder = msgspec.msgpack.Encoder()
_parts = msgspec.msgpack.Decoder(tuple[FramePart, ...])
_CRC = 4


def encoded(parts: Iterable[FramePart]) -> bytes:
    """Return the parts as a row of the table holds them: CRC-32, then msgpack."""
    content = _encoder.encode(tuple(parts))
    return zlib.crc32(content).to_bytes(_CRC, "big") + content


def decoded(row: tuple[int, Instant, bytes]) -> Frame:
    """Return the keyframe of a row of the table; JournalError where it is damaged."""
    seq, received, body = row
    content = memoryview(body)[_CRC:]
    if zlib.crc32(content).to_bytes(_CRC, "big") != body[:_CRC]:
        raise JournalError("a keyframe is damaged")
    return Frame(seq, received, _parts.decode(content))


class Frames:
    """Stores pictures as keyframes and loads them. Raises JournalError."""

    def __init__(self, store: Journal) -> None:
        self._store = store
        self._parts = store.model.parts
        self._understood = {
            part.name: _understood(store.model.kinds, part.kinds) for part in self._parts
        }

    def keep(self, picture: Picture, seq: int, received: Instant) -> None:
        """Store the picture as it is after the record `seq`."""
        parts, chunks = self.taken(picture)
        with told(self._store.engine), self._store.engine.connect() as connection:
            # Compressed before the journal's lock is taken: nobody waits for that.
            stored = {digest: packed(chunks[digest]) for digest in missing(connection, chunks)}
        with self._store.writing() as connection:
            new = missing(connection, chunks)
            rows = [{"digest": one, "body": stored.get(one) or packed(chunks[one])} for one in new]
            if rows:
                connection.execute(chunk.insert(), rows)
            frame = {"seq": seq, "received": received, "parts": encoded(parts)}
            put = upsert(self._store.engine)(keyframe).values(frame)
            replaced = put.on_conflict_do_update(
                index_elements=["seq"],
                set_={"received": put.excluded.received, "parts": put.excluded.parts},
            )
            connection.execute(replaced)

    def taken(self, picture: Picture) -> tuple[list[FramePart], dict[bytes, bytes]]:
        """Return the parts of the picture, and their chunks by digest."""
        parts: list[FramePart] = []
        chunks: dict[bytes, bytes] = {}
        for dumped in picture.dump():
            digests = []
            for one in chunked(dumped.rows):
                digest = digest_of(one)
                digests.append(digest)
                chunks[digest] = one
            understood = self._understood.get(dumped.part, b"")
            parts.append(FramePart(dumped.part, dumped.version, understood, tuple(digests)))
        return parts, chunks

    def newest(self, connection: Connection, last: int) -> Iterator[Frame]:
        """Give the keyframes of no number above `last`, the newest first; damaged ones are not."""
        found = select(keyframe).where(keyframe.c.seq <= last).order_by(keyframe.c.seq.desc())
        for row in streamed(connection, found, 4):
            try:
                yield decoded((row.seq, row.received, row.parts))
            except (JournalError, msgspec.MsgspecError):
                continue

    def ours(self, frame: Frame) -> dict[str, FramePart]:
        """Return those parts of a keyframe that this program would have written alike."""
        versions = {part.name: part.version for part in self._parts}
        return {
            part.name: part
            for part in frame.parts
            if part.version == versions.get(part.name, part.version)
            and part.understood == self._understood.get(part.name, b"")
        }

    def load(
        self, connection: Connection, frame: Frame
    ) -> tuple[Picture, tuple[type[Part], ...]] | None:
        """Return the picture, and those of its parts that have to be folded again.

        None where anything in the keyframe is damaged.
        """
        parts = self.ours(frame).values()
        try:
            rows = self._rows(connection, parts)
            dumped = [Dumped(part.name, part.version, rows[part.name]) for part in parts]
            return Picture.load(dumped, self._parts)
        except Exception:  # noqa: BLE001 - whatever a body that was changed makes decoders raise
            return None

    def load_parts(
        self, connection: Connection, frame: Frame, picture: Picture, wanted: Sequence[type[Part]]
    ) -> bool:
        """Load some parts of a keyframe into the picture; False where they cannot be."""
        ours = self.ours(frame)
        if not all(part.name in ours for part in wanted):
            return False
        try:
            rows = self._rows(connection, [ours[part.name] for part in wanted])
            for part in wanted:
                picture.part(part).load(rows[part.name])
        except Exception:  # noqa: BLE001 - as above
            return False
        return True

    def _rows(
        self, connection: Connection, parts: Iterable[FramePart]
    ) -> dict[str, tuple[bytes, ...]]:
        parts = list(parts)
        wanted = list({digest for part in parts for digest in part.chunks})
        bodies: dict[bytes, list[bytes]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = select(chunk).where(chunk.c.digest.in_(wanted[start : start + _AT_ONCE]))
            for digest, body in connection.execute(some):
                bodies[digest] = unpacked(digest, body)
        return {
            part.name: tuple(row for digest in part.chunks for row in bodies[digest])
            for part in parts
        }


def missing(connection: Connection, digests: Iterable[bytes]) -> set[bytes]:
    """Return those of the digests that no chunk is stored under."""
    wanted = list(digests)
    found: set[bytes] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = chunk.c.digest.in_(wanted[start : start + _AT_ONCE])
        found.update(connection.execute(select(chunk.c.digest).where(some)).scalars())
    return set(wanted) - found


def drop_before(store: Journal, seq: int) -> None:
    """Delete the keyframes of lower numbers, and all chunks that are in no other one."""
    with told(store.engine), store.engine.connect() as connection:
        before = connection.execute(select(keyframe.c.seq).where(keyframe.c.seq < seq))
        numbers = list(before.scalars())
    drop(store, numbers)


def drop(store: Journal, frames: Iterable[int]) -> None:
    """Delete the keyframes of these numbers, and all chunks that are in no other one."""
    numbers = list(frames)
    with store.writing() as connection:
        for start in range(0, len(numbers), _AT_ONCE):
            some = keyframe.c.seq.in_(numbers[start : start + _AT_ONCE])
            connection.execute(delete(keyframe).where(some))
        used: set[bytes] = set()
        for row in streamed(connection, select(keyframe), 100):
            try:
                used |= decoded((row.seq, row.received, row.parts)).chunks()
            except (JournalError, msgspec.MsgspecError):
                continue
        unused = [
            one for one in connection.execute(select(chunk.c.digest)).scalars() if one not in used
        ]
        for start in range(0, len(unused), _AT_ONCE):
            some = chunk.c.digest.in_(unused[start : start + _AT_ONCE])
            connection.execute(delete(chunk).where(some))


def _understood(kinds: Kinds, classes: Iterable[type[Record]]) -> bytes:
    """Return a digest of how these kinds of records are read; of all of them for `Unknown`."""
    wanted = set(classes)
    described = [
        f"{kind.name} {_fields(kind.record)}"
        for kind in sorted(kinds, key=lambda kind: kind.name)
        if kind.record in wanted or Unknown in wanted
    ]
    return hashlib.sha256("\n".join(described).encode()).digest()[:8]


@cache
def _fields(record: type[Record]) -> str:
    """Return what a record of the class may hold, its words and their values included."""
    try:
        schema = _undescribed(msgspec.json.schema(record))
    except TypeError:
        # A plugin's kind with a field of a type that JSON does not know.
        return repr([(field.name, field.type) for field in msgspec.structs.fields(record)])
    return msgspec.json.encode(schema, order="deterministic").decode()


def _undescribed(schema: Any) -> Any:
    """Return a schema without its texts: another docstring reads no record otherwise."""
    if isinstance(schema, dict):
        return {key: _undescribed(one) for key, one in schema.items() if key != "description"}
    if isinstance(schema, list):
        return [_undescribed(one) for one in schema]
    return schema
