"""Everything of a console that is on the screen: windows, panels and workspaces, wired."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from paser_command.language import LANGUAGES
from paser_command.plugin.discovery import Plugins
from paser_command.times import Now
from paser_command.times import now as system_now
from paser_command.workspaces.automation import Automation
from paser_command.workspaces.kept import Kept
from paser_command.workspaces.room import room_file
from paser_command.workspaces.rules import Rules, rules_file
from paser_command.workspaces.store import WorkspaceStore
from paser_ui.acts.acts import Acts
from paser_ui.alarms.bell import Bell
from paser_ui.alarms.tallies import Tallies
from paser_ui.automatic import Automatic, undo_act
from paser_ui.console_acts import add_console_acts, show_keys
from paser_ui.desk import Desk
from paser_ui.docking import Docking
from paser_ui.faults import Faults
from paser_ui.manual.opening import ManualOpening
from paser_ui.palette.palette import Palette
from paser_ui.panel_acts import PanelActs
from paser_ui.panels import Panels
from paser_ui.preferences.effects import Effects
from paser_ui.preferences.opening import PreferencesOpening
from paser_ui.preferences.preferences import Preferences
from paser_ui.settings import Settings
from paser_ui.status_bar import StatusBar
from paser_ui.wall.acts import RoomOfDisplays, WallActs
from paser_ui.wall.awake import Awake
from paser_ui.wall.dialogs import OffTheWall
from paser_ui.wall.walls import Walls
from paser_ui.wall.window import WallWindow
from paser_ui.windows.main_window import MainWindow
from paser_ui.windows.screens import Screens
from paser_ui.windows.side_window import SideWindow
from paser_ui.windows.windows import Windows
from paser_ui.workspace.acts import WorkspaceActs, menu_acts
from paser_ui.workspace.arranging import Arranging
from paser_ui.workspace.asking import Asking
from paser_ui.workspace.menus import Menus
from paser_ui.workspace.workspaces import DELIVERED, ROTATION, START, Workspaces


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a console stands, and where its files lie. `delivered` are folders of workspaces.

    `rules` is the file of delivered ones.
    `plain_px` shows windows in this size and fills no display: where there is none. What is `safe`
    uses and changes nothing that is remembered of workspaces. `fixed` are the names of the settings
    that the site has set.
    """

    home: Path
    site_name: str
    zone: str
    delivered: tuple[Path, ...] = ()
    rules: Path | None = None
    plain_px: QSize | None = None
    safe: bool = False
    fixed: frozenset[str] = frozenset()


