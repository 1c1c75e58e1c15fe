"""What stands on the screens of each seat, and what rules did there: both folded of commands."""

from typing import Annotated, Any

import msgspec

from paser_command.errors import InputError
from paser_command.records import Command
from paser_command.times import Instant

WORKSPACE = "workspace"
AUTOMATION = "automation"

SCREEN_VERBS = (WORKSPACE, AUTOMATION)
"""The commands whose subject is a seat."""

MOST_SEATS = 100
MOST_AUTOMATED = 50
MOST_SCREENS = 40
MOST_TEXT = 20_000
"""The most characters of the screens' JSON, those of a hundred panels with room to spare."""

_LONGEST = 120

Text = Annotated[str, msgspec.Meta(max_length=_LONGEST)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Rule = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_-]{1,60}\Z")]
Reason = Annotated[str, msgspec.Meta(pattern=r"^(person|start|rotation|rule [a-z0-9_-]{1,60})\Z")]


class Screen(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one display shows: a page, and the types of the panels in front on it."""

    display: Text = ""
    page: Text = ""
    panels: Annotated[tuple[Text, ...], msgspec.Meta(max_length=100)] = ()


class Screens(msgspec.Struct, frozen=True, kw_only=True):
    """What a seat shows since `at`: a workspace's id and name, and who or what brought it.

    `reason` is "person", "start", "rotation" or "rule " and the rule's id.
    """

    seat: str
    workspace: str
    name: str
    reason: str
    at: Instant
    who: str = ""
    screens: tuple[Screen, ...] = ()


class Automated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a rule did at a seat. `undone` is the key of the act that took it back, "" where none.

    `thing` is what it did so for, by its key; `did` are codes of what it did.
    """

    key: str
    seat: str
    rule: str
    thing: str
    did: str
    at: Instant
    undone: str = ""
    undone_by: str = ""


class _Brought(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Rule
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=_LONGEST)]
    reason: Reason
    screens: Annotated[str, msgspec.Meta(max_length=MOST_TEXT)] = "[]"


class _Done(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: Rule
    thing: Name
    did: Name


class _Undone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    undone: Name


_decoder = msgspec.json.Decoder(
    Annotated[tuple[Screen, ...], msgspec.Meta(max_length=MOST_SCREENS)]
)


def screens_text(screens: tuple[Screen, ...]) -> str:
    """Return the screens as an argument of the command; texts that are too long are cut."""
    cut = [
        Screen(
            screen.display[:_LONGEST],
            screen.page[:_LONGEST],
            tuple(panel[:_LONGEST] for panel in screen.panels),
        )
        for screen in screens
    ]
    return msgspec.json.encode(cut).decode()


def screens_of(arguments: dict[str, str]) -> tuple[Screen, ...]:
    """Return the screens that a checked command's arguments have."""
    screens: tuple[Screen, ...] = _decoder.decode(arguments.get("screens", "[]"))
    return screens


def check_screens(verb: str, arguments: dict[str, str]) -> None:
    """InputError where the arguments are not those of the verb."""
    try:
        if verb == WORKSPACE:
            _decoder.decode(msgspec.convert(arguments, _Brought).screens)
        else:
            msgspec.convert(arguments, _Undone if "undone" in arguments else _Done)
    except (msgspec.MsgspecError, RecursionError) as cause:
        raise InputError("the command {verb} is not complete", verb=verb) from cause


class Shown:
    """The screens by seat, and the last things that rules did by the key of the act, oldest first.

    Of more than a hundred seats those that were not heard of for longest are let go.
    """

    def __init__(self, screens: list[Screens], automation: list[Automated]) -> None:
        self.screens = {one.seat: one for one in screens}
        self.automation = {one.key: one for one in automation}

    def apply(self, command: Command) -> tuple[str, str] | None:
        """Fold a command in; return the part and the key that changed, None where nothing did."""
        try:
            check_screens(command.verb, command.arguments)
        except InputError:
            # A newer program's: it is kept in the journal, and told by that program.
            return None
        if command.verb == WORKSPACE:
            return self._brought(command)
        if "undone" in command.arguments:
            return self._undone(command)
        return self._done(command)

    def _brought(self, command: Command) -> tuple[str, str]:
        told = command.arguments
        self.screens.pop(command.subject, None)
        self.screens[command.subject] = Screens(
            seat=command.subject,
            workspace=told["id"],
            name=told["name"],
            reason=told["reason"],
            at=command.at,
            who=command.who,
            screens=screens_of(told),
        )
        _trim(self.screens, MOST_SEATS)
        return "screens", command.subject

    def _done(self, command: Command) -> tuple[str, str] | None:
        if command.key in self.automation:
            return None
        self.automation[command.key] = Automated(
            key=command.key, seat=command.subject, at=command.at, **command.arguments
        )
        _trim(self.automation, MOST_AUTOMATED)
        return "automation", command.key

    def _undone(self, command: Command) -> tuple[str, str] | None:
        act = self.automation.get(command.arguments["undone"])
        if act is None or act.undone:
            return None
        self.automation[act.key] = msgspec.structs.replace(
            act, undone=command.key, undone_by=command.who
        )
        return "automation", act.key


def _trim(row: dict[str, Any], most: int) -> None:
    while len(row) > most:
        del row[next(iter(row))]
