"""What is worked in: the window and the panel that acts are done to."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from paser_ui.panel_host import PanelHost
from paser_ui.windows.windows import DeskWindow, Windows


class InHand(QObject):
    """Follows the focus. A menu that opens moves none, so it takes what it is about itself.

    `windows` are those of the desk, `panel` is a panel's key, "" before there was one.
    """

    def __init__(self, windows: Windows) -> None:
        super().__init__(windows)
        self.panel = ""
        self.windows = windows
        self._window: DeskWindow = windows.main
        self._floats = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    @property
    def window(self) -> DeskWindow:
        """The window of pages that is worked in; the main one where that has gone."""
        return self._window if self._window in self.windows.all() else self.windows.main

    @property
    def keyed(self) -> DeskWindow:
        """The window that keys are for: a panel in a window by itself goes with the main one."""
        return self.windows.main if self._floats else self.window

    @property
    def moved(self) -> DeskWindow:
        """The window whose time keys move: the main one, where theirs has no time of its own."""
        return self.keyed if self.keyed.desk.own_time else self.windows.main

    def take_window(self, window: QWidget) -> None:
        """Work in this window, if it has pages."""
        for one in self.windows.all():
            if one is window:
                self._window, self._floats = one, False

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        window = now.window()
        self.take_window(window)
        widget: QWidget | None = now
        while widget is not None and not isinstance(widget, PanelHost):
            widget = widget.parentWidget()
        if widget is not None and not widget.on_wall:
            self.panel = widget.panel_id
            self._floats = window is not self._window