class Front:
    """The windows of a console, before anything moves in them."""

    def __init__(
        self,
        desk: Desk,
        plugins: Plugins,
        place: Place,
        settings: Settings,
        *,
        faults: Faults | None = None,
        now: Now = system_now,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.desk = desk
        self._settings = settings
        self._language_is_fixed = "language" in place.fixed
        tallies = Tallies()
        self.window = MainWindow(
            desk,
            site_name=place.site_name,
            tallies=tallies,
            pulse=settings.pulse,
            now=now,
            now_s=now_s,
        )
        self.docking = Docking(self.window)
        self.panels = Panels(plugins, desk, self.docking, faults)
        self.room = RoomOfDisplays(room_file(place.home), self.window.notice)
        screens = Screens(self.window)
        store = WorkspaceStore(place.home / "workspaces", place.delivered)
        self.walls = Walls(
            screens,
            lambda: self.room.room,
            lambda beside: WallWindow(
                beside, site_name=place.site_name, tallies=tallies, now_s=now_s
            ),
            store,
            self.panels,
            self.docking,
            desk,
            tallies=tallies,
            now_s=now_s,
        )

        def beside(desk: Desk) -> SideWindow:
            side = SideWindow(
                desk,
                site_name=place.site_name,
                pulse=self.preferences.settings.pulse,
                tallies=tallies,
                now=now,
                now_s=now_s,
            )
            show_keys(self.acts, side)
            self._listen(side.status)
            return side

        self.windows = Windows(
            self.window,
            screens,
            beside,
            is_wall=self.walls.is_wall,
            plain_px=place.plain_px,
        )
        screens.changed.connect(self.docking.bring_back)
        self.workspaces = Workspaces(
            store,
            self.windows,
            self.panels,
            self.docking,
            desk,
            safe=place.safe,
        )
        self.arranging = Arranging(self.workspaces, self.docking, desk)
        self.workspaces.told.connect(self.window.notice)
        self.workspaces.also_shown = self.walls.shown
        self.walls.told.connect(self.window.notice)
        self.walls.changed.connect(lambda: self.workspaces.say(ROTATION))
        rules = rules_file(place.home, place.rules).load() if place.rules else Kept(Rules())
        self.preferences = Preferences(settings)
        self.preferences.put("language", desk.language.code)
        self.acts = Acts(settings.keys)
        self.palette = Palette(self.acts, desk, lambda: self.window)
        self.opening = PreferencesOpening(
            self.preferences,
            self.acts,
            desk,
            lambda: self.window,
            fixed=dict.fromkeys(place.fixed, place.site_name),
        )
        self.manual = ManualOpening(self.acts, desk, lambda: self.window)
        self.bell = Bell(settings.sounds)
        self.effects = Effects(
            self.preferences,
            desk,
            lambda: [window.strip for window in self.windows.all()],
            self.bell,
            place.zone,
        )
        self._now_s = now_s
        self._panel_acts: dict[str, PanelActs] = {}
        add_console_acts(self.acts, self.arranging.hand, self.palette, self.next_language)
        self.asking = Asking(self.workspaces, self.arranging, desk)
        self.workspace_acts = WorkspaceActs(self.acts, self.workspaces, self.arranging, self.asking)
        self._offering = QTimer(self.window, interval=0, singleShot=True)
        self._offering.timeout.connect(self._offer_panels)
        self.wall_acts = WallActs(
            self.acts,
            self.walls,
            self.room,
            screens,
            self.workspaces,
            self.arranging,
            desk,
            self.window.tell,
        )
        self.menus = Menus(
            self.acts, self.workspaces, self.arranging, self.docking, desk, self._chip
        )
        self.acts.add(*menu_acts(self.menus))
        for named in (self.workspaces.shown, self.workspaces.listed, self.windows.changed):
            named.connect(self._name_workspace)
        self.automatic = Automatic(
            Automation(rules.value.rules if not place.safe else ()),
            desk,
            self.workspaces,
            self.arranging,
            self.walls,
            self.window.banner,
        )
        self.acts.add(undo_act(self.automatic))
        self.off_the_wall = OffTheWall(
            lambda: [one.geometry for one in self.walls.displays()], lambda: self.window
        )
        self.awake = Awake()
        for name, notice in (("displays", self.room.notice), ("automation", rules.notice)):
            if notice is not None:
                self.window.notice(name, notice)
        self.workspaces.shown.connect(self._offering.start)
        self.panels.made.connect(lambda _key: self._offering.start())
        self.panels.leaving.connect(self._forget_panel)
        self._past = False
        # With their window they are gone for Qt, and so is all that was told by them.
        for part in (
            self.panels,
            self.room,
            self.walls,
            self.workspaces,
            self.arranging,
            self.preferences,
            self.acts,
            self.palette,
            self.opening,
            self.manual,
            self.bell,
            self.effects,
            self.asking,
            self.workspace_acts,
            self.wall_acts,
            self.menus,
            self.automatic,
            self.off_the_wall,
            self.awake,
        ):
            part.setParent(self.window)
        desk.language_changed.connect(self.speak)
        self._listen(self.window.status)

    def show(self) -> None:
        """Show the windows as they were when the console ended."""
        if not self.workspaces.show(self._settings.workspace or DELIVERED, reason=START):
            self.workspaces.show(DELIVERED, reason=START)
        self.walls.start()
        self.automatic.start()
        self.awake.start()
        self.window.activateWindow()
        if self._settings.selection_of == self.desk.session.journal_id:
            self.desk.select(self._settings.selection)
        # Not on a button: the space bar is the alarm's.
        self.window.setFocus()
        self.speak()

    def close(self) -> None:
        """Take all windows off the screen, and let go of them with all that is in them."""
        self.automatic.stop()
        self.awake.stop()
        # What floats is torn down with its windows, and nobody is left to look at it.
        self.docking.blockSignals(True)
        self._offering.stop()
        self.windows.close()
        with self.acts.together():
            self.walls.stop()
            self.workspaces.close()
        self.window.deleteLater()

    def tick(self, changed: bool) -> None:
        """Bring the bars of all windows up to date."""
        for window in (*self.windows.all(), *self.walls.windows()):
            window.show_tick(changed)
        session = self.desk.session
        self.workspaces.say_begun()
        self.bell.look(session.live_picture, session.live_view, self._now_s())
        if self.window.past != self._past:
            self._past = self.window.past
            self.arranging.settle()

    def remembered(self) -> Settings:
        """Return what the person's settings are now."""
        return msgspec.structs.replace(
            self.preferences.settings,
            keys=dict(self.acts.own),
            language=self.desk.language.code,
            selection=self.desk.selection,
            selection_of=self.desk.session.journal_id,
            workspace=self.workspaces.id,
        )

    def next_language(self) -> None:
        """Speak the next language, where the site leaves it to people."""
        if self._language_is_fixed:
            return
        codes = list(LANGUAGES)
        at = codes.index(self.desk.language.code)
        self.desk.speak(codes[(at + 1) % len(codes)])

    def speak(self) -> None:
        """Put every word on again, in the language of the screen: all of them in one picture."""
        windows = (*self.windows.all(), *self.walls.windows())
        for window in windows:
            window.setUpdatesEnabled(False)
        try:
            self.docking.set_window_title(self.window.title)
            self.docking.retranslate()
            self.windows.speak()
            self.walls.speak()
            self._name_workspace()
            self.panels.retranslate()
            for window in windows:
                window.show_tick(True)
        finally:
            for window in windows:
                window.setUpdatesEnabled(True)

    def shown_windows(self) -> list[QWidget]:
        """Return every window that is shown, those of single panels last."""
        windows = (*self.windows.all(), *self.walls.windows())
        return [*(one for one in windows if one.isVisible()), *self.docking.windows()]

    def _listen(self, status: StatusBar) -> None:
        """Do what is asked of a window in its status bar."""
        status.language_wanted.connect(self.next_language)
        status.language.setEnabled(not self._language_is_fixed)
        status.workspaces_wanted.connect(lambda: self.menus.open_workspaces(status.workspace))
        status.times_wanted.connect(lambda: self.menus.open_times(status.times))

    def _chip(self) -> QPushButton:
        """Return the workspace's name in the window that is worked in."""
        return self.arranging.hand.window.status.workspace

    def _name_workspace(self) -> None:
        if self.workspaces.id:
            board = self.workspaces.board
            for window in self.windows.all():
                window.status.show_workspace(self.workspaces.name, locked=board.locked)

    def _offer_panels(self) -> None:
        """Offer what the panels of the shown workspace can do, and no others'."""
        shown = {host.panel_id for _, host in self.workspaces.board.hosts()}
        with self.acts.together():
            for host in self.panels.all():
                key = host.panel_id
                if key not in self._panel_acts:
                    self._panel_acts[key] = PanelActs(self.acts, host, self.arranging.bring)
                self._panel_acts[key].offer(key in shown)

    def _forget_panel(self, key: str) -> None:
        """Offer no more what a panel could do that is let go."""
        acts = self._panel_acts.pop(key, None)
        if acts is not None:
            acts.offer(False)
