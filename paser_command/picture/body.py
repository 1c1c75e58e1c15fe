"""A picture put down whole: what a keyframe holds, as bytes."""

import msgspec

from paser_command.picture.model import Model
from paser_command.picture.part import Dumped
from paser_command.picture.picture import Picture

_VERSION = 6
_decoder = msgspec.msgpack.Decoder(tuple[Dumped, ...])


def body_of(picture: Picture) -> bytes:
    """Return the body: one byte of version, then msgpack."""
    return bytes((_VERSION,)) + msgspec.msgpack.encode(picture.dump())


def picture_of(body: bytes, model: Model) -> Picture | None:
    """Return the picture of a body, None where another version of us wrote it.

    A keyframe is a shortcut, never the truth: without it the fold starts further back.
    """
    if body[:1] != bytes((_VERSION,)):
        return None
    picture, missing = Picture.load(_decoder.decode(memoryview(body)[1:]), model.parts)
    return None if missing else picture
