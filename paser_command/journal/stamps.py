"""Stamps: when the room came to know what is written now, by the clock that the journal goes by."""

from paser_command.errors import JournalError, Words
from paser_command.journal.ending import Ending
from paser_command.times import SECOND, Instant

TOLERATED: Instant = 5 * SECOND
"""So far may a writer's own clock be off the server's."""


class ClockError(JournalError):
    """The clock of this machine is not the server's: what it wrote would stand at a wrong time."""


def server_stamp(end: Ending, asked: Instant, answered: Instant) -> Instant:
    """Return the server's time as the stamp.

    `asked` and `answered` are by this machine's own clock. ClockError where that is too far off: it
    stamps what is true in the city, and what people see.
    """
    stamp = end.server_now
    assert stamp is not None
    if asked - TOLERATED <= stamp <= answered + TOLERATED:
        return stamp
    off = asked - stamp if asked > stamp else answered - stamp
    raise ClockError(
        "this machine's clock is {seconds} s {direction} the database server's: set both by the "
        "network's time (timedatectl set-ntp true), and writing goes on by itself",
        seconds=round(abs(off) / SECOND),
        direction=Words("ahead of") if off > 0 else Words("behind"),
    )
