"""Erase: take a drawing off everybody's map."""

from paser_command.picture.drawings import ERASE, UNDO
from paser_command.verbs.drawing import PREFIX, RIGHT, SUBJECT
from paser_command.verbs.verb import Verb, VerbValue, decoded


class Erase(VerbValue, frozen=True):
    """Erase the subject."""


VERB = Verb(
    name=ERASE,
    values=(Erase,),
    words="erase a drawing",
    subject=SUBJECT,
    prefix=PREFIX,
    right=RIGHT,
    decode=lambda arguments: decoded(ERASE, Erase, arguments),
    undone_by=UNDO,
)
