"""Workspace: what stands on the displays of a seat from now on."""

from paser_command.picture.screens import WORKSPACE, Screen, check_screens, screens_of, screens_text
from paser_command.verbs.verb import Verb, VerbValue


class ShowWorkspace(VerbValue, frozen=True, kw_only=True):
    """A workspace's id and name, who or what brought it (`Screens.reason`), and what it shows."""

    id: str
    name: str
    reason: str
    screens: tuple[Screen, ...] = ()


def _encode(value: ShowWorkspace) -> dict[str, str]:
    return {
        "id": value.id,
        "name": value.name,
        "reason": value.reason,
        "screens": screens_text(value.screens),
    }


def _decode(arguments: dict[str, str]) -> ShowWorkspace:
    check_screens(WORKSPACE, arguments)
    return ShowWorkspace(
        id=arguments["id"],
        name=arguments["name"],
        reason=arguments["reason"],
        screens=screens_of(arguments),
    )


VERB = Verb(
    name=WORKSPACE,
    values=(ShowWorkspace,),
    words="show a workspace",
    subject="seat",
    right="workspace",
    encode=_encode,
    decode=_decode,
    in_past=True,
)
