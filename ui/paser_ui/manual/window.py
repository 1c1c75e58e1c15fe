"""The window of the manual: contents and search at the side, the text beside them."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from paser_command.language import Language
from paser_command.manual import operators_manual
from paser_ui.acts.focus import is_plain_press
from paser_ui.manual.page import ManualPage
from paser_ui.manual.sections import Section, sections
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX
from paser_ui.widgets.giving_back import give_back
from paser_ui.widgets.plain import cleaned, plain_label, put_name, put_text, put_title

_SIZE = (1_080, 720)
_SIDE_PX = 270
_MARGIN = 3 * GAP_PX
_ANCHOR = Qt.ItemDataRole.UserRole


class ManualWindow(QDialog):
    """Holds up nothing. Enter in the search goes to the next place, Shift+Enter back."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("manual")
        give_back(self, parent)
        self._language = language
        self.contents = QListWidget()
        self.box = _Box()
        self.page = ManualPage()
        self.shut = QPushButton()
        self._told = plain_label(font=font(HELP_PX), role="3")
        self._lay_out()
        self._connect()
        self.retranslate(language)

    def retranslate(self, language: Language) -> None:
        """Show the manual in the language, from its top."""
        self._language = language
        tr = language.tr
        put_title(self, tr("Manual"))
        put_name(self.contents, tr("Contents"))
        put_name(self.page, tr("Manual"))
        put_text(self.shut, tr("Close"))
        self.box.setPlaceholderText(tr("Search the manual"))
        put_name(self.box, tr("Search the manual"))
        self._tell("")
        text = operators_manual(language.code)
        self.page.show_manual(text)
        self.contents.clear()
        for section in sections(text):
            self.contents.addItem(_item(section))

    def go_to(self, anchor: str) -> None:
        """Bring a section before one's eyes; the top where there is none of that name."""
        if not self.page.go_to(anchor):
            self.page.verticalScrollBar().setValue(0)
        self._mark(anchor)

    def event(self, event: QEvent) -> bool:
        # Enter, Esc and Space are the desk's keys elsewhere; here they are the manual's.
        if is_plain_press(event):
            event.accept()
            return True
        return super().event(event)

    def _connect(self) -> None:
        self.contents.itemActivated.connect(self._open)
        self.contents.itemClicked.connect(self._open)
        self.page.moved.connect(self._mark)
        self.box.textChanged.connect(lambda _text: self._tell(""))
        self.box.asked.connect(self._find)

    def _open(self, item: QListWidgetItem) -> None:
        self.page.go_to(item.data(_ANCHOR))

    def _find(self, back: bool) -> None:
        text = self.box.text().strip()
        found = not text or self.page.find_next(text, back=back)
        self._tell("" if found else self._language.tr("The manual does not have this."))

    def _tell(self, text: str) -> None:
        put_text(self._told, text)
        self._told.setVisible(bool(text))

    def _mark(self, anchor: str) -> None:
        """Stand on the section in the contents that is being read."""
        for at in range(self.contents.count()):
            item = self.contents.item(at)
            if item is not None and item.data(_ANCHOR) == anchor:
                self.contents.setCurrentItem(item)

    def _lay_out(self) -> None:
        self.resize(*_SIZE)
        self.shut.setObjectName("manual.close")
        self.shut.setAutoDefault(False)
        self.shut.clicked.connect(self.close)
        self.contents.setObjectName("manual.contents")
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setWordWrap(True)
        self.contents.setStyleSheet("QListView::item { padding: 5px; }")
        side = QVBoxLayout()
        side.setSpacing(_MARGIN)
        side.addWidget(self.box)
        side.addWidget(self._told)
        side.addWidget(self.contents, 1)
        side.addWidget(self.shut)
        kept = QWidget()
        kept.setFixedWidth(_SIDE_PX)
        side.setContentsMargins(0, 0, 0, 0)
        kept.setLayout(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.setSpacing(_MARGIN)
        row.addWidget(kept)
        row.addWidget(self.page, 1)


class _Box(QLineEdit):
    """The search: `asked` with True is for the place before."""

    asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manual.search")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)


def _item(section: Section) -> QListWidgetItem:
    item = QListWidgetItem(cleaned(section.title))
    item.setData(_ANCHOR, section.anchor)
    return item
