"""What can be chosen about a file: its table, coordinate system, encoding and columns."""

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QLabel, QSizePolicy, QWidget

from paser_command.language import Language
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.known_systems import KNOWN_SYSTEMS, code_in, label
from paser_command.maps.vector.messages import Understood
from paser_map.importing.words import system_text
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import HELP_PX
from paser_ui.widgets.choice import Choice
from paser_ui.widgets.plain import cleaned, plain_label, put_name, put_text

_ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "utf-16", "cp437", "cp850")
_WITH_ENCODING = ("Shapefile", "CSV")
_LONGEST_ITEM = 80


class Choices(QWidget):
    """A form of what was understood, in which each line can be set right.

    `changed` says that the file is to be read anew, as `apply` tells.
    """

    changed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.format = plain_label()
        self.table = _combo("import.table")
        self.system = _combo("import.system", typed=True)
        self.system_note = plain_label(font=font(HELP_PX), role="3")
        self.system_note.setWordWrap(True)
        self.encoding = _combo("import.encoding", typed=True)
        self.x_field = _combo("import.x")
        self.y_field = _combo("import.y")
        self._system_code = self._encoding_name = ""
        self._asked = ("", "")
        self._fill_systems()
        self._lay_out()
        self.table.activated.connect(self.changed)
        self.x_field.activated.connect(self.changed)
        self.y_field.activated.connect(self.changed)
        for typed in (self.system, self.encoding):
            typed.activated.connect(self._settle)
            line = typed.lineEdit()
            assert line is not None
            line.editingFinished.connect(self._settle)

    def show_understood(self, understood: Understood) -> None:
        """Show what the file said, or seemed to be."""
        put_text(self.format, understood.format)
        tables = [table.name for table in understood.tables]
        _fill(self.table, tables, understood.table)
        self._rows.setRowVisible(self.table, len(tables) > 1)
        self._system_code, self._encoding_name = understood.system, understood.encoding
        self._asked = ("", "")
        known = [label(system) for system in KNOWN_SYSTEMS if system.code == understood.system]
        with QSignalBlocker(self.system):
            self.system.setEditText(cleaned(known[0] if known else understood.system))
        put_text(self.system_note, system_text(self._language, understood))
        with QSignalBlocker(self.encoding):
            self.encoding.setEditText(cleaned(understood.encoding))
        self._rows.setRowVisible(self.encoding, understood.format in _WITH_ENCODING)
        columns = ["", *understood.columns]
        _fill(self.x_field, columns, understood.x_field)
        _fill(self.y_field, columns, understood.y_field)
        for combo in (self.x_field, self.y_field):
            self._rows.setRowVisible(combo, understood.format == "CSV")

    def apply(self, source: FileSource) -> FileSource:
        """Return the source as it is chosen; what the file itself said is left to the file."""
        system = code_in(self.system.currentText())
        encoding = self.encoding.currentText().strip()
        return msgspec.structs.replace(
            source,
            table=self.table.currentText() if self.table.count() > 1 else source.table,
            crs=source.crs if system == self._system_code else system,
            encoding=source.encoding if encoding == self._encoding_name else encoding,
            x_field=self.x_field.currentText(),
            y_field=self.y_field.currentText(),
        )

    def retranslate(self, language: Language) -> None:
        """Put the words on again."""
        self._language = language
        words = {
            self.format: language.tr("Format"),
            self.table: language.tr("Table"),
            self.system: language.tr("Coordinate system"),
            self.encoding: language.tr("Encoding"),
            self.x_field: language.tr("Column of longitude or easting"),
            self.y_field: language.tr("Column of latitude or northing"),
        }
        for widget, word in words.items():
            head = self._rows.labelForField(widget)
            assert isinstance(head, QLabel)
            put_text(head, word)
            put_name(widget, word)

    def _settle(self) -> None:
        system = code_in(self.system.currentText())
        encoding = self.encoding.currentText().strip()
        # A line that is left tells so twice, once as typed and once as chosen.
        if (system, encoding) not in ((self._system_code, self._encoding_name), self._asked):
            self._asked = (system, encoding)
            self.changed.emit()

    def _fill_systems(self) -> None:
        self.system.addItems([label(system) for system in KNOWN_SYSTEMS])
        self.encoding.addItems(_ENCODINGS)
        completer = self.system.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def _lay_out(self) -> None:
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for field in (self.format, self.table, self.system):
            self._rows.addRow(plain_label(role="2"), field)
        self._rows.addRow(plain_label(), self.system_note)
        for field in (self.encoding, self.x_field, self.y_field):
            self._rows.addRow(plain_label(role="2"), field)
            self._rows.setRowVisible(field, False)
        self._rows.setRowVisible(self.table, False)


def _combo(name: str, *, typed: bool = False) -> QComboBox:
    combo = Choice()
    combo.setObjectName(name)
    combo.setEditable(typed)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return combo


def _fill(combo: QComboBox, items: Iterable[str], chosen: str) -> None:
    with QSignalBlocker(combo):
        combo.clear()
        combo.addItems(list(items))
        combo.setCurrentIndex(max(0, combo.findText(chosen)))
