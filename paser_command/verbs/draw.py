"""Draw: a new drawing on everybody's map."""

from paser_command.picture.drawing_change import Change, arguments_of, change_of
from paser_command.picture.drawings import DRAW, UNDO
from paser_command.verbs.drawing import PREFIX, RIGHT, SUBJECT
from paser_command.verbs.verb import Verb, VerbValue


class Draw(VerbValue, frozen=True):
    """Draw what the change says, which has all that its shape needs."""

    change: Change


VERB = Verb(
    name=DRAW,
    values=(Draw,),
    words="draw",
    subject=SUBJECT,
    prefix=PREFIX,
    right=RIGHT,
    encode=lambda value: arguments_of(value.change),
    decode=lambda arguments: Draw(change_of(arguments, whole=True)),
    undone_by=UNDO,
)
