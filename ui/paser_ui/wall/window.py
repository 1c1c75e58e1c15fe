"""A window on the wall: nothing to press, seen from afar, fit for visitors."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QEnterEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from paser_command.records import Severity
from paser_ui.alarms.tallies import Tallies
from paser_ui.desk import Desk
from paser_ui.status_bar import ModeChip, show_counts
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import SEVERITY_WORDS
from paser_ui.theme.tokens import CLOCK_PX, STRIP_PX
from paser_ui.view_loss.words import moment, state_word
from paser_ui.wall.strip import WallStrip
from paser_ui.widgets.plain import ElidedLabel, plain_label, put_name, put_text
from paser_ui.widgets.severity_count import SeverityCount
from paser_ui.windows.window import Window

POINTER_HIDES_MS = 3_000
_HEIGHT_PX = 52
_LADDER = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)


class WallWindow(Window):
    """The time, what stands, the worst that waits, and a page.

    The pointer goes when it has rested for three seconds. Pointer and keys go through it:
    nothing on it is pressed, opens a menu or says more.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        site_name: str,
        tallies: Tallies | None = None,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(desk, site_name=site_name, tallies=tallies, now_s=now_s)
        self.setObjectName("wallWindow")
        self.setProperty("wall", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.wall = True
        self.pages.tabs.setMaximumHeight(0)
        self.clock = plain_label(font=font(CLOCK_PX, tabular=True))
        self.clock.setObjectName("wallClock")
        self.date = plain_label(font=font(STRIP_PX), role="2")
        self.mode = ModeChip()
        self.site = ElidedLabel(site_name, font=font(STRIP_PX), role="2")
        self.said = plain_label(font=font(STRIP_PX), role="2")
        self.said.setObjectName("wallSaid")
        self.counts = {severity: SeverityCount(severity) for severity in _LADDER}
        self._resting = QTimer(self, interval=POINTER_HIDES_MS, singleShot=True)
        self._resting.timeout.connect(self._hide_pointer)
        self.strip = WallStrip(desk)
        self.lay_out((self._bar(), self.strip))
        for part in (self.band, self.pages, *self.bars[0]):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.speak()

    def say(self, text: str) -> None:
        """Say beside the clock what is shown and why."""
        put_text(self.said, text)

    def hold(self, why: str) -> None:
        """Say why nothing else comes, in place of the site's name; nothing for an empty text."""
        put_text(self.site, why or self._site_name)

    def show_time(self) -> None:
        session, language = self.desk.session, self.desk.language
        now = session.now()
        put_text(self.clock, language.time(now, seconds=True))
        put_text(self.date, f"{language.zone_label(now)} · {language.date(now)}")
        words = self.desk.tr("Replay").upper() if self.past else ""
        view = session.view
        if not view.current and not self.past:
            told = (state_word(view, language), moment(view, language))
            words = " · ".join(filter(None, told))
        self.mode.show_mode(words, past=self.past, state=view.state)
        self.mode.setVisible(bool(words))

    def show_picture(self) -> None:
        session = self.desk.session
        show_counts(self.counts, self.tallies.of(session.picture), session.view)
        for severity, shown in self.counts.items():
            put_name(shown, self.desk.tr(SEVERITY_WORDS[severity]))
        live = session.live_picture
        self.strip.show_tally(live, self.tallies.of(live), session.live_view, past=self.past)

    def speak(self) -> None:
        super().speak()
        put_name(self.clock, self.desk.tr("Clock"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_pointer()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_pointer()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._show_pointer()

    def _show_pointer(self) -> None:
        if self.cursor().shape() is Qt.CursorShape.BlankCursor:
            self.unsetCursor()
        self._resting.start()

    def _hide_pointer(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)

    def _bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("wallBar")
        bar.setFixedHeight(_HEIGHT_PX)
        bar.setProperty("ground", "panel")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(20)
        for widget in (self.clock, self.date, self.mode):
            row.addWidget(widget)
        row.addWidget(self.said)
        row.addWidget(self.site, 1)
        for shown in self.counts.values():
            row.addWidget(shown)
        return bar
