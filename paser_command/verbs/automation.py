"""Automation: what a rule did at a seat by itself, and that a person took it back."""

from paser_command.picture.screens import AUTOMATION, check_screens
from paser_command.verbs.verb import Verb, VerbValue, decoded


class RuleActed(VerbValue, frozen=True):
    """The rule did so for the thing: `did` are codes of what it did."""

    rule: str
    thing: str
    did: str


class RuleUndone(VerbValue, frozen=True):
    """What a rule did was taken back: `undone` is the key of that act."""

    undone: str


def _decode(arguments: dict[str, str]) -> RuleActed | RuleUndone:
    check_screens(AUTOMATION, arguments)
    if "undone" in arguments:
        return decoded(AUTOMATION, RuleUndone, arguments)
    return decoded(AUTOMATION, RuleActed, arguments)


VERB = Verb(
    name=AUTOMATION,
    values=(RuleActed, RuleUndone),
    words="act by a rule",
    subject="seat",
    right="workspace",
    decode=_decode,
    undone_by=AUTOMATION,
    in_past=True,
)
