"""The page of settings: a row each, with what it does, what it is, and when it takes effect."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from paser_command.language import Language
from paser_command.maps.search import fold
from paser_ui.preferences.preferences import Preferences
from paser_ui.preferences.schema import Field, Value, fields
from paser_ui.preferences.words import choice_text
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX, TEXT_PX
from paser_ui.widgets.choice import Choice
from paser_ui.widgets.plain import plain_label, put_name, put_text

_MARGIN = 3 * GAP_PX
_CONTROL_PX = 220


class SettingsForm(QScrollArea):
    """Made of the settings' type. `fixed` says who has set what a person may not change."""

    def __init__(self, preferences: Preferences, fixed: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("settings.form")
        self.setWidgetResizable(True)
        # Its rows take the focus, and it follows them.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows = {
            one.name: SettingRow(one, preferences, fixed.get(one.name)) for one in fields()
        }
        self._nothing = plain_label(font=font(HELP_PX), role="3")
        page = QWidget()
        page.setProperty("ground", "panel")
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(2 * _MARGIN)
        for row in self.rows.values():
            column.addWidget(row)
        column.addWidget(self._nothing)
        column.addStretch(1)
        self.setWidget(page)
        preferences.changed.connect(lambda name: self.rows[name].show_value())

    def retranslate(self, language: Language) -> None:
        """Put the words on."""
        put_text(self._nothing, language.tr("No setting has this name."))
        for row in self.rows.values():
            row.retranslate(language)

    def search(self, text: str) -> None:
        """Show the settings that have all the words in their title, help or choices."""
        words = fold(text).split()
        for row in self.rows.values():
            row.setVisible(all(word in row.text for word in words))
        self._nothing.setVisible(all(row.isHidden() for row in self.rows.values()))


class SettingRow(QWidget):
    """One setting."""

    def __init__(self, field: Field, preferences: Preferences, fixed_by: str | None) -> None:
        super().__init__()
        self.field = field
        self.text = ""
        self._preferences = preferences
        self._fixed_by = fixed_by
        self._title = plain_label(font=font(TEXT_PX))
        self._help = plain_label(font=font(HELP_PX), role="2")
        self._note = plain_label(font=font(HELP_PX), role="3")
        self.flag, self.choice = QCheckBox(self), Choice(self)
        self.control: QWidget = self.flag if field.flag else self.choice
        self.control.setObjectName(f"settings.{field.name}")
        self.control.setEnabled(fixed_by is None)
        self._lay_out()
        self.choice.activated.connect(lambda at: self._put(field.choices[at]))
        self.flag.clicked.connect(self._put)

    def retranslate(self, language: Language) -> None:
        """Put the words on."""
        tr, field = language.tr, self.field
        put_text(self._title, tr(field.title))
        put_text(self._help, tr(field.help))
        put_text(self._note, self._note_words(language))
        self._note.setVisible(bool(self._note.text()))
        put_name(self.control, f"{tr(field.title)}. {tr(field.help)} {self._note.text()}".strip())
        choices = [choice_text(field, value, language) for value in field.choices]
        self.choice.clear()
        self.choice.addItems(choices)
        put_text(self.flag, tr("On"))
        self.text = fold(" ".join((tr(field.title), field.title, tr(field.help), *choices)))
        self.show_value()

    def show_value(self) -> None:
        """Show what the setting is."""
        value = self._preferences.value(self.field.name)
        if self.field.flag:
            self.flag.setChecked(bool(value))
        elif value in self.field.choices:
            self.choice.setCurrentIndex(self.field.choices.index(value))

    def _put(self, value: Value) -> None:
        self._preferences.put(self.field.name, value)

    def _note_words(self, language: Language) -> str:
        if self._fixed_by is not None:
            return language.tr("Set by {who}, and cannot be changed here.", who=self._fixed_by)
        if self.field.at_next_start:
            return language.tr("Takes effect at the next start.")
        return ""

    def _lay_out(self) -> None:
        self.choice.setFixedWidth(_CONTROL_PX)
        self.flag.setFixedWidth(_CONTROL_PX)
        (self.choice if self.field.flag else self.flag).hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._title, self._help, self._note):
            label.setWordWrap(True)
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * _MARGIN)
        row.addLayout(words, 1)
        row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignTop)
