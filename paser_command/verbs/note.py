"""Note: what somebody wrote down about an incident."""

from paser_command.errors import InputError
from paser_command.picture.incidents import NOTE
from paser_command.verbs.verb import Verb, VerbValue, decoded

NOTE_LENGTH = 4_000


class AddNote(VerbValue, frozen=True):
    """Write the text down."""

    text: str


def _decode(arguments: dict[str, str]) -> AddNote:
    value = decoded(NOTE, AddNote, arguments)
    if not value.text.strip() or len(value.text) > NOTE_LENGTH:
        raise InputError("a note has 1 to {most} characters", most=NOTE_LENGTH)
    return value


VERB = Verb(
    name=NOTE,
    values=(AddNote,),
    words="write a note",
    subject="incident or alarm",
    right="note",
    decode=_decode,
)
