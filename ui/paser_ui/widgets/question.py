"""A question that is answered by doing it or by leaving it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from paser_ui.widgets.plain import cleaned, put_title


def ask(parent: QWidget, text: str, yes: str, no: str, do: Callable[[], object]) -> QMessageBox:
    """Ask, and do it where the answer is yes; it returns at once. To leave it is the default."""
    box = QMessageBox(parent)
    box.setObjectName("question")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(cleaned(text))
    put_title(box, "Paser Command")
    doing = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    leaving = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    doing.setObjectName("question.yes")
    leaving.setObjectName("question.no")
    box.setDefaultButton(leaving)
    box.setEscapeButton(leaving)
    doing.clicked.connect(lambda: do())
    box.finished.connect(box.deleteLater)
    box.open()
    return box
