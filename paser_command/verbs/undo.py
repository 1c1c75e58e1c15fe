"""Undo: have one of one's own acts on a drawing as if it had not been done."""

from paser_command.picture.drawings import REDO, UNDO
from paser_command.verbs.drawing import PREFIX, RIGHT, SUBJECT
from paser_command.verbs.verb import Verb, VerbValue, decoded


class Undo(VerbValue, frozen=True):
    """Undo the act, the key of a command."""

    act: str


VERB = Verb(
    name=UNDO,
    values=(Undo,),
    words="undo",
    subject=SUBJECT,
    prefix=PREFIX,
    right=RIGHT,
    decode=lambda arguments: decoded(UNDO, Undo, arguments),
    undone_by=REDO,
)
