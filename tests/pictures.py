"""Pictures put down and taken up again, as a keyframe does it, without a journal."""

import msgspec

from paser_command.picture.model import Model
from paser_command.picture.part import Dumped
from paser_command.picture.picture import Picture

_decoder = msgspec.msgpack.Decoder(tuple[Dumped, ...])


def body_of(picture: Picture) -> bytes:
    """Return the whole picture as bytes."""
    return msgspec.msgpack.encode(picture.dump())


def picture_of(body: bytes, model: Model) -> Picture:
    """Return the picture that was put down."""
    picture, missing = Picture.load(_decoder.decode(body), model.parts)
    assert not missing
    return picture
