"""What one person's desk remembers from one start to the next."""

import msgspec

from paser_command.session.frames import Selection

VERSION = 1

PanelState = dict[str, str | int | float | bool]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of one person. Empty bytes and texts stand for "as delivered".

    `geometry` and `layout` are Qt's and the docking library's own; `panels` has the state of
    each panel by its id, and names the panels that the layout knows.
    """

    version: int = VERSION
    language: str = ""
    pulse: bool = True
    selection: Selection = Selection()
    geometry: bytes = b""
    layout: bytes = b""
    panels: dict[str, PanelState] = {}
