"""What a person can do with the picked incident: acknowledge it, write a note."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from paser_plugins.incidents.words import Translate
from paser_ui.api import COLOURS, HELP_PX, font, plain_label, put_name, put_text

_LONGEST_NOTE = 2_000


class ActionsBar(QWidget):
    """One button and one field, and what became of the last act.

    What was being written stays with its incident until it is accepted: a refusal loses no text.
    """

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
        self._said = plain_label(font=font(HELP_PX))
        self._said.setObjectName("incidents.act_said")
        self._said.setWordWrap(True)
        self._said.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self._said)
        line = QHBoxLayout()
        whole.addLayout(line)
        line.setSpacing(8)
        line.addWidget(self.acknowledge_button)
        line.addWidget(self.note_field, 1)
        line.addWidget(self.note_button)

    def serve(self, subject: str, *, waiting: bool) -> None:
        """Say which incident is picked, and whether it waits to be acknowledged."""
        if subject != self._subject:
            self._drafts[self._subject] = self.note_field.text()
            self._subject = subject
            self.note_field.setText(self._drafts.pop(subject, ""))
        self.acknowledge_button.setEnabled(waiting)

    def say(self, text: str, *, quiet: bool) -> None:
        """Say what became of an act, "" for nothing; `quiet` where it goes its way."""
        put_text(self._said, text)
        colour = (COLOURS.text_2 if quiet else COLOURS.high).name()
        self._said.setStyleSheet(f"color: {colour};")
        self._said.setVisible(bool(text))
        self._make_room()

    def accept_note(self) -> None:
        """Let go of the text: it is on its way."""
        self.note_field.clear()

    def retranslate(self, tr: Translate, *, live: bool) -> None:
        """Put the words on; in a replay they warn before anything is written."""
        put_text(self.acknowledge_button, f"{tr('Acknowledge')}   A")
        put_name(self.acknowledge_button, tr("Acknowledge"))
        hint = tr("Note; Enter saves it") if live else tr("Acts and notes only in live mode")
        self.note_field.setPlaceholderText(hint)
        put_name(self.note_field, tr("Note; Enter saves it"))
        put_text(self.note_button, tr("Save note"))
        put_name(self.note_button, tr("Save note"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Give what is said all its lines, however small the panel is."""
        self._said.setMinimumHeight(max(0, self._said.heightForWidth(self.width())))

    def _acknowledge(self) -> None:
        self.acknowledged.emit()

    def _save_note(self) -> None:
        text = self.note_field.text().strip()
        if text:
            self.noted.emit(text)
