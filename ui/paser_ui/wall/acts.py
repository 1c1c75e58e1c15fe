"""What can be done with the wall: send to it, take back from it, and say which displays are it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QObject

from paser_command.errors import PaserError
from paser_command.session.frames import Mode
from paser_command.workspaces.kept import KeptFile
from paser_command.workspaces.room import DisplaySetting, Room, read_from_m, scale_of, with_room
from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.desk import Desk
from paser_ui.wall.walls import Walls, setting_of
from paser_ui.windows.screens import Present, Screens
from paser_ui.workspace.arranging import Arranging
from paser_ui.workspace.workspaces import Workspaces

WALL = "Wall"
SEND_WORDS = "Send this workspace to {display}"
SEND_PANEL_WORDS = "Send this panel to {display}"
SEND_REPLAY_WORDS = "Send this replay to {display}"
TAKE_BACK_WORDS = "Take back what was sent to {display}"
MAKE_WALL_WORDS = "Make {display} a wall"
MAKE_DESK_WORDS = "Make {display} a display of the desk"
NEXT_START_WORDS = "Text on {display} takes its size at the next start."
NO_ROOM_WORDS = (
    "Text on {display} takes its size at the next start. There is no room for larger text: "
    "it is read from {metres} m."
)
_DISTANCE_M = 5.0


class RoomOfDisplays(QObject):
    """What people told of the displays, and the file that it is kept in."""

    def __init__(self, file: KeptFile[Room], told: Callable[[str, PaserError], object]) -> None:
        super().__init__()
        self._file = file
        self._told = told
        kept = file.load()
        self.room = kept.value
        self.notice = kept.notice

    def make_wall(self, present: Present, wall: bool, among: Sequence[Present] = ()) -> None:
        """Say whether a display is one of the wall; its text is as large as is read from there.

        Larger than a page has room for it never is. `among` are all that are plugged in.
        """
        displays = [one.display for one in among]
        known = setting_of(self.room, present.display, displays)
        before = known or DisplaySetting(display=present.display)
        distance_m = max(before.distance_m, _DISTANCE_M) if wall else before.distance_m
        told = msgspec.structs.replace(
            before, display=present.display, wall=wall, distance_m=distance_m, scale=0.0
        )
        wanted = scale_of(told, present.px_per_mm)
        scale = with_room(wanted, *present.pixels.toTuple()) if wall else 0.0
        told = msgspec.structs.replace(told, scale=scale)
        others = tuple(one for one in self.room.displays if one is not before)
        self.room = msgspec.structs.replace(self.room, displays=(*others, told))
        try:
            self._file.save(self.room)
        except PaserError as error:
            self._told("displays", error)


class WallActs(QObject):
    """Keeps the acts in step with the displays that are plugged in."""

    def __init__(
        self,
        acts: Acts,
        walls: Walls,
        room: RoomOfDisplays,
        screens: Screens,
        workspaces: Workspaces,
        arranging: Arranging,
        desk: Desk,
        tell: Callable[[str, str], object],
    ) -> None:
        super().__init__()
        self._acts = acts
        self._walls = walls
        self._room = room
        self._screens = screens
        self._workspaces = workspaces
        self._arranging = arranging
        self._desk = desk
        self._tell = tell
        walls.changed.connect(self.offer)
        desk.language_changed.connect(self.offer)
        self.offer()

    def offer(self) -> None:
        """Offer what can be done with each display."""
        self._acts.drop("wall.")
        present = self._screens.present()
        walls = [one.display for one in self._walls.displays()]
        self._acts.add(
            *(
                act
                for number, one in enumerate(present, start=1)
                for act in self._of(number, one, wall=one.display in walls, alone=len(present) < 2)
            )
        )

    def _of(self, number: int, present: Present, *, wall: bool, alone: bool) -> Iterator[Act]:
        display = present.display
        if wall:
            yield self._act(f"wall.send.{number}", SEND_WORDS, present, self._send)
            yield self._act(
                f"wall.send_panel.{number}", SEND_PANEL_WORDS, present, self._send_panel
            )
            yield msgspec.structs.replace(
                self._act(f"wall.replay.{number}", SEND_REPLAY_WORDS, present, self._send_replay),
                enabled=lambda: self._desk.session.mode is not Mode.LIVE,
            )
            take_back = partial(self._walls.take_back, display)
            yield self._act(
                f"wall.take_back.{number}", TAKE_BACK_WORDS, present, lambda _: take_back()
            )
            yield self._act(f"wall.desk.{number}", MAKE_DESK_WORDS, present, self._make_desk)
        elif not alone:
            yield self._act(f"wall.make.{number}", MAKE_WALL_WORDS, present, self._make_wall)

    def _act(self, id: str, words: str, present: Present, do: Callable[[Present], object]) -> Act:
        title = self._walls.title(present.display)
        return Act(
            id=id, words=self._desk.tr(words, display=title), group=WALL, run=partial(do, present)
        )

    def _send(self, present: Present) -> None:
        self._walls.send_workspace(present.display, self._workspaces.id)

    def _send_panel(self, present: Present) -> None:
        name = self._arranging.panel_in_hand()
        if name is not None:
            self._walls.send_panel(present.display, name, self._workspaces.board)

    def _send_replay(self, present: Present) -> None:
        self._walls.send_replay(present.display)

    def _make_wall(self, present: Present) -> None:
        self._room.make_wall(present, True, self._screens.present())
        self._after(present)

    def _make_desk(self, present: Present) -> None:
        self._room.make_wall(present, False, self._screens.present())
        self._after(present)

    def _after(self, present: Present) -> None:
        self._walls.arrange()
        self._workspaces.windows.arrange()
        displays = [one.display for one in self._screens.present()]
        setting = setting_of(self._room.room, present.display, displays)
        from_m = read_from_m(setting.scale, present.px_per_mm) if setting else 0.0
        cramped = setting is not None and setting.wall and from_m < setting.distance_m
        words = NO_ROOM_WORDS if cramped else NEXT_START_WORDS
        title = self._walls.title(present.display)
        metres = self._desk.language.number(from_m, 1)
        self._tell("displays", self._desk.tr(words, display=title, metres=metres))
