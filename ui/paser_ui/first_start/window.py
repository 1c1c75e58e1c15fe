"""Asks how to begin: an exercise, the public feeds, a city of one's own, or its site file."""

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from paser_command.errors import PaserError
from paser_command.language import LANGUAGES
from paser_command.session.start import Answer, Question, Start, Way
from paser_ui.application import make_application
from paser_ui.first_start.card import Card
from paser_ui.first_start.city import CityDialog
from paser_ui.first_start.speaker import Speaker
from paser_ui.heartbeat import beating
from paser_ui.qt_words import QtWords
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import CLOCK_PX, GAP_PX, TEXT_PX
from paser_ui.widgets.plain import cleaned, plain_label, put_name, put_text, put_title
from paser_ui.workspace.store import SettingsStore

_MARGIN = 6 * GAP_PX
_SIZE = (1_240, 470)
_TOLD_PX = 120


def ask(question: Question) -> Answer | None:
    """Show the window until something was chosen; None where it was closed."""
    settings = SettingsStore(question.home).load().settings
    app = make_application(settings)
    window = StartWindow(question, question.language or settings.language or "id")
    # Closing it must not end the console that comes after it.
    quits = app.quitOnLastWindowClosed()
    app.setQuitOnLastWindowClosed(False)
    with beating(question.heart, window.reject):
        window.exec()
    app.setQuitOnLastWindowClosed(quits)
    return window.answer


class StartWindow(QDialog):
    """The ways side by side. What is wrong with a site file stands below them, line by line."""

    def __init__(self, question: Question, language: str) -> None:
        super().__init__()
        self.setObjectName("start")
        self.answer: Answer | None = None
        self._question = question
        self._fault = question.fault
        self._speaker = Speaker(language)
        self._qt_words = QtWords(self._speaker)
        self.finished.connect(self._qt_words.remove)
        self.cards = {way: Card(way) for way in Way}
        self.city = Card("city")
        self.switch = QPushButton()
        self._title = plain_label(font=font(CLOCK_PX))
        self._text = plain_label(font=font(TEXT_PX), role="2")
        self._told = QPlainTextEdit()
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def told(self) -> str:
        """Return what is said to be wrong."""
        return self._told.toPlainText()

    def retranslate(self) -> None:
        """Put the words on."""
        tr, code = self._speaker.tr, self._speaker.language.code
        put_title(self, "Paser Command")
        put_text(self._title, tr("How do you want to begin?"))
        put_text(self._text, tr("The choice is kept. It can be made anew by a command, later."))
        put_text(self.switch, code.upper())
        put_name(self.switch, tr("Language: {name}", name=LANGUAGES[code]))
        self.cards[Way.EXERCISE].say(
            tr("Exercise"),
            tr("Four hours of flood in a city on this machine. All that you see is made up."),
            tr("Nothing leaves this machine, and nothing is asked of the network."),
            tr("Begin the exercise"),
        )
        self.cards[Way.PUBLIC].say(
            tr("Paser"),
            tr("Earthquakes and weather warnings of the public feeds, for Kabupaten Paser."),
            tr(
                "Source: {source}. {hosts} are asked once a minute, and not before you choose.",
                source="BMKG (Badan Meteorologi, Klimatologi, dan Geofisika)",
                hosts="data.bmkg.go.id, www.bmkg.go.id",
            ),
            tr("Show the public feeds"),
        )
        self.city.say(
            tr("My city"),
            tr("Any place on earth: its map, its time zone, and the public feeds that are for it."),
            tr("Name and place are enough. The site file is written into your own folder."),
            tr("Set up my city …"),
        )
        self.cards[Way.OWN].say(
            tr("Connect"),
            tr("Your own feeds and your own journal, as a site file says."),
            tr("The administrator has the file. It is checked first; mistakes are told by line."),
            tr("Choose the site file …"),
        )
        self._tell()

    def choose_file(self, path: str) -> None:
        """Start with this site file, where it has no mistake."""
        try:
            self._question.check(Path(path))
        except PaserError as error:
            self._fault = error
            self._tell()
        else:
            self._take(Start(Way.OWN, str(Path(path).absolute())))

    def _take(self, start: Start) -> None:
        self.answer = Answer(start, self._speaker.language.code)
        self.accept()

    def _ask_file(self) -> None:
        tr = self._speaker.tr
        path, _ = QFileDialog.getOpenFileName(self, tr("A site file"), "", "(*.toml);;(*)")
        if path:
            self.choose_file(path)

    def _ask_city(self) -> None:
        dialog = CityDialog(self._question.home, self._speaker.language, self._question.check, self)
        dialog.made.connect(lambda path: self._take(Start(Way.OWN, path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell(self) -> None:
        told = self._speaker.language.error(self._fault) if self._fault else ""
        self._told.setPlainText(cleaned(told))
        put_name(self._told, self._speaker.tr("What is wrong with the site file"))
        self._told.setVisible(self._fault is not None)

    def _speak_next(self) -> None:
        codes = list(LANGUAGES)
        at = codes.index(self._speaker.language.code)
        self._speaker.speak(codes[(at + 1) % len(codes)])

    def _connect(self) -> None:
        self.switch.clicked.connect(self._speak_next)
        self._speaker.language_changed.connect(self.retranslate)
        self.cards[Way.EXERCISE].taken.connect(lambda: self._take(Start(Way.EXERCISE)))
        self.cards[Way.PUBLIC].taken.connect(lambda: self._take(Start(Way.PUBLIC)))
        self.cards[Way.OWN].taken.connect(self._ask_file)
        self.city.taken.connect(self._ask_city)

    def _lay_out(self) -> None:
        self.resize(*_SIZE)
        self.switch.setObjectName("start.language")
        self.switch.setProperty("flat", "true")
        self.switch.setAutoDefault(True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.switch)
        row = QHBoxLayout()
        row.setSpacing(_MARGIN // 2)
        exercise, public, own = self.cards.values()
        for card in (exercise, public, self.city, own):
            # Enter presses the button in focus; where another widget has it, none.
            card.button.setAutoDefault(True)
            row.addWidget(card, 1)
        self._told.setObjectName("start.told")
        self._told.setReadOnly(True)
        self._told.setMaximumHeight(_TOLD_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN // 2)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(row, 1)
        column.addWidget(self._told)
        self.cards[Way.EXERCISE].button.setFocus()
