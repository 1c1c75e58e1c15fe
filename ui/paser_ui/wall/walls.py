"""What stands on the displays of the wall: what a desk sent, else what rotates there."""

import time
from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from paser_command.errors import PaserError
from paser_command.picture.screens import Screen
from paser_command.records import Severity
from paser_command.session.frames import Mode
from paser_command.workspaces.definition import FORMAT, Node, Page, Workspace
from paser_command.workspaces.display import Display, likeness, paired
from paser_command.workspaces.room import DisplaySetting, Room, Turn
from paser_command.workspaces.store import WorkspaceStore
from paser_ui.alarms.tallies import Tallies
from paser_ui.alarms.waiting import severity_of
from paser_ui.desk import Desk
from paser_ui.docking import Docking
from paser_ui.panels import Panels
from paser_ui.wall.guest import Guest
from paser_ui.wall.window import WallWindow
from paser_ui.windows.filling import fill
from paser_ui.windows.screens import Present, Screens
from paser_ui.workspace.board import Board

HOME = "dinding"
"""The workspace of a wall that nobody told anything else."""

_LOOK_MS = 500
MakeWall = Callable[[Desk], WallWindow]


class Walls(QObject):
    """One window for each display of the wall. Panels there are the wall's own, and so is its time.

    It is live, whatever the desk shows, until the desk's replay is sent there.

    `changed` tells that something else is shown. Rotation stands still while an alarm of high
    severity waits for a person, and while something was sent.
    """

    changed = Signal()
    told = Signal(str, object)

    def __init__(
        self,
        screens: Screens,
        room: Callable[[], Room],
        make: MakeWall,
        store: WorkspaceStore,
        panels: Panels,
        docking: Docking,
        desk: Desk,
        *,
        tallies: Tallies | None = None,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._tallies = tallies or Tallies()
        self._screens = screens
        self._room = room
        self._make = make
        self._store = store
        self._panels = panels
        self._docking = docking
        self._desk = desk
        self._now_s = now_s
        self._guests: dict[Display, Guest] = {}
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        screens.changed.connect(self.arrange)

    def is_wall(self, display: Display) -> bool:
        """Tell whether a display is one of the wall."""
        setting = self._setting(display)
        return setting is not None and setting.wall

    def displays(self) -> list[Present]:
        """Return the displays of the wall that are plugged in; the only display is never one."""
        present = self._screens.present()
        walls = [one for one in present if self.is_wall(one.display)]
        return walls if len(walls) < len(present) else walls[1:]

    def title(self, display: Display) -> str:
        """Return what people call a display."""
        name = self._called(display)
        others = [one for one in self._present() if one != display]
        twice = any(self._called(one) == name for one in others)
        return f"{name} ({display.connector})" if twice and display.connector else name

    def windows(self) -> list[WallWindow]:
        """Return the windows of the wall."""
        return [guest.window for guest in self._guests.values()]

    def start(self) -> None:
        """Begin to look at what rotates, and at alarms."""
        self.arrange()
        self._timer.start()

    def stop(self) -> None:
        """Let go of the wall's windows."""
        self._timer.stop()
        for display in list(self._guests):
            self._leave(display)

    def arrange(self) -> None:
        """Have each display of the wall filled, and nothing else."""
        present = {one.display: one for one in self.displays()}
        for display in [display for display in self._guests if display not in present]:
            self._leave(display)
        for number, (display, one) in enumerate(present.items()):
            guest = self._guests.get(display) or self._come(display, number)
            fill(guest.window, one.geometry)
        self.changed.emit()

    def send_workspace(self, display: Display, id: str, *, stay_s: float = 0.0) -> bool:
        """Show a workspace on a display, until it is taken back; False where it cannot be had."""
        guest = self._guests.get(display)
        workspace = self._loaded(id)
        if guest is None or workspace is None:
            return False
        self._show(guest, id, workspace, self._said_of(id, workspace))
        guest.sent, guest.until_s = True, self._now_s() + stay_s if stay_s else None
        return True

    def send_panel(self, display: Display, name: str, board: Board) -> None:
        """Show a panel like one of the desk alone on a display, until it is taken back."""
        guest = self._guests.get(display)
        if guest is None:
            return
        spec = board.spec(name)
        panels = {name: msgspec.structs.replace(spec, pinned=())}
        page = Page(layout=Node(tabs=(name,)))
        title = board.host(name).name
        whole = Workspace(format=FORMAT, name=title, panels=panels, pages=(page,))
        self._show(guest, "", whole, lambda: self._panels.type_name(spec.type))
        guest.sent, guest.until_s = True, None

    def send_replay(self, display: Display) -> None:
        """Let a display go with the desk's time, until it is taken back or the desk is live."""
        guest = self._guests.get(display)
        if guest is not None:
            guest.window.desk.take_time(False)

    def take_back(self, display: Display) -> None:
        """Let a display show again what it shows by itself, live."""
        guest = self._guests.get(display)
        if guest is None:
            return
        _be_live(guest.window.desk)
        if guest.sent:
            guest.sent, guest.until_s = False, None
            self._turn(guest, 0)

    def look(self) -> None:
        """Go on with what rotates, and take back what has stayed long enough."""
        now_s = self._now_s()
        alarm = self._wants_the_wall()
        for guest in self._guests.values():
            if self._desk.session.mode is Mode.LIVE:
                _be_live(guest.window.desk)
            guest.window.hold(self._held_words() if alarm else "")
            if guest.until_s is not None and now_s >= guest.until_s:
                self.take_back(guest.display)
            elif not guest.sent and not alarm and now_s >= guest.turns_s:
                turns = self._turns(guest)
                if len(turns) > 1:
                    self._turn(guest, guest.turn + 1)

    def shown(self) -> tuple[Screen, ...]:
        """Return what the wall shows, for the journal."""
        return tuple(
            Screen(
                display=self.title(guest.display),
                page=guest.name,
                panels=tuple(guest.board.type_of(name) for name in guest.board.names()),
            )
            for guest in self._guests.values()
            if guest.board is not None
        )

    def hosts_on(self, display: Display) -> Board | None:
        """Return what stands on a display of the wall."""
        guest = self._guests.get(display)
        return guest.board if guest is not None else None

    def go_to(self, display: Display, lon: float, lat: float, zoom: float) -> None:
        """Have the maps on a display show a place, once they are built."""
        guest = self._guests.get(display)
        if guest is not None and guest.board is not None:
            for _name, host in guest.board.hosts():
                host.show_place((lon, lat), zoom)

    def speak(self) -> None:
        """Put the words on all windows again."""
        for guest in self._guests.values():
            guest.window.speak()
            guest.say()

    def _present(self) -> list[Display]:
        return [one.display for one in self._screens.present()]

    def _setting(self, display: Display) -> DisplaySetting | None:
        return setting_of(self._room(), display, self._present())

    def _called(self, display: Display) -> str:
        setting = self._setting(display)
        return setting.called if setting is not None else display.title

    def _come(self, display: Display, number: int) -> Guest:
        guest = Guest(display, number, self._make(self._desk.beside()))
        _be_live(guest.window.desk)
        self._guests[display] = guest
        self._turn(guest, 0)
        return guest

    def _leave(self, display: Display) -> None:
        guest = self._guests.pop(display)
        guest.clear()
        guest.window.hide()
        guest.window.desk.take_time(False)
        guest.window.desk.deleteLater()
        guest.window.deleteLater()

    def _turns(self, guest: Guest) -> tuple[Turn, ...]:
        setting = self._setting(guest.display)
        rotation = setting.rotation if setting is not None else ()
        return rotation or (Turn(workspace=HOME),)

    def _turn(self, guest: Guest, number: int) -> None:
        turns = self._turns(guest)
        guest.turn = number % len(turns)
        turn = turns[guest.turn]
        guest.turns_s = self._now_s() + turn.dwell_s
        workspace = self._loaded(turn.workspace)
        if workspace is not None:
            self._show(guest, turn.workspace, workspace, self._said_of(turn.workspace, workspace))

    def _show(self, guest: Guest, id: str, workspace: Workspace, said: Callable[[], str]) -> None:
        guest.show(id, workspace, self._panels, self._docking, said=said)
        guest.say()
        self.changed.emit()

    def _said_of(self, id: str, workspace: Workspace) -> Callable[[], str]:
        """Return what visitors read of a workspace: its name if it is a delivered one's.

        People may call their own as they like.
        """
        name = workspace.name if workspace.name == self._store.delivered_name(id) else ""
        return lambda: self._desk.translated(name) if name else ""

    def _loaded(self, id: str) -> Workspace | None:
        try:
            return self._store.load(id).workspace
        except PaserError as error:
            self.told.emit(f"wall.{id}", error)
            return None

    def _wants_the_wall(self) -> bool:
        """Tell whether an alarm waits that everybody ought to see until somebody took it."""
        top = self._tallies.of(self._desk.session.live_picture).top
        return top is not None and severity_of(top) >= Severity.CRITICAL

    def _held_words(self) -> str:
        return self._desk.tr("Rotation waits: a critical alarm is not acknowledged")


def _be_live(desk: Desk) -> None:
    """Let a wall be in the present by itself."""
    if not desk.own_time:
        desk.take_time(True)
        desk.session.live()


def setting_of(
    room: Room, display: Display, present: Sequence[Display] = ()
) -> DisplaySetting | None:
    """Return what people told of a display: of the one in the file that is most like it.

    Among those `present` each is one of the file at most: of two that are alike in all but where
    they are plugged in, that is what tells them apart.
    """
    if display in present:
        pairs = paired([one.display for one in room.displays], present)
        number = list(present).index(display)
        return next((room.displays[one] for one, other in pairs.items() if other == number), None)
    known = [(likeness(one.display, display), one) for one in room.displays]
    fitting = [(score, one) for score, one in known if score > 1]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
