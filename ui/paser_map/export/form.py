"""The form beside the map that asks what to save, and says what came of it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from paser_command.language import Language
from paser_map.export.wanted import (
    KIND_WORDS,
    PICTURES,
    PLACE_WORDS,
    SHEET_WORDS,
    SPAN_WORDS,
    Kind,
    PlannedFile,
    Wanted,
)
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX, STRIP_PX
from paser_ui.widgets.choice import Choice
from paser_ui.widgets.plain import cleaned, plain_label, put_name, put_text

_LONGEST_TITLE = 120
_ROW_WORDS = {
    "kind": "What",
    "title": "Title",
    "place": "Part of the map",
    "picture": "Size in pixels",
    "sheet": "Paper",
    "span": "Time",
}
_OF_KIND = {
    Kind.PNG: ("picture",),
    Kind.PDF: ("sheet",),
    Kind.HTML: ("span",),
}


class ExportForm(QWidget):
    """Asks for a map as a file with `wanted`: a `Wanted`, and the `Path` to save it at."""

    wanted = Signal(object, object)
    cancel_wanted = Signal()

    def __init__(self, planned: Callable[[], Sequence[PlannedFile]] = tuple) -> None:
        """Make the form; `planned` gives what plugins make, in the screen's language."""
        super().__init__()
        self.setObjectName("map.export.form")
        self.suggested: Callable[[str], str] = lambda suffix: f"map.{suffix}"
        self._planned = planned
        self._others: Sequence[PlannedFile] = ()
        self._language = Language("en")
        self._heading = plain_label(font=font(STRIP_PX))
        self._title = QLineEdit()
        self._title.setObjectName("export.title")
        self._title.setMaxLength(_LONGEST_TITLE)
        self._choices = {name: _choice(name) for name in _ROW_WORDS if name != "title"}
        self._personal = QCheckBox()
        self._personal.setObjectName("export.personal")
        self._hint = _wrapped(plain_label(font=font(HELP_PX), role="2"))
        self._save = _button("export.save")
        self._cancel = _button("export.cancel")
        self._progress = QProgressBar()
        self._progress.setRange(0, 100)
        self._told = _wrapped(plain_label(font=font(HELP_PX)))
        self._told.setObjectName("export.told")
        self._labels: dict[str, QLabel] = {}
        self._lay_out()
        self.setFocusProxy(self._choices["kind"])
        self._choices["kind"].currentIndexChanged.connect(self._show_rows)
        self._save.clicked.connect(self._ask)
        self._cancel.clicked.connect(self.cancel_wanted)
        self.retranslate(self._language)
        self.show_progress(None)

    def retranslate(self, language: Language) -> None:
        """Speak this language from now on."""
        self._language, tr = language, language.tr
        put_text(self._heading, tr("Export the map"))
        for name, words in _ROW_WORDS.items():
            put_text(self._labels[name], tr(words))
            put_name(self._choices.get(name, self._title), tr(words))
        self._others = self._planned()
        kinds = (*map(tr, KIND_WORDS.values()), *(other.name for other in self._others))
        _fill(self._choices["kind"], kinds)
        _fill(self._choices["place"], map(tr, PLACE_WORDS.values()))
        _fill(self._choices["picture"], PICTURES.values())
        _fill(self._choices["sheet"], map(tr, SHEET_WORDS.values()))
        _fill(self._choices["span"], map(tr, SPAN_WORDS.values()))
        self._title.setPlaceholderText(cleaned(tr("Map")))
        put_text(self._personal, tr("With streets and operators' names"))
        put_text(
            self._hint,
            tr(
                "Opens in any browser without a network. Telephone numbers are masked; notes, "
                "layers from files and map tiles are left out."
            ),
        )
        put_text(self._save, tr("Save as…"))
        put_text(self._cancel, tr("Cancel"))
        put_name(self._progress, tr("Export the map"))
        self._show_rows()

    def tell(self, text: str) -> None:
        """Say what came of it."""
        put_text(self._told, text)

    def show_progress(self, share: float | None) -> None:
        """Show how much is done, from 0 to 1; None where nothing is under way."""
        busy = share is not None
        if share is not None:
            self._progress.setValue(round(share * 100))
        self._progress.setVisible(busy)
        self._cancel.setVisible(busy)
        self._save.setEnabled(not busy)

    def asked(self) -> Wanted:
        """Return what the form says now."""
        chosen = {name: choice.currentIndex() for name, choice in self._choices.items()}
        kind = dict(enumerate(KIND_WORDS)).get(chosen["kind"])
        return Wanted(
            kind=kind,
            planned=None if kind else self._others[chosen["kind"] - len(KIND_WORDS)],
            title=self._title.text().strip() or self._language.tr("Map"),
            whole=list(PLACE_WORDS)[chosen["place"]],
            picture=list(PICTURES)[chosen["picture"]],
            sheet=list(SHEET_WORDS)[chosen["sheet"]],
            span=list(SPAN_WORDS)[chosen["span"]],
            personal=self._personal.isChecked(),
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP_PX, 2 * GAP_PX, 3 * GAP_PX, 3 * GAP_PX)
        column.setSpacing(GAP_PX)
        column.addWidget(self._heading)
        for name in _ROW_WORDS:
            self._labels[name] = plain_label(font=font(HELP_PX), role="2")
            column.addSpacing(GAP_PX)
            column.addWidget(self._labels[name])
            column.addWidget(self._choices.get(name, self._title))
        column.addSpacing(GAP_PX)
        column.addWidget(self._personal)
        column.addWidget(self._hint)
        column.addWidget(self._save)
        column.addWidget(self._progress)
        column.addWidget(self._cancel)
        column.addWidget(self._told)
        column.addStretch(1)

    def _show_rows(self) -> None:
        kind = self.asked().kind
        own = {name for names in _OF_KIND.values() for name in names}
        for name in own:
            shown = kind is not None and name in _OF_KIND[kind]
            self._labels[name].setVisible(shown)
            self._choices[name].setVisible(shown)
        of_map = kind is not None
        for name in ("title", "place"):
            self._labels[name].setVisible(of_map)
            self._choices.get(name, self._title).setVisible(of_map)
        self._personal.setVisible(kind is Kind.HTML)
        self._hint.setVisible(kind is Kind.HTML)

    def _ask(self) -> None:
        asked, tr = self.asked(), self._language.tr
        dialog = QFileDialog(self.window(), tr("Export the map"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        name = asked.planned.name if asked.planned else tr(KIND_WORDS[asked.kind or Kind.PNG])
        dialog.setNameFilter(f"{name} (*.{asked.suffix})")
        dialog.setDefaultSuffix(asked.suffix)
        dialog.selectFile(self.suggested(asked.suffix))
        dialog.fileSelected.connect(lambda name: self.wanted.emit(asked, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _choice(name: str) -> QComboBox:
    made = Choice()
    made.setObjectName(f"export.{name}")
    return made


def _button(name: str) -> QPushButton:
    made = QPushButton()
    made.setObjectName(name)
    return made


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return label


def _fill(choice: QComboBox, texts: Iterable[str]) -> None:
    """Put the texts in, and leave the choice as it was."""
    before = max(0, choice.currentIndex())
    choice.blockSignals(True)
    choice.clear()
    choice.addItems([cleaned(text) for text in texts])
    choice.setCurrentIndex(before)
    choice.blockSignals(False)
