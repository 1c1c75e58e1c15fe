"""Redraw: change the places, words or colour of a drawing."""

from paser_command.picture.drawing_change import Change, arguments_of, change_of
from paser_command.picture.drawings import REDRAW, UNDO
from paser_command.verbs.drawing import PREFIX, RIGHT, SUBJECT
from paser_command.verbs.verb import Verb, VerbValue, incomplete


class Redraw(VerbValue, frozen=True):
    """Change what the change names; what is None in it stays as it is."""

    change: Change


def _decode(arguments: dict[str, str]) -> Redraw:
    change = change_of(arguments, whole=False)
    if arguments.keys() <= {"shape"}:
        raise incomplete(REDRAW)
    return Redraw(change)


VERB = Verb(
    name=REDRAW,
    values=(Redraw,),
    words="change a drawing",
    subject=SUBJECT,
    prefix=PREFIX,
    right=RIGHT,
    encode=lambda value: arguments_of(value.change),
    decode=_decode,
    undone_by=UNDO,
)
