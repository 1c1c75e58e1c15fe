"""Redo: do again what one undid on a drawing."""

from paser_command.picture.drawings import REDO, UNDO
from paser_command.verbs.drawing import PREFIX, RIGHT, SUBJECT
from paser_command.verbs.verb import Verb, VerbValue, decoded


class Redo(VerbValue, frozen=True):
    """Do the act again, the key of a command."""

    act: str


VERB = Verb(
    name=REDO,
    values=(Redo,),
    words="do it again",
    subject=SUBJECT,
    prefix=PREFIX,
    right=RIGHT,
    decode=lambda arguments: decoded(REDO, Redo, arguments),
    undone_by=UNDO,
)
