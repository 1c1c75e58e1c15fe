"""A dialog that asks for a name."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from paser_ui.theme.tokens import GAP_PX
from paser_ui.widgets.giving_back import give_back
from paser_ui.widgets.plain import plain_label, put_name, put_title

_LONGEST = 80
_WIDTH_PX = 380


class NameDialog(QDialog):
    """`named` gives the name, once it is taken."""

    named = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        tr: Callable[[str], str],
        question: str,
        name: str,
        *,
        empty: bool = False,
    ) -> None:
        """`question` is English; with `empty` a name may be taken away."""
        super().__init__(parent)
        self.setObjectName("nameDialog")
        put_title(self, tr(question))
        self._empty = empty
        self.field = QLineEdit(name)
        self.field.setObjectName("nameDialog.name")
        self.field.setMaxLength(_LONGEST)
        self.field.selectAll()
        put_name(self.field, tr(question))
        button = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(button.Ok | button.Cancel)
        self._buttons.button(button.Ok).setObjectName("nameDialog.ok")
        self._buttons.button(button.Cancel).setObjectName("nameDialog.cancel")
        self._buttons.accepted.connect(self._take)
        self._buttons.rejected.connect(self.reject)
        self.field.textChanged.connect(self._look)
        self.finished.connect(self.deleteLater)
        give_back(self, parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(3 * GAP_PX)
        rows.addWidget(plain_label(tr(question)))
        rows.addWidget(self.field)
        rows.addWidget(self._buttons)
        self.setMinimumWidth(_WIDTH_PX)
        self._look()

    def _look(self) -> None:
        good = self._empty or bool(self.field.text().strip())
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(good)

    def _take(self) -> None:
        self.accept()
        self.named.emit(self.field.text().strip())
