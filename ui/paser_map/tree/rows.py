"""The rows of the layer tree: groups and layers, shown, ordered and named by mouse or keys."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDropEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from paser_command.maps.definition import LayerDefinition
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import COLOURS, HELP_PX, LABEL_PX
from paser_ui.widgets.plain import cleaned, put_row_tooltip

_ROW_PX = 36
_FEWEST_ROWS = 3
_GROUP_PX = 28
_MARK_PX = 14.0
_ID = Qt.ItemDataRole.UserRole
_DETAIL = Qt.ItemDataRole.UserRole + 1
_DIM = Qt.ItemDataRole.UserRole + 2
_GROUP = Qt.ItemDataRole.UserRole + 3
_OWN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete)
"""Keys that mean something in the tree, whatever they mean to the desk."""

_CHECKS = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


class Detail(NamedTuple):
    """The second line of a layer's row. `stale`: its data can no longer be believed."""

    text: str = ""
    stale: bool = False


class LayerRows(QTreeWidget):
    """A row for each layer, below one for its group. It asks for changes, and makes none itself."""

    picked = Signal(str)
    show_wanted = Signal(list, bool)
    """Ids of layers, and whether they shall be visible."""
    move_wanted = Signal(str, object, str)
    """Id of a layer; the id of the one that it shall be put on, or None; its group."""
    group_move_wanted = Signal(str, object)
    shift_wanted = Signal(str, int)
    group_shift_wanted = Signal(str, int)
    rename_wanted = Signal(str, str)
    group_rename_wanted = Signal(str, str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("layers.rows")
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setMinimumHeight(_FEWEST_ROWS * _ROW_PX)
        self.setItemDelegate(_RowDelegate(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._layers: tuple[LayerDefinition, ...] = ()
        self._names: Mapping[str, str] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._words = ""
        self._filling = False
        self.itemChanged.connect(self._take_change)
        self.currentItemChanged.connect(lambda *_: self.picked.emit(self.current_id()))

    def show_layers(
        self,
        layers: Sequence[LayerDefinition],
        names: Mapping[str, str],
        details: Mapping[str, Detail],
    ) -> None:
        """Show the layers by these names; rows stay where they stood if they can."""
        self._filling = True
        if _structure(layers) != _structure(self._layers):
            self._build(layers)
        self._layers, self._names = tuple(layers), names
        for layer in layers:
            detail = details.get(layer.id, Detail())
            self._fill(self._items[layer.id], names[layer.id], layer.visible)
            self._tell(self._items[layer.id], detail, dim=detail.stale or not layer.visible)
        for group, item in self._groups.items():
            shown = {layer.visible for layer in layers if layer.group == group}
            self._fill(item, group, shown.pop() if len(shown) == 1 else None)
        self._filling = False
        self.search(self._words)

    def search(self, words: str) -> None:
        """Show only the layers that have the words in their name or their group's."""
        self._words = words
        wanted = words.casefold().split()
        for layer in self._layers:
            name = f"{self._names[layer.id]} {layer.group}".casefold()
            self._items[layer.id].setHidden(not all(word in name for word in wanted))
        for group, item in self._groups.items():
            members = [self._items[layer.id] for layer in self._layers if layer.group == group]
            item.setHidden(all(member.isHidden() for member in members))

    def current_id(self) -> str:
        """Return the id of the layer whose row is picked, "" for a group's or none."""
        item = self.currentItem()
        return str(item.data(0, _ID)) if item is not None and item.data(0, _ID) else ""

    def pick(self, layer_id: str) -> None:
        """Pick a layer's row."""
        if layer_id in self._items:
            self.setCurrentItem(self._items[layer_id])

    def event(self, event: QEvent) -> bool:
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self._ask_shift(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete and self.current_id():
            self.remove_wanted.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        target = self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        # Nothing is moved by Qt: the row is asked for, and comes back by `show_layers`.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        if self.currentItem() is not None and target is not self.currentItem():
            self._ask_move(target, where)
        self.viewport().update()

    def _ask_move(
        self, target: QTreeWidgetItem | None, where: QAbstractItemView.DropIndicatorPosition
    ) -> None:
        moving, place = self.current_id(), QAbstractItemView.DropIndicatorPosition
        group, before = "", self._layer_at(target)
        if target is not None and where == place.OnItem and target.data(0, _GROUP):
            group, before = str(target.data(0, _GROUP)), None
        elif target is not None:
            group = self._group_around(target)
            if where == place.BelowItem:
                before = self._layer_after(target)
        current = self.currentItem()
        if moving:
            self.move_wanted.emit(moving, before, group)
        elif current is not None and not group:
            self.group_move_wanted.emit(str(current.data(0, _GROUP)), before)

    def _layer_at(self, item: QTreeWidgetItem | None) -> str | None:
        """Return the layer of a row, the first one of a group's."""
        if item is None:
            return None
        layer = item if item.data(0, _ID) else item.child(0)
        return str(layer.data(0, _ID)) if layer is not None else None

    def _group_around(self, item: QTreeWidgetItem) -> str:
        parent = item.parent()
        return str(parent.data(0, _GROUP)) if parent is not None else ""

    def _layer_after(self, item: QTreeWidgetItem) -> str | None:
        parent = item.parent() or self.invisibleRootItem()
        below = parent.child(parent.indexOfChild(item) + 1)
        return self._layer_at(below) if below is not None else None

    def _ask_shift(self, steps: int) -> None:
        item = self.currentItem()
        if item is None:
            return
        if layer_id := self.current_id():
            self.shift_wanted.emit(layer_id, steps)
        else:
            self.group_shift_wanted.emit(str(item.data(0, _GROUP)), steps)

    def _take_change(self, item: QTreeWidgetItem) -> None:
        """Ask for what a person changed in a row: its check mark, or its name."""
        if self._filling:
            return
        group, layer_id = str(item.data(0, _GROUP) or ""), str(item.data(0, _ID) or "")
        name = item.text(0)
        if group and name != cleaned(group):
            self.group_rename_wanted.emit(group, name)
        elif layer_id and name != cleaned(self._names[layer_id]):
            self.rename_wanted.emit(layer_id, name)
        else:
            members = [layer.id for layer in self._layers if group and layer.group == group]
            visible = item.checkState(0) == Qt.CheckState.Checked
            self.show_wanted.emit(members or [layer_id], visible)

    def _build(self, layers: Sequence[LayerDefinition]) -> None:
        current, closed = self.current_id(), set(self._closed())
        self.blockSignals(True)
        self.clear()
        self._items, self._groups = {}, {}
        for layer in layers:
            parent = self._parent(layer.group, closed)
            item = QTreeWidgetItem(parent)
            item.setData(0, _ID, layer.id)
            item.setFlags(_LAYER_FLAGS)
            self._items[layer.id] = item
        self.blockSignals(False)
        self.pick(current)

    def _parent(self, group: str, closed: set[str]) -> QTreeWidgetItem:
        if not group:
            return self.invisibleRootItem()
        if group not in self._groups:
            item = self._groups[group] = QTreeWidgetItem(self.invisibleRootItem())
            item.setData(0, _GROUP, group)
            item.setFlags(_LAYER_FLAGS | Qt.ItemFlag.ItemIsDropEnabled)
            item.setExpanded(group not in closed)
        return self._groups[group]

    def _closed(self) -> Iterator[str]:
        return (group for group, item in self._groups.items() if not item.isExpanded())

    def _fill(self, item: QTreeWidgetItem, name: str, shown: bool | None) -> None:
        shown_name = cleaned(name)
        if item.text(0) != shown_name:
            item.setText(0, shown_name)
        check = Qt.CheckState.PartiallyChecked if shown is None else _CHECKS[shown]
        known = item.data(0, Qt.ItemDataRole.CheckStateRole) is not None
        if not known or item.checkState(0) != check:
            item.setCheckState(0, check)

    def _tell(self, item: QTreeWidgetItem, detail: Detail, *, dim: bool) -> None:
        text = cleaned(detail.text)
        if item.data(0, _DETAIL) != text or item.data(0, _DIM) is not dim:
            item.setData(0, _DETAIL, text)
            item.setData(0, _DIM, dim)
            # Why a source does not answer is longer than the row.
            put_row_tooltip(item, text)
        spoken = f"{item.text(0)}, {text}" if text else item.text(0)
        if item.data(0, Qt.ItemDataRole.AccessibleTextRole) != spoken:
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)


class _RowDelegate(QStyledItemDelegate):
    """Draws a row: check mark, name, and the detail below it."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), _ROW_PX if index.data(_ID) else _GROUP_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        part, has_mark = QStyle.SubElement, option.ViewItemFeature.HasCheckIndicator
        mark = style.subElementRect(part.SE_ItemViewItemCheckIndicator, option, option.widget)
        option.text = name
        box = style.subElementRect(part.SE_ItemViewItemText, option, option.widget)
        option.text, option.features = "", option.features & ~has_mark
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        _draw_mark(painter, mark.toRectF(), option.checkState)
        self._draw_lines(painter, box.adjusted(4, 0, -4, 0), index, name)
        painter.restore()

    def _draw_lines(
        self,
        painter: QPainter,
        box: QRect,
        index: QModelIndex | QPersistentModelIndex,
        name: str,
    ) -> None:
        detail = str(index.data(_DETAIL) or "")
        lines = [(name, HELP_PX, COLOURS.text_3 if index.data(_DIM) else COLOURS.text)]
        lines += [(detail, LABEL_PX, COLOURS.text_3)] if detail else []
        top = box.center().y() + 1 - sum(size + 3 for _, size, _ in lines) // 2
        for text, size, ink in lines:
            face = font(size, tabular=True)
            painter.setFont(face)
            painter.setPen(ink)
            elided = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box.left(), top + size, elided)
            top += size + 3


def _draw_mark(painter: QPainter, box: QRectF, state: Qt.CheckState) -> None:
    """Draw a box: ticked, with a bar for some of a group, or empty."""
    square = QRectF(0, 0, _MARK_PX, _MARK_PX)
    square.moveCenter(box.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(COLOURS.text_3, 1))
    painter.setBrush(COLOURS.ground)
    painter.drawRoundedRect(square, 2, 2)
    painter.setPen(QPen(COLOURS.text, 1.8))
    left, top = square.left(), square.top()
    if state == Qt.CheckState.Checked:
        tick = ((3.0, 7.0), (5.8, 10.0), (11.0, 4.0))
        painter.drawPolyline([QPointF(left + x, top + y) for x, y in tick])
    elif state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(QPointF(left + 3.5, top + 7.0), QPointF(left + 10.5, top + 7.0))


_LAYER_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsUserCheckable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
)


def _structure(layers: Sequence[LayerDefinition]) -> list[tuple[str, str]]:
    return [(layer.id, layer.group) for layer in layers]
