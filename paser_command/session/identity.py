"""Who acts, and from where: a value that may change while the program runs, as a shift does."""

import unicodedata

import msgspec

from paser_command.errors import InputError
from paser_command.times import Instant

LONGEST_NAME = 100


class Identity(msgspec.Struct, frozen=True):
    """The person and the seat, what they may do as `roles`, and since when they sit there."""

    who: str
    seat: str
    roles: tuple[str, ...] = ()
    since: Instant = 0


def checked_name(name: str, option: str) -> str:
    """Return the name of a person or a seat; InputError where it is none.

    It needs a character that can be seen, and none that is broken: bytes of a command line that are
    not UTF-8 come as characters of their own, which no journal can hold.
    """
    try:
        name.encode()
    except UnicodeEncodeError as cause:
        raise InputError("{option}: the name is not UTF-8: type it anew", option=option) from cause
    if len(name) > LONGEST_NAME:
        raise InputError(
            "{option}: the name has {n} characters: shorten it to {most}",
            option=option,
            n=len(name),
            most=LONGEST_NAME,
        )
    kinds = {unicodedata.category(character) for character in name}
    if "Cc" in kinds or not any(kind[0] in "LNPS" for kind in kinds):
        raise InputError(
            "{option}: the name needs letters, and no control characters", option=option
        )
    return name
