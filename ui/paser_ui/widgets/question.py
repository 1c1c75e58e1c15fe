"""A question that is answered by doing it or by leaving it."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from paser_ui.theme.tokens import GAP_PX
from paser_ui.widgets.giving_back import give_back
from paser_ui.widgets.plain import plain_label, put_name, put_text, put_title

_WIDTH_PX = 380


def ask(parent: QWidget, text: str, yes: str, no: str, do: Callable[[], object]) -> QDialog:
    """Ask, and do it where the answer is yes; it returns at once. To leave it is the default."""
    box = QDialog(parent)
    box.setObjectName("question")
    put_title(box, "Paser Command")
    label = plain_label(text)
    label.setWordWrap(True)
    doing, leaving = QPushButton(), QPushButton()
    for button, name, words in ((doing, "yes", yes), (leaving, "no", no)):
        button.setObjectName(f"question.{name}")
        put_text(button, words)
        put_name(button, words)
    leaving.setDefault(True)
    leaving.clicked.connect(box.reject)
    doing.clicked.connect(box.accept)
    box.accepted.connect(lambda: do())
    box.finished.connect(box.deleteLater)
    give_back(box, parent)
    buttons = QHBoxLayout()
    buttons.addStretch(1)
    buttons.addWidget(doing)
    buttons.addWidget(leaving)
    rows = QVBoxLayout(box)
    rows.setContentsMargins(16, 14, 16, 14)
    rows.setSpacing(3 * GAP_PX)
    rows.addWidget(label)
    rows.addLayout(buttons)
    box.setMinimumWidth(_WIDTH_PX)
    leaving.setFocus()
    box.open()
    return box
