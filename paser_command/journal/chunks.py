"""A part's rows put into chunks whose boundaries depend on the rows alone.

So one row that changed, came or went changes one chunk or two, and all others are stored already.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator

import msgspec

from paser_command.errors import JournalError

_MEAN_ROWS_MASK = 15
"""A row ends its chunk where these bits of its checksum are zero: one row of 16 does."""

_LONGEST = 64 * 1024
"""A chunk ends at the latest with the row that makes it so many bytes."""

_COMPRESSION = 3

_encoder = msgspec.msgpack.Encoder()
_rows = msgspec.msgpack.Decoder(list[bytes])


class DamagedChunkError(JournalError):
    """A chunk is not what was stored: it was changed on the disk."""


def chunked(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Give the rows in chunks: each the msgpack of a list of rows."""
    gathered: list[bytes] = []
    size = 0
    for row in rows:
        gathered.append(row)
        size += len(row)
        if not zlib.crc32(row) & _MEAN_ROWS_MASK or size >= _LONGEST:
            yield _encoder.encode(gathered)
            gathered, size = [], 0
    if gathered:
        yield _encoder.encode(gathered)


def digest_of(chunk: bytes) -> bytes:
    """Return the name under which a chunk is stored."""
    return hashlib.sha256(chunk).digest()


def packed(chunk: bytes) -> bytes:
    """Return the chunk as it is stored."""
    return zlib.compress(chunk, _COMPRESSION)


def unpacked(digest: bytes, body: bytes) -> list[bytes]:
    """Return the rows of a stored chunk; DamagedChunkError where they are not those."""
    try:
        chunk = zlib.decompress(body)
    except zlib.error as cause:
        raise DamagedChunkError("a piece of a keyframe is damaged") from cause
    if digest_of(chunk) != digest:
        raise DamagedChunkError("a piece of a keyframe is damaged")
    return _rows.decode(chunk)
