"""What one person's desk remembers from one start to the next, and how its settings are asked."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from paser_command.language import LANGUAGES
from paser_command.session.frames import Selection

VERSION = 2
AT_NEXT_START = {"at_next_start": True}
"""Marks a setting that takes effect when the program is started again."""

LanguageSetting = Annotated[
    str,
    Meta(
        title="Language",
        description="The language of the screen.",
        extra={"choices": tuple(LANGUAGES)},
    ),
]
ZoneSetting = Annotated[
    Literal["", "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC"],
    Meta(title="Time zone", description="The zone of all times on the screen."),
]
ThemeSetting = Annotated[
    Literal["dark", "light"],
    Meta(
        title="Theme",
        description="Dark for a room with little light, light for a bright one.",
        extra=AT_NEXT_START,
    ),
]
ScaleSetting = Annotated[
    int,
    Meta(
        ge=75,
        le=300,
        title="Scale",
        description="How large everything is drawn, in percent.",
        extra={**AT_NEXT_START, "unit": "%", "step": 25},
    ),
]
PulseSetting = Annotated[
    bool,
    Meta(title="Pulse", description="The symbol in the alarm strip pulses while it waits."),
]
SoundsSetting = Annotated[
    Literal["none", "critical", "all"],
    Meta(title="Sounds", description="For which new alarms the bell of the system rings."),
]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of one person. Empty texts stand for "as delivered"; `workspace` is the shown one's.

    A field with a title is a setting that a person is asked for. `keys` are a person's own, by act,
    "" for none. What a room looks like stands in workspaces, which are files of their own.
    `selection_of` is the id of the journal in which the selection was made.
    """

    version: int = VERSION
    language: LanguageSetting = ""
    zone: ZoneSetting = ""
    theme: ThemeSetting = "dark"
    scale: ScaleSetting = 100
    pulse: PulseSetting = True
    sounds: SoundsSetting = "critical"
    keys: dict[str, str] = {}
    selection: Selection = Selection()
    selection_of: str = ""
    workspace: str = ""
