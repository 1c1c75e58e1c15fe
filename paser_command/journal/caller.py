"""Who opens a journal: what a server shows of each of its connections."""

import re
import socket

import msgspec

from paser_command import __version__

PROGRAM = "paser-command"

_LONGEST_NAME = 63
"""PostgreSQL cuts names there."""

_OFFSET_ROOM = len(" +999999999ms")
_NAME = re.compile(rf"{PROGRAM} (\S+) (\S+) (.*?)(?: ([+-]\d+)ms)?")


class Caller(msgspec.Struct, frozen=True):
    """A part of the program (console, collector, command) at a seat."""

    part: str
    seat: str

    @property
    def name(self) -> str:
        """Return the name of its connections, in ASCII, short enough for its clock's offset."""
        full = f"{PROGRAM} {__version__} {self.part} {self.seat}"
        return full.encode("ascii", "replace").decode()[: _LONGEST_NAME - _OFFSET_ROOM]


class Called(msgspec.Struct, frozen=True):
    """What the name of a connection tells.

    `clock_ms` is how far the server's clock was ahead of the caller's when the connection was made,
    in milliseconds; None where that is not known.
    """

    version: str
    part: str
    seat: str
    clock_ms: int | None


def called(name: str) -> Called | None:
    """Return what a connection's name tells; None where it is not one of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    version, part, seat, clock_ms = found.groups()
    return Called(version, part, seat, None if clock_ms is None else int(clock_ms))


def command_caller() -> Caller:
    """Return the caller of a command that ends soon, by the name of this computer."""
    return Caller("command", socket.gethostname())
