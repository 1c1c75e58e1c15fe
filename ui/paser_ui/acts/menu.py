"""Menus made of acts: what can be done now, with its key."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.acts.key_words import key_text
from paser_ui.widgets.plain import put_action

Tr = Callable[[str], str]


def open_menu(
    parent: QWidget, name: str, acts: Acts, parts: Iterable[Iterable[Act]], tr: Tr
) -> QMenu:
    """Return a menu of the acts that can be done now, a line between the parts."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    for part in parts:
        able = [act for act in part if act.enabled()]
        if able and menu.actions():
            menu.addSeparator()
        for act in able:
            _add(menu, acts, act, tr)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def below(widget: QWidget) -> QPoint:
    """Return where a menu of a widget opens: at its lower left corner."""
    return widget.mapToGlobal(widget.rect().bottomLeft())


def _add(menu: QMenu, acts: Acts, act: Act, tr: Tr) -> None:
    action = menu.addAction("")
    key = acts.key(act.id)
    put_action(action, f"{tr(act.words)}\t{key_text(key, tr)}" if key else tr(act.words))
    action.setObjectName(act.id)
    action.triggered.connect(lambda: acts.run(act.id))
