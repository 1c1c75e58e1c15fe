"""The menus of a panel and of workspaces: for those who work by mouse."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QPushButton

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.acts.menu import below, open_menu
from paser_ui.desk import Desk
from paser_ui.docking import Docking
from paser_ui.times import COMMON, time_name
from paser_ui.widgets.plain import put_action
from paser_ui.windows.page import NEW
from paser_ui.workspace.act_words import ACT_WORDS, PAGES, PANELS, WORKSPACES
from paser_ui.workspace.arranging import Arranging
from paser_ui.workspace.workspaces import Workspaces

WALL, CONSOLE = "Wall", "Console"


class Menus(QObject):
    """Opens what the button in a panel's title bar, and the workspace's name, stand for.

    `chip` gives the name in the window that is worked in.
    """

    def __init__(
        self,
        acts: Acts,
        workspaces: Workspaces,
        arranging: Arranging,
        docking: Docking,
        desk: Desk,
        chip: Callable[[], QPushButton],
    ) -> None:
        super().__init__()
        self._acts = acts
        self._workspaces = workspaces
        self._arranging = arranging
        self._desk = desk
        self._chip = chip
        docking.menu_wanted.connect(lambda key: self.open_panel(key, QCursor.pos()))

    def open_panel(self, key: str, at: QPoint) -> None:
        """Open the menu of a panel at a place of the desktop."""
        host = self._arranging.panels.get(key)
        if host is None:
            return
        self._arranging.hand.panel = key
        own = [act for act in self._of(PANELS) if act.id != "panel.menu"]
        sends = [act for act in self._acts if act.id.startswith("wall.send_panel.")]
        adds = [act for act in self._acts if act.id.startswith("panel.add.")]
        menu = open_menu(host, "panelMenu", self._acts, (own, sends, adds), self._desk.translated)
        menu.popup(at)

    def open_panel_in_hand(self) -> None:
        """Open the menu of the panel that has the focus, or had it last."""
        name = self._arranging.panel_in_hand()
        if name is not None:
            host = self._workspaces.board.host(name)
            self.open_panel(host.panel_id, host.mapToGlobal(QPoint(12, 12)))

    def open_workspaces(self, chip: QPushButton | None = None) -> None:
        """Open the menu of workspaces, of the page before one's eyes, and of the console.

        `chip` is the name that was pressed; what is done to a page is done in its window.
        """
        chip = chip or self._chip()
        self._arranging.hand.take_window(chip.window())
        shows = [act for act in self._acts if act.id.startswith("workspace.show.")]
        listed = self._workspaces.catalogue()
        order = {f"workspace.show.{one.id}": at for at, one in enumerate(listed)}
        shows.sort(key=lambda act: order.get(act.id, 0))
        own = [act for act in self._of(WORKSPACES) if act.id != "workspace.menu"]
        pages = self._of(PAGES)
        wall = [
            act
            for act in self._acts
            if act.group == WALL and not act.id.startswith("wall.send_panel.")
        ]
        console = [act for act in self._acts if act.group == CONSOLE]
        more = {PAGES: pages, WALL: wall, CONSOLE: console}
        menu = open_menu(
            chip, "workspaceMenu", self._acts, (shows, own), self._desk.translated, more
        )
        menu.popup(below(chip))

    def can_open_times(self) -> bool:
        """Tell whether the window that is worked in can be moved in another time."""
        return self._arranging.can_have_own_time()

    def open_times(self, chip: QPushButton | None = None) -> None:
        """Open the menu of the times that the window which is worked in can be moved in.

        `chip` is the name of a window's time that was pressed: then it is that window.
        """
        chip = chip or self._arranging.hand.window.status.times
        self._arranging.hand.take_window(chip.window())
        desk = self._arranging.hand.window.desk
        language = self._desk.language
        menu = QMenu(chip)
        menu.setObjectName("timeMenu")
        for number in (COMMON, *desk.times.numbers()):
            now = language.time(desk.times.session(number).now(), seconds=True)
            action = menu.addAction("")
            put_action(action, f"{time_name(number, language)}\t{now}")
            action.setObjectName(f"time.{number}")
            action.setCheckable(True)
            action.setChecked(number == desk.time)
            action.triggered.connect(partial(self._join, number))
        menu.addSeparator()
        anew = menu.addAction("")
        put_action(anew, language.tr("A new time for this window"))
        anew.setObjectName("time.new")
        anew.triggered.connect(partial(self._join, NEW))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below(chip))

    def _join(self, number: int, _checked: bool = False) -> None:
        self._arranging.join_time(number)

    def _of(self, group: str) -> list[Act]:
        """Return the acts of a group that stand in the table, in its order."""
        acts = {act.id: act for act in self._acts if act.group == group}
        return [acts[id] for id in ACT_WORDS if id in acts]
