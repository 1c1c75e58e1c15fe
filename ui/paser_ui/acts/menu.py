"""Menus made of acts: what can be done now, with its key."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.acts.key_words import key_text
from paser_ui.widgets.plain import put_action

Tr = Callable[[str], str]


def open_menu(
    parent: QWidget,
    name: str,
    acts: Acts,
    parts: Iterable[Iterable[Act]],
    tr: Tr,
    more: Mapping[str, Iterable[Act]] | None = None,
) -> QMenu:
    """Return a menu of the acts that can be done now, a line between the parts.

    `more` are menus that open from this one, by their words: a display is only so high.
    """
    menu = QMenu(parent)
    menu.setObjectName(name)
    for part in parts:
        _add_part(menu, acts, part, tr)
    inner = [(words, able) for words, part in (more or {}).items() if (able := _able(part))]
    if inner and menu.actions():
        menu.addSeparator()
    for words, able in inner:
        one = menu.addMenu(tr(words))
        one.setObjectName(f"{name}.{words}")
        one.menuAction().setObjectName(one.objectName())
        _add_part(one, acts, able, tr)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def below(widget: QWidget) -> QPoint:
    """Return where a menu of a widget opens: at its lower left corner."""
    return widget.mapToGlobal(widget.rect().bottomLeft())


def _add_part(menu: QMenu, acts: Acts, part: Iterable[Act], tr: Tr) -> None:
    able = _able(part)
    if able and menu.actions():
        menu.addSeparator()
    for act in able:
        _add(menu, acts, act, tr)


def _able(part: Iterable[Act]) -> list[Act]:
    return [act for act in part if act.enabled()]


def _add(menu: QMenu, acts: Acts, act: Act, tr: Tr) -> None:
    action = menu.addAction("")
    key = acts.key(act.id)
    put_action(action, f"{tr(act.words)}\t{key_text(key, tr)}" if key else tr(act.words))
    action.setObjectName(act.id)
    action.triggered.connect(lambda: acts.run(act.id))
