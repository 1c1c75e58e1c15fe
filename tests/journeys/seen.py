"""What somebody sees of a console, and where: all that can be pointed at, in desktop pixels.

Run inside of the console. What another window covers is not seen.
"""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)
from PySide6QtAds import CDockOverlayCross, CDockWidgetTab, DockWidgetArea

from paser_ui.panel_host import PanelHost

Thing = dict[str, Any]
_ROWS = 200


def seen(name: str) -> list[Thing]:
    """Return what is seen by a name: its words, its place, and the panel that it belongs to.

    Beside widgets by their own names these are a menu's entries by those of the acts, `tab` and
    `host` of a panel, `sign.SIDE` where a dragged panel can be dropped, and `LIST.row`.
    """
    found = [
        thing
        for widget in QApplication.allWidgets()
        if widget.isVisible()
        for thing in _things(widget, name)
    ]
    return [thing for thing in found if _is_uncovered(thing)]


def _things(widget: QWidget, name: str) -> Iterator[Thing]:
    if widget.objectName() == name:
        yield from _thing(name, _words(widget), widget, widget.visibleRegion().boundingRect())
    if name == "host" and isinstance(widget, PanelHost):
        yield from _thing(name, "", widget, widget.rect())
    elif name == "tab" and isinstance(widget, CDockWidgetTab):
        yield from _thing(name, widget.text(), widget, widget.visibleRegion().boundingRect())
    elif name.startswith("sign.") and isinstance(widget, CDockOverlayCross):
        for sign in widget.findChildren(QLabel):
            if sign.isVisible() and _side(sign) == name:
                yield from _thing(name, "", sign, sign.rect())
    elif isinstance(widget, QMenu):
        for action in widget.actions():
            if action.objectName() == name:
                yield from _thing(name, action.text(), widget, widget.actionGeometry(action))
    elif isinstance(widget, QAbstractItemView) and f"{widget.objectName()}.row" == name:
        yield from _rows(widget, widget.model(), name)


def _side(sign: QLabel) -> str:
    return f"sign.{DockWidgetArea(sign.property('dockWidgetArea')).name}"


def _rows(view: QAbstractItemView, model: QAbstractItemModel, name: str) -> Iterator[Thing]:
    for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
        index = model.index(row, 0, QModelIndex())
        at = view.visualRect(index).intersected(view.viewport().rect())
        text = model.data(index, Qt.ItemDataRole.AccessibleTextRole) or index.data()
        yield from _thing(name, str(text), view.viewport(), at)


def _thing(name: str, text: str, widget: QWidget, at: QRect) -> Iterator[Thing]:
    if not at.isEmpty():
        corner = widget.mapToGlobal(at.topLeft())
        yield {
            "name": name,
            "text": text.replace("&", ""),
            "at": [corner.x(), corner.y(), at.width(), at.height()],
            "panel": _panel(widget),
            "window": widget.window().winId(),
        }


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _panel(widget: QWidget) -> str:
    """Return the name of the panel that a widget is in, or whose tab or title bar it is."""
    if isinstance(widget, CDockWidgetTab):
        return str(widget.dockWidget().objectName()).rpartition("/")[2]
    one: QWidget | None = widget
    while one is not None:
        if isinstance(one, PanelHost):
            return one.panel_id.rpartition("/")[2]
        if one.objectName() == "dockAreaTitleBar":
            tabs = [tab for tab in one.findChildren(CDockWidgetTab) if tab.isActiveTab()]
            return tabs[0].dockWidget().objectName().rpartition("/")[2] if tabs else ""
        one = one.parentWidget()
    return ""


def _is_uncovered(thing: Thing) -> bool:
    if thing["name"].startswith("sign."):
        return True
    left, top, width, height = thing["at"]
    over = QApplication.widgetAt(QPoint(left + width // 2, top + height // 2))
    return over is not None and over.window().winId() == thing["window"]
