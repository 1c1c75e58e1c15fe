"""Bodies of records: what stands in the journal's `body` column.

Version 2: the byte 2, the CRC-32 of what follows (4 bytes, big endian), msgpack. Version 1 has no
checksum: the byte 1, msgpack. Bodies of each older version are read for ever.
"""

import zlib

from paser_command.errors import JournalError

BODY_VERSION = 2
"""The version of the bodies that this program writes."""

_HEAD = 5


class DamagedRecordError(JournalError):
    """A body is not what was written: it was changed on the disk."""


class NewerBodyError(JournalError):
    """A newer program wrote the body: this one cannot read it."""


def pack(content: bytes) -> bytes:
    """Return the body of a record's msgpack."""
    return b"\x02" + zlib.crc32(content).to_bytes(4, "big") + content


def unpack(body: bytes) -> bytes | memoryview:
    """Return the msgpack in a body; DamagedRecordError where its checksum is not right."""
    version = body[:1]
    if version == b"\x02":
        content = memoryview(body)[_HEAD:]
        if len(body) < _HEAD or zlib.crc32(content).to_bytes(4, "big") != body[1:_HEAD]:
            raise DamagedRecordError("a record's body is damaged")
        return content
    if version == b"\x01":
        return memoryview(body)[1:]
    if not body or body[0] == 0:
        raise DamagedRecordError("a record's body is damaged")
    raise NewerBodyError(
        "a record's body has version {version}, this program knows up to {known}: "
        "install a newer one",
        version=body[0],
        known=BODY_VERSION,
    )


def is_checked(body: bytes) -> bool:
    """Tell whether a body carries a checksum."""
    return body[:1] != b"\x01"
