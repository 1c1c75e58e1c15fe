"""Reads all words of a window: painted, in hidden parts, and those that a screen reader says."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QBuffer,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
)
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractItemView, QWidget

from paser_map.canvas import MapCanvas

_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_SAID = (
    *("text", "placeholderText", "toPlainText", "title", "windowTitle", "toolTip", "statusTip"),
    *("whatsThis", "accessibleName", "accessibleDescription", "currentText"),
)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_ALONE = QWidget.RenderFlag.DrawWindowBackground
_HEARD = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
)


def words_of(window: QWidget) -> str:
    """Return all words that are in a window, in one text."""
    widgets = [window, *window.findChildren(QWidget)]
    found = [*painted_words(window), *heard(window)]
    for widget in widgets:
        found += _said(widget)
        found += [f"{action.text()} {action.toolTip()}" for action in widget.actions()]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += _in_model(widget.model())
        if isinstance(widget, MapCanvas):
            found += words_on_map(widget)
    return "\n".join(filter(None, found))


def painted_words(widget: QWidget) -> list[str]:
    """Return the texts that a widget paints, with its children; of maps see `words_on_map`."""
    parts = [one for one in (widget, *widget.findChildren(QWidget)) if one.isVisible()]
    shown = [one for one in parts if not isinstance(one, MapCanvas) or one is widget]
    return [text for one in shown for text in _drawn(one.size(), partial(_render, one))]


def words_on_map(canvas: MapCanvas) -> list[str]:
    """Return the texts that are on a map: labels, drawn texts, legend and sources."""

    def draw(page: QSvgGenerator) -> None:
        with QPainter(page) as painter:
            # In another scale words are written, not put down as pictures of words.
            painter.scale(2, 2)
            canvas.paint_map(painter, canvas.view)

    return _drawn(canvas.size() * 2, draw)


def heard(widget: QWidget) -> Iterator[str]:
    """Give all that a screen reader may say of a widget and of what is in it."""
    told = QAccessible.queryAccessibleInterface(widget)
    if told is not None:
        yield from _heard(told)


def _drawn(size: QSize, draw: Callable[[QSvgGenerator], object]) -> list[str]:
    """Return the texts of a page; each painter that a widget makes writes a document of its own."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    page = QSvgGenerator()
    page.setOutputDevice(buffer)
    page.setSize(size)
    draw(page)
    written = bytes(buffer.data().data()).decode()
    return [unescape(text) for text in _TEXT.findall(written)]


def _render(widget: QWidget, page: QSvgGenerator) -> None:
    # A view of a scene has a `render` of its own.
    QWidget.render(widget, page, QPoint(), QRegion(), _ALONE)


def _heard(told: QAccessibleInterface) -> Iterator[str]:
    for kind in _HEARD:
        yield told.text(kind)
    for number in range(told.childCount()):
        child = told.child(number)
        if child is not None and child.isValid():
            yield from _heard(child)


def _said(widget: QWidget) -> Iterator[str]:
    for name in _SAID:
        ask = getattr(widget, name, None)
        if callable(ask):
            yield str(ask())


def _in_model(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    above = parent or QModelIndex()
    for row in range(model.rowCount(above)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
        for column in range(columns):
            index = model.index(row, column, above)
            yield from (str(said) for role in _ROLES if (said := index.data(role)))
            yield from _in_model(model, index)
