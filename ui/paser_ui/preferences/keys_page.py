"""The page of keys: each act with its key, changed by pressing another one."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from paser_command.errors import InputError
from paser_command.language import Language
from paser_command.maps.search import fold
from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.acts.key_words import key_text
from paser_ui.preferences.key_field import KeyField
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX
from paser_ui.widgets.plain import cleaned, plain_label, put_name, put_text

_MARGIN = 3 * GAP_PX
_KEY_PX = 170
_FIELD_PX = 220
_ID = Qt.ItemDataRole.UserRole


class KeysPage(QWidget):
    """All acts. A key that another act has is refused by name, and may be taken away from it."""

    def __init__(self, acts: Acts, language_of: Callable[[str], Language]) -> None:
        super().__init__()
        self.setObjectName("keys")
        self._acts = acts
        self._language_of = language_of
        self._wanted = self._search = ""
        self.rows = QTreeWidget()
        self.field = KeyField()
        self._told = plain_label(font=font(HELP_PX), role="2")
        self._told.setWordWrap(True)
        self.take, self.none = QPushButton(), QPushButton()
        self.reset, self.reset_all = QPushButton(), QPushButton()
        self._lay_out()
        self._connect()

    @property
    def told(self) -> str:
        """What is said of the last key that was pressed."""
        return self._told.text()

    def retranslate(self) -> None:
        """Put the words on."""
        tr = self._language_of("").tr
        self.rows.setHeaderLabels([tr("Command"), tr("Group"), tr("Key")])
        put_name(self.rows, tr("Commands and their keys"))
        self.field.setPlaceholderText(tr("Press the new key here"))
        put_name(self.field, tr("Press the new key here"))
        for button, words in (
            (self.take, tr("Take it away from there")),
            (self.none, tr("No key")),
            (self.reset, tr("As delivered")),
            (self.reset_all, tr("All as delivered")),
        ):
            put_text(button, words)
            put_name(button, words)
        self._show()
        self._say("")

    def search(self, text: str) -> None:
        """Show the acts that have all the words, or this key."""
        self._search = text
        words = fold(text).split()
        for row in self._items():
            told = fold(" ".join((row.text(0), row.text(1), row.text(2), row.data(0, _ID))))
            row.setHidden(not all(word in told for word in words))

    def go_to(self, act_id: str) -> None:
        """Stand on an act."""
        for row in self._items():
            if row.data(0, _ID) == act_id:
                self.rows.setCurrentItem(row)

    def _show(self) -> None:
        """Fill the list anew; who stood on an act stands on it still."""
        current = self._current()
        self.rows.clear()
        for act in sorted(self._acts, key=lambda act: (self._group(act), self._name(act))):
            texts = (self._name(act), self._group(act), self._key_words(act))
            row = QTreeWidgetItem([cleaned(text) for text in texts])
            row.setData(0, _ID, act.id)
            self.rows.addTopLevelItem(row)
        self.go_to(current)
        if not self._current() and (first := self.rows.topLevelItem(0)) is not None:
            self.rows.setCurrentItem(first)
        self.search(self._search)
        self._offer()

    def _key_words(self, act: Act) -> str:
        tr = self._language_of("").tr
        keys = ", ".join(key_text(key, tr) for key in self._acts.keys(act.id))
        lost = [clash for clash in self._acts.clashes if clash.other == act.id]
        if not lost:
            return keys
        holder = self._name(self._acts[lost[0].holder])
        key = key_text(lost[0].key, tr)
        told = tr("{key} is already that of {act}", key=key, act=holder)
        return f"{keys} ({told})".strip()

    def _press(self, key: str) -> None:
        self._change(key, take=False)

    def _change(self, key: str, *, take: bool) -> None:
        act_id = self._current()
        if not act_id:
            return
        self._wanted = key
        holder = self._acts.holder(act_id, key) if key else None
        self.take.setVisible(holder is not None and not take)
        tr = self._language_of("").tr
        if holder is not None and not take:
            shown = key_text(key, tr)
            name = self._name(holder)
            self.field.setText(shown)
            self._say(tr("{key} is already that of {act}", key=shown, act=name))
            return
        try:
            self._acts.change(act_id, key, take=take)
        except InputError as error:
            self._say(self._language_of("").error(error))
        else:
            self._say(tr("{act}: {key}", act=self._name(self._acts[act_id]), key=self._now(act_id)))

    def _now(self, act_id: str) -> str:
        tr = self._language_of("").tr
        return key_text(self._acts.key(act_id), tr) or tr("No key")

    def _say(self, text: str) -> None:
        put_text(self._told, text)

    def _offer(self) -> None:
        """Start anew with the act that one stands on."""
        act_id = self._current()
        self.field.clear()
        self.take.hide()
        self._wanted = ""
        self.none.setEnabled(bool(self._acts.key(act_id)))
        self.reset.setEnabled(self._acts.is_changed(act_id))
        self.reset_all.setEnabled(bool(self._acts.own))

    def _current(self) -> str:
        row = self.rows.currentItem()
        return str(row.data(0, _ID)) if row is not None else ""

    def _items(self) -> list[QTreeWidgetItem]:
        found = [self.rows.topLevelItem(at) for at in range(self.rows.topLevelItemCount())]
        return [row for row in found if row is not None]

    def _name(self, act: Act) -> str:
        return self._language_of(act.package).tr(act.words)

    def _group(self, act: Act) -> str:
        return self._language_of(act.package).tr(act.group)

    def _moved(self) -> None:
        self._offer()
        self._say("")

    def _connect(self) -> None:
        self.rows.currentItemChanged.connect(self._moved)
        self.rows.itemActivated.connect(lambda *_: self.field.setFocus())
        self.field.pressed.connect(self._press)
        self.take.clicked.connect(lambda: self._change(self._wanted, take=True))
        self.none.clicked.connect(lambda: self._change("", take=True))
        self.reset.clicked.connect(lambda: self._acts.reset(self._current()))
        self.reset_all.clicked.connect(lambda: self._acts.reset())
        self._acts.changed.connect(self._show)

    def _lay_out(self) -> None:
        self.rows.setObjectName("keys.rows")
        self.rows.setRootIsDecorated(False)
        self.rows.setColumnCount(3)
        self.rows.setUniformRowHeights(True)
        self.rows.setStyleSheet("QTreeView::item { padding: 4px 5px; }")
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.rows.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.field.setFixedWidth(_FIELD_PX)
        change = QHBoxLayout()
        change.setSpacing(_MARGIN)
        for name, widget in (
            ("", self.field),
            ("keys.none", self.none),
            ("keys.reset", self.reset),
        ):
            widget.setObjectName(name or widget.objectName())
            change.addWidget(widget)
        change.addStretch(1)
        self.reset_all.setObjectName("keys.resetAll")
        change.addWidget(self.reset_all)
        said = QHBoxLayout()
        said.addWidget(self._told, 1)
        self.take.setObjectName("keys.take")
        said.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _MARGIN, 0, 0)
        column.setSpacing(_MARGIN)
        column.addWidget(self.rows, 1)
        column.addLayout(change)
        column.addLayout(said)
