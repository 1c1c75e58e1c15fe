"""Waits for a journal that is away, says what for, and goes on by itself."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from paser_command.language import LANGUAGES
from paser_command.session.waiting import Waiting
from paser_ui.application import make_application
from paser_ui.first_start.speaker import Speaker
from paser_ui.heartbeat import beating
from paser_ui.qt_words import QtWords
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import CLOCK_PX, GAP_PX, TEXT_PX
from paser_ui.widgets.plain import plain_label, put_name, put_text, put_title
from paser_ui.workspace.store import SettingsStore

_MARGIN = 6 * GAP_PX
_WIDTH = 720
_LOOK_MS = 100


def wait(waiting: Waiting) -> None:
    """Show the window until the journal is there, or it was closed."""
    settings = SettingsStore(waiting.home).load().settings
    app = make_application(settings)
    window = WaitingWindow(waiting, waiting.language or settings.language or "id")
    # Closing it must not end the console that comes after it.
    quits = app.quitOnLastWindowClosed()
    app.setQuitOnLastWindowClosed(False)
    waiting.opening.start()
    if waiting.for_s is not None:
        QTimer.singleShot(round(waiting.for_s * 1000), window, window.reject)
    with beating(waiting.heart, window.reject):
        window.exec()
    waiting.opening.stop()
    app.setQuitOnLastWindowClosed(quits)


class WaitingWindow(QDialog):
    """Says why the journal is away, and for how long it was waited for."""

    def __init__(self, waiting: Waiting, language: str) -> None:
        super().__init__()
        self.setObjectName("waiting")
        self._opening = waiting.opening
        self._began_s = time.monotonic()
        self._speaker = Speaker(language)
        self._qt_words = QtWords(self._speaker)
        self.finished.connect(self._qt_words.remove)
        self.switch = QPushButton()
        self.leave = QPushButton()
        self._title = plain_label(font=font(CLOCK_PX))
        self._reason = plain_label(font=font(TEXT_PX))
        self._since = plain_label(font=font(TEXT_PX), role="2")
        self._lay_out()
        self.switch.clicked.connect(self._speak_next)
        self.leave.clicked.connect(self.reject)
        self._speaker.language_changed.connect(self.retranslate)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()
        self.retranslate()

    def look(self) -> None:
        """Show how it stands; close where the waiting is over."""
        if self._opening.over:
            self.accept()
            return
        tr = self._speaker.tr
        waited_s = int(time.monotonic() - self._began_s)
        put_text(self._reason, self._speaker.language.error(self._opening.fault))
        put_text(self._since, tr("Tried again each second, for {n} s now.", n=waited_s))

    def retranslate(self) -> None:
        """Put the words on."""
        tr, code = self._speaker.tr, self._speaker.language.code
        put_title(self, "Paser Command")
        put_text(self._title, tr("Waiting for the journal"))
        put_text(self.leave, tr("Quit"))
        put_text(self.switch, code.upper())
        put_name(self.switch, tr("Language: {name}", name=LANGUAGES[code]))
        self.look()

    def _speak_next(self) -> None:
        codes = list(LANGUAGES)
        at = codes.index(self._speaker.language.code)
        self._speaker.speak(codes[(at + 1) % len(codes)])

    def _lay_out(self) -> None:
        self.setMinimumWidth(_WIDTH)
        self.switch.setObjectName("waiting.language")
        self.switch.setProperty("flat", "true")
        self.leave.setObjectName("waiting.leave")
        for button in (self.switch, self.leave):
            button.setAutoDefault(False)
        self._reason.setWordWrap(True)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.switch)
        foot.addWidget(self._since, 1)
        foot.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN // 2)
        column.addLayout(head)
        column.addWidget(self._reason)
        column.addLayout(foot)
