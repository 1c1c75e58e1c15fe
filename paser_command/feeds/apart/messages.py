"""What a collector and the process of a feed say to one another, over its two pipes.

Each message is four bytes of length, big-endian, and then msgpack.
"""

import struct
from collections.abc import Mapping
from typing import IO, Any

import msgspec

from paser_command.feeds.making import FeedSetup
from paser_command.journal.quarantine import Quarantined

MOST_BYTES = 256 * 2**20
"""A longer message is none: the process has lost its place in the stream."""

Facts = Mapping[str, str | int | float]


class _Message(msgspec.Struct, frozen=True, array_like=True, tag=True):
    pass


class Build(_Message, frozen=True):
    """The feed to build, the first message to the process: its class in its plugin's package.

    `kinds` are the kinds of record that the plugin adds. Paths are MODULE:NAME.
    """

    package: str
    class_path: str
    kinds: tuple[str, ...]
    setup: FeedSetup
    state: dict[str, Any]


class Poll(_Message, frozen=True):
    """Poll once; ends with Ended, Failed or Raised."""


class Run(_Message, frozen=True):
    """Run a streamed feed; ends as a poll does."""


class Stop(_Message, frozen=True):
    """Stop what is under way, and end."""


class Taken(_Message, frozen=True):
    """The journal has what was pushed with that number."""

    receipt: int


class Latest(_Message, frozen=True):
    """The answer to AskLatest."""

    at: int | None


class Known(_Message, frozen=True):
    """The answer to AskKnown: bodies of records by key."""

    bodies: dict[str, bytes]


class Built(_Message, frozen=True):
    """The feed is built; the answer to Build."""

    streamed: bool


class Beat(_Message, frozen=True):
    """The process lives: said each second."""


class Body(msgspec.Struct, frozen=True, array_like=True):
    """A record as the journal writes it."""

    kind: str
    body: bytes


class Whole(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A snapshot."""

    bodies: tuple[Body, ...]
    scope: str
    whole: bool
    kept: tuple[str, ...]


class Single(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A record that was given alone."""

    body: Body


class Refused(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Something that is no record of the feed's: what is kept of it, and why."""

    quarantined: Quarantined


class Gave(_Message, frozen=True):
    """What the feed gave, in order. `receipt` is 0 where nobody waits for the journal."""

    items: tuple[Single | Whole | Refused, ...]
    receipt: int = 0


class Alive(_Message, frozen=True):
    """A stream's source is heard of."""


class PassedOver(_Message, frozen=True):
    """Items could not be read."""

    code: str
    facts: dict[str, str | int | float]
    count: int
    of: int


class State(_Message, frozen=True):
    """What the feed keeps for itself, as it is behind all that it gave before."""

    state: dict[str, Any]


class AskLatest(_Message, frozen=True):
    """When was the newest observation of a stream that the journal has?"""

    key: str


class AskKnown(_Message, frozen=True):
    """Which of the feed's records of a kind does the journal have?"""

    kind: str


class Logged(_Message, frozen=True):
    """A line for the log."""

    level: int
    text: str


class Ended(_Message, frozen=True):
    """A poll or a run ended well."""


class Failed(_Message, frozen=True):
    """A poll or a run ended with a FeedError."""

    code: str
    facts: dict[str, str | int | float]


class Raised(_Message, frozen=True):
    """The feed's code raised: the exception's class, what it says, and where."""

    kind: str
    text: str
    trace: str


ToChild = Build | Poll | Run | Stop | Taken | Latest | Known
FromChild = (
    Built
    | Beat
    | Gave
    | Alive
    | PassedOver
    | State
    | AskLatest
    | AskKnown
    | Logged
    | Ended
    | Failed
    | Raised
)

_encoder = msgspec.msgpack.Encoder()
_length = struct.Struct(">I")
TO_CHILD: "msgspec.msgpack.Decoder[ToChild]" = msgspec.msgpack.Decoder(ToChild)
FROM_CHILD: "msgspec.msgpack.Decoder[FromChild]" = msgspec.msgpack.Decoder(FromChild)


def put(pipe: IO[bytes], message: ToChild | FromChild) -> None:
    """Write a message; OSError where nobody reads any more."""
    body = _encoder.encode(message)
    pipe.write(_length.pack(len(body)) + body)
    pipe.flush()


def take(pipe: IO[bytes]) -> bytes | None:
    """Return the next message's bytes, None at the end; ValueError where there is none."""
    head = pipe.read(_length.size)
    if len(head) < _length.size:
        return None
    (length,) = _length.unpack(head)
    if length > MOST_BYTES:
        raise ValueError(f"a message of {length} bytes")
    body = pipe.read(length)
    return body if len(body) == length else None
