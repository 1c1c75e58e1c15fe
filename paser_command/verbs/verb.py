"""What a verb is: one kind of act of a person, by its name in the journal."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from paser_command.errors import InputError
from paser_command.picture.picture import Picture
from paser_command.records import Command
from paser_command.times import Instant

V = TypeVar("V", bound="VerbValue")


class VerbValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act with its arguments, as a person wants it done. Subclass it for each verb."""


class Lost(msgspec.Struct, frozen=True):
    """Why an act came too late: somebody was first, or its subject has changed.

    `words` are English, with the facts {who}, {seat} and {time} where somebody was first.
    """

    words: str
    who: str = ""
    seat: str = ""
    at: Instant = 0


def _fields(value: Any) -> dict[str, str]:
    """Return the fields of a value whose fields are texts."""
    return {name: str(getattr(value, name)) for name in value.__struct_fields__}


class Verb(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of act. Register it in `Verbs`; a plugin's `name` is `plugin.name`.

    `words` say in English what a person does, to stand after "to". `subject` is the kind of thing
    that it is done to, and `prefix` how the keys of these begin. `right` is what a person needs to
    do it. `decode` reads the arguments of every version since the first, and raises InputError.

    `undone_by` names the verb that takes it back, "" where nothing does. `in_past` acts may be done
    while the screen shows the past: they are about the screen itself. Done twice, a `once` act is
    done once.

    `expects` gives the state of the subject that a person sees and acts upon, which goes into the
    journal with the act; `lost` tells by the picture right before the act why it came too late.
    """

    name: str
    values: tuple[type[VerbValue], ...]
    words: str
    subject: str
    right: str
    decode: Callable[[dict[str, str]], VerbValue]
    encode: Callable[[Any], dict[str, str]] = _fields
    prefix: str = ""
    undone_by: str = ""
    in_past: bool = False
    once: bool = False
    expects: Callable[[Picture, str], str] = lambda _picture, _subject: ""
    lost: Callable[[Picture, Command], Lost | None] = lambda _picture, _command: None


def incomplete(verb: str) -> InputError:
    """Return the error of an act that lacks something, or has something too much."""
    return InputError("the command {verb} is not complete", verb=verb)


def decoded(verb: str, value: type[V], arguments: dict[str, str]) -> V:
    """Return the value whose fields are the arguments; InputError where they are others."""
    try:
        return msgspec.convert(arguments, value)
    except msgspec.ValidationError as cause:
        raise incomplete(verb) from cause
