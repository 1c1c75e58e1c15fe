"""The map's context menu: what can be done with the place under the pointer."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu

from paser_command.coordinates import Notation, format_place
from paser_command.language import Language
from paser_map.canvas import MapCanvas
from paser_ui.widgets.plain import put_action

Act = Callable[[QPoint], None]
"""Does something with a pixel of the canvas."""


class MapMenu(QObject):
    """Opens at a right click, and in the middle of the map for the keyboard's key.

    `acts` gives English words and what they do, in order; it is asked anew for each menu. While a
    tool is at work there is no menu: the right button may be the tool's.
    """

    def __init__(
        self,
        canvas: MapCanvas,
        speak: Callable[[], Language],
        acts: Callable[[], list[tuple[str, Act]]],
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._speak = speak
        self._acts = acts
        canvas.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QContextMenuEvent):
            return False
        if self._canvas.tool is None:
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            self.open(self._canvas.rect().center() if by_key else event.pos())
        return True

    def open(self, at: QPoint) -> None:
        """Open the menu for a pixel of the canvas."""
        menu = QMenu(self._canvas)
        menu.setObjectName("map.menu")
        # Not deleted on close: the canvas may be closing, and deletes it too.
        menu.aboutToHide.connect(menu.deleteLater)
        for text, act in self._acts():
            put_action(entry := menu.addAction(""), text)
            entry.triggered.connect(lambda _checked=False, act=act: act(at))
        menu.addSeparator()
        self._add_coordinates(menu, at)
        menu.popup(self._canvas.mapToGlobal(at))

    def _add_coordinates(self, menu: QMenu, at: QPoint) -> None:
        tr = self._speak().tr
        place = self._canvas.view.to_degrees(at.x(), at.y())
        for notation in Notation:
            text = format_place(*place, notation, tr)
            put_action(entry := menu.addAction(""), tr("Copy {text}", text=text))
            entry.triggered.connect(
                lambda _checked=False, text=text: QGuiApplication.clipboard().setText(text)
            )
