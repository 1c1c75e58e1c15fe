"""The registry of verbs: values of acts into the journal's commands, and back."""

import uuid
from collections.abc import Iterable, Iterator

from paser_command.errors import InputError, PluginError
from paser_command.picture.picture import Picture
from paser_command.records import Command
from paser_command.times import Instant
from paser_command.verbs import (
    acknowledge,
    automation,
    draw,
    erase,
    note,
    redo,
    redraw,
    undo,
    workspace,
)
from paser_command.verbs.verb import Verb, VerbValue, incomplete

FEED = "console"
"""The feed of what people do."""

MOST_SUBJECT = 200

BUILT_IN_VERBS: tuple[Verb, ...] = (
    acknowledge.VERB,
    note.VERB,
    draw.VERB,
    redraw.VERB,
    erase.VERB,
    undo.VERB,
    redo.VERB,
    workspace.VERB,
    automation.VERB,
)


class Verbs:
    """The verbs that a program knows, made by whoever starts it: `Verbs((*BUILT_IN_VERBS, *more))`.

    PluginError where two share a name, or where one is undone by a verb that is not there.
    """

    def __init__(self, verbs: Iterable[Verb] = BUILT_IN_VERBS) -> None:
        self._by_name: dict[str, Verb] = {}
        self._by_value: dict[type[VerbValue], Verb] = {}
        for verb in verbs:
            if verb.name in self._by_name:
                raise PluginError("two verbs are named {verb}", verb=verb.name)
            self._by_name[verb.name] = verb
            self._by_value |= dict.fromkeys(verb.values, verb)
        for verb in self:
            if verb.undone_by and verb.undone_by not in self._by_name:
                raise PluginError("there is no command {verb}", verb=verb.undone_by)

    def __iter__(self) -> Iterator[Verb]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Verb | None:
        """Return the verb of a command in the journal; None for that of a newer program."""
        return self._by_name.get(name)

    def of(self, value: VerbValue | type[VerbValue]) -> Verb:
        """Return the verb of a value, or of a class of values; InputError where there is none."""
        kind = value if isinstance(value, type) else type(value)
        verb = self._by_value.get(kind)
        if verb is None:
            raise InputError("there is no command {verb}", verb=kind.__name__)
        return verb

    def decode(self, name: str, arguments: dict[str, str]) -> VerbValue:
        """Return what a command's verb and arguments say; InputError where they say nothing."""
        verb = self.named(name)
        if verb is None:
            raise InputError("there is no command {verb}", verb=name)
        return verb.decode(arguments)

    def command(
        self,
        value: VerbValue,
        subject: str,
        *,
        who: str,
        seat: str,
        at: Instant,
        seen: Picture,
    ) -> Command:
        """Return the command of an act on a subject, done upon the picture that is `seen`.

        InputError says what is wrong with it.
        """
        verb = self.of(value)
        arguments = verb.encode(value)
        if not subject.startswith(verb.prefix) or not 0 < len(subject) <= MOST_SUBJECT:
            raise incomplete(verb.name)
        try:
            "".join((subject, *arguments.values())).encode()
        except UnicodeEncodeError as cause:
            raise InputError("the text has characters that are none: type it anew") from cause
        verb.decode(arguments)
        return Command(
            feed=FEED,
            key=str(uuid.uuid4()),
            at=at,
            verb=verb.name,
            subject=subject,
            arguments=arguments,
            who=who,
            seat=seat,
            expected=verb.expects(seen, subject),
        )
