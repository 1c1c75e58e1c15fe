"""What a person can do with the picked incident: acknowledge it, write a note."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from paser_plugins.incidents.words import Translate
from paser_ui.api import put_name, put_text

_LONGEST_NOTE = 2_000


class ActionsBar(QWidget):
    """One button and one field. What was being written stays with its incident."""

    acknowledged = Signal()
    noted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._subject = ""
        self._drafts: dict[str, str] = {}
        self.acknowledge_button = QPushButton()
        self.acknowledge_button.setObjectName("incidents.acknowledge")
        self.acknowledge_button.clicked.connect(self._acknowledge)
        self.note_field = QLineEdit()
        self.note_field.setObjectName("incidents.note")
        self.note_field.setMaxLength(_LONGEST_NOTE)
        self.note_field.returnPressed.connect(self._save_note)
        self.note_button = QPushButton()
        self.note_button.setObjectName("incidents.save_note")
        self.note_button.clicked.connect(self._save_note)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.acknowledge_button)
        line.addWidget(self.note_field, 1)
        line.addWidget(self.note_button)

    def serve(self, subject: str, *, waiting: bool, live: bool) -> None:
        """Say which incident is picked, whether it waits to be acknowledged, and if now is live."""
        if subject != self._subject:
            self._drafts[self._subject] = self.note_field.text()
            self._subject = subject
            self.note_field.setText(self._drafts.pop(subject, ""))
        self.acknowledge_button.setEnabled(waiting and live)
        self.note_field.setEnabled(live)
        self.note_button.setEnabled(live)

    def retranslate(self, tr: Translate, *, live: bool) -> None:
        """Put the words on; in replay they say why nothing can be done."""
        put_text(self.acknowledge_button, f"{tr('Acknowledge')}   A")
        put_name(self.acknowledge_button, tr("Acknowledge"))
        hint = tr("Note; Enter saves it") if live else tr("Acts and notes only in live mode")
        self.note_field.setPlaceholderText(hint)
        put_name(self.note_field, tr("Note; Enter saves it"))
        put_text(self.note_button, tr("Save note"))
        put_name(self.note_button, tr("Save note"))

    def _acknowledge(self) -> None:
        # Until the act comes back through the picture, so that it is not written twice.
        self.acknowledge_button.setEnabled(False)
        self.acknowledged.emit()

    def _save_note(self) -> None:
        text = self.note_field.text().strip()
        if text:
            self.note_field.clear()
            self.noted.emit(text)
