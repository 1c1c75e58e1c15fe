"""A picture put down whole: what a keyframe holds, as bytes."""

import msgspec

from paser_command.picture.alarms import AlarmState
from paser_command.picture.drawings import Trail
from paser_command.picture.screens import Automated, Screens
from paser_command.records import (
    Alert,
    Command,
    Feature,
    FeedHealth,
    Observation,
    Position,
    Report,
    Stream,
)
from paser_command.times import Instant

_VERSION = 5


class State(msgspec.Struct):
    """All that a keyframe holds."""

    reports: list[Report]
    heard: dict[str, Instant]
    acts: list[Command]
    alerts: list[Alert]
    cancelled: dict[str, Instant]
    alarms: list[AlarmState]
    streams: list[Stream]
    latest: list[Observation]
    units: list[Position]
    features: list[Feature]
    feeds: list[FeedHealth]
    trails: list[Trail]
    turn: int
    screens: list[Screens]
    automation: list[Automated]
    swept: Instant


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(State)


def encoded(state: State) -> bytes:
    """Return the body: one byte of version, then msgpack."""
    return bytes((_VERSION,)) + _encoder.encode(state)


def decoded(body: bytes) -> State | None:
    """Return what a body holds, None where another version of us wrote it."""
    if body[:1] != bytes((_VERSION,)):
        return None
    return _decoder.decode(memoryview(body)[1:])
