"""Acts for tests: commands that passed the real door."""

from paser_command.picture.picture import Picture
from paser_command.records import Command
from paser_command.times import Instant
from paser_command.verbs.verb import VerbValue
from paser_command.verbs.verbs import Verbs
from tests.records import START


def command_of(
    verb: str,
    subject: str,
    arguments: dict[str, str],
    *,
    who: str = "sari",
    seat: str = "2",
    at: Instant = START,
    seen: Picture | None = None,
) -> Command:
    """Return the command of a verb and its arguments; InputError where they are none."""
    return done(Verbs().decode(verb, arguments), subject, who=who, seat=seat, at=at, seen=seen)


def done(
    value: VerbValue,
    subject: str,
    *,
    who: str = "sari",
    seat: str = "2",
    at: Instant = START,
    seen: Picture | None = None,
) -> Command:
    """Return the command of an act; InputError where it is none."""
    return Verbs().command(value, subject, who=who, seat=seat, at=at, seen=seen or Picture())
