"""The displays of a room: what people call them, which are walls, how far away they are read."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from paser_command.errors import InputError
from paser_command.toml_check import Fault
from paser_command.toml_lines import KeyPath
from paser_command.workspaces.display import Display
from paser_command.workspaces.kept import KeptFile
from paser_command.workspaces.versions import Upgrades, versioned
from paser_command.workspaces.writing import pairs

FILE = "displays.toml"
FORMAT = 1

DESK_M = 0.7
"""From here text is read as it was designed."""

LEAST_SCALE, MOST_SCALE, STEP = 1.0, 4.0, 0.25
TEXT_PX = 14.0
CAP_HEIGHT = 0.66
"""Of an em of the text font."""

DISTANCE_TO_HEIGHT = 200.0
"""Letters of 25 mm are read at 5 m."""

WALL_PX = (960, 540)
"""Width and height that a page of the wall is laid out for, at least, before its scale."""

UNTOLD_PX_PER_MM = 96 / 25.4
"""Of a display that does not tell its size."""

_LEAST_GIVEN = 0.5

_UPGRADES: Upgrades = {}

WorkspaceId = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9][a-z0-9-]{0,59}\Z",
        description="an id of a workspace: 1 to 60 of the characters a to z, 0 to 9 and -",
    ),
]


class Turn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A workspace that a display shows for so long before the next one of its rotation."""

    workspace: WorkspaceId
    dwell_s: Annotated[float, msgspec.Meta(ge=5, le=3600)] = 30.0


class DisplaySetting(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What people told of a display. A `scale` of 0 is worked out of the viewing distance."""

    display: Display
    title: Annotated[str, msgspec.Meta(max_length=120)] = ""
    wall: bool = False
    distance_m: Annotated[float, msgspec.Meta(ge=0.3, le=100)] = DESK_M
    scale: Annotated[float, msgspec.Meta(ge=0, le=MOST_SCALE)] = 0.0
    rotation: Annotated[tuple[Turn, ...], msgspec.Meta(max_length=50)] = ()

    @property
    def called(self) -> str:
        """What people call it, else what its makers do."""
        return self.title or self.display.title


class Room(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"displays": "display"},
):
    """All displays that this computer has known."""

    format: Annotated[int, msgspec.Meta(ge=1)] = FORMAT
    displays: Annotated[tuple[DisplaySetting, ...], msgspec.Meta(max_length=50)] = ()


def room_file(home: Path) -> KeptFile[Room]:
    """Return the file in a person's folder; without it, or a good one of it, nothing is known."""
    return KeptFile(home / FILE, parse=parse, text_of=text_of, default=Room)


def parse(path: Path, text: str) -> Room:
    """Return the room in a file's text; ConfigError with every mistake in it."""
    file = versioned(path, text, Room, _UPGRADES, ours=FORMAT)
    for _, room in file.parts(Room):
        file.refuse(_faults(room))
    return file.value()


def text_of(room: Room) -> str:
    """Return the room as TOML."""
    lines = [f"format = {room.format}"]
    for one in room.displays:
        lines += ["", "[[display]]", *pairs(msgspec.to_builtins(one))]
    return "\n".join(lines) + "\n"


def scale_of(setting: DisplaySetting, px_per_mm: float) -> float:
    """Return the factor that makes the program's text readable from where it is looked at.

    `px_per_mm` is of the display before any scaling, 0 where it does not tell its size.
    """
    if setting.scale:
        return setting.scale
    if setting.distance_m <= DESK_M:
        return LEAST_SCALE
    wanted_px = setting.distance_m * 1000 / DISTANCE_TO_HEIGHT * _density(px_per_mm)
    steps = math.ceil(min(wanted_px / (TEXT_PX * CAP_HEIGHT), MOST_SCALE) / STEP - 1e-9)
    return min(max(steps * STEP, LEAST_SCALE), MOST_SCALE)


def with_room(scale: float, width_px: int, height_px: int) -> float:
    """Return the factor, or the largest that leaves a page of the wall its room.

    The pixels are the display's before any scaling.
    """
    largest = min(width_px / WALL_PX[0], height_px / WALL_PX[1])
    return min(scale, max(math.floor(largest / STEP) * STEP, LEAST_SCALE))


def read_from_m(scale: float, px_per_mm: float) -> float:
    """Return from how far text is read at a factor, in metres; `px_per_mm` as of `scale_of`."""
    letters_mm = TEXT_PX * CAP_HEIGHT * scale / _density(px_per_mm)
    return letters_mm * DISTANCE_TO_HEIGHT / 1000


def _density(px_per_mm: float) -> float:
    return px_per_mm if math.isfinite(px_per_mm) and px_per_mm > 0 else UNTOLD_PX_PER_MM


def _faults(room: Room) -> Iterator[Fault]:
    seen: set[tuple[str | int, ...]] = set()
    for place, one in enumerate(room.displays):
        where: KeyPath = ("display", place)
        if 0 < one.scale < _LEAST_GIVEN:
            yield (
                (*where, "scale"),
                InputError(
                    "must be 0 or {low} to {high}, and is {found}",
                    low=_LEAST_GIVEN,
                    high=MOST_SCALE,
                    found=one.scale,
                ),
            )
        told = msgspec.structs.astuple(one.display)
        if told in seen:
            yield where, InputError("this display is there twice: leave one of them")
        seen.add(told)
