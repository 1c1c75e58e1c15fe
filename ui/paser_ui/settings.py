"""What one person's desk remembers from one start to the next."""

import msgspec

from paser_command.session.frames import Selection

VERSION = 2


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of one person. Empty texts stand for "as delivered"; `workspace` is the shown one's.

    What a room looks like stands in workspaces, which are files of their own.
    """

    version: int = VERSION
    language: str = ""
    pulse: bool = True
    selection: Selection = Selection()
    workspace: str = ""
