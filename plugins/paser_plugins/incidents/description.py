"""What a detail view shows of one thing, as values: title, facts, and the texts that came in."""

import msgspec

from paser_command.api import Severity


class Fact(msgspec.Struct, frozen=True):
    """A label and what stands beside it."""

    label: str
    value: str


class Passage(msgspec.Struct, frozen=True):
    """A text from outside or from the room, below one line that says when and from whom."""

    head: str
    text: str = ""


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """One thing, ready to be shown. `taken`: somebody acknowledged it, or nobody needs to."""

    title: str
    tag: str = ""
    severity: Severity = Severity.NONE
    taken: bool = True
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()
