"""The menu of the map's tools, each with its key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from paser_command.language import Language
from paser_command.picture.drawing_change import DrawnShape
from paser_map.drawing.tools import DrawingTools
from paser_ui.widgets.plain import put_action, put_name

_MENU_WORDS = {
    "distance": "Measure distance",
    "area": "Measure area",
    "point": "Draw a point",
    "line": "Draw a line",
    "polygon": "Draw a polygon",
    "circle": "Draw a circle",
    "text": "Write a text",
    "edit": "Change the shape",
    "properties": "Name, note, colour, geofence",
    "next": "Next drawing",
    "erase": "Erase",
    "undo": "Undo",
    "redo": "Do again",
}
_KEYS = {
    "distance": "M",
    "area": "Shift+M",
    "point": "Shift+P",
    "line": "Shift+L",
    "polygon": "Shift+A",
    "circle": "Shift+C",
    "text": "Shift+T",
    "edit": "E",
    "properties": "Shift+E",
    "next": "N",
    "erase": "Del",
    "undo": "Ctrl+Z",
    "redo": "Ctrl+Shift+Z",
}
_GROUPS = ("point", "edit", "undo")
"""The first of each group, with a line above it."""


class ToolsMenu(QMenu):
    """Add its `actions()` to the panel, so that their keys work while the panel has the focus."""

    def __init__(self, tools: DrawingTools, speak: Callable[[], Language], panel: QWidget) -> None:
        super().__init__(panel)
        self.setObjectName("map.tools.menu")
        self._tools = tools
        self._speak = speak
        acts: dict[str, Callable[[], None]] = {
            "distance": lambda: tools.measure(DrawnShape.LINE),
            "area": lambda: tools.measure(DrawnShape.AREA),
            "point": lambda: tools.sketch(DrawnShape.POINT),
            "line": lambda: tools.sketch(DrawnShape.LINE),
            "polygon": lambda: tools.sketch(DrawnShape.AREA),
            "circle": lambda: tools.sketch(DrawnShape.CIRCLE),
            "text": lambda: tools.sketch(DrawnShape.TEXT),
            "edit": tools.edit,
            "properties": tools.open_properties,
            "next": tools.pick_next,
            "erase": tools.erase,
            "undo": tools.undo,
            "redo": tools.redo,
        }
        self._actions = {name: self._made(name, act) for name, act in acts.items()}
        self._at_work = {
            (DrawnShape.LINE, True): "distance",
            (DrawnShape.AREA, True): "area",
            (DrawnShape.POINT, False): "point",
            (DrawnShape.LINE, False): "line",
            (DrawnShape.AREA, False): "polygon",
            (DrawnShape.CIRCLE, False): "circle",
            (DrawnShape.TEXT, False): "text",
        }
        tools.changed.connect(self._mark)
        self.retranslate()
        self._mark()

    def retranslate(self) -> None:
        """Put the words on again."""
        tr = self._speak().tr
        put_name(self, tr("Tools"))
        for name, action in self._actions.items():
            put_action(action, tr(_MENU_WORDS[name]))

    def _made(self, name: str, act: Callable[[], None]) -> QAction:
        if name in _GROUPS:
            self.addSeparator()
        action = QAction(self)
        action.setObjectName(f"map.tools.{name}")
        action.setShortcut(QKeySequence(_KEYS[name]))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)
        return action

    def _mark(self) -> None:
        """Check the tool that is at work."""
        at_work = self._tools.at_work
        wanted = self._at_work[at_work] if at_work else ""
        for name in self._at_work.values():
            self._actions[name].setCheckable(name == wanted)
            self._actions[name].setChecked(name == wanted)
