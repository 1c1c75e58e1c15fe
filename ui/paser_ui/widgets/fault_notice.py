"""What stands in the place of a panel that was paused: which, why, and the ways on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from paser_command.language import Language
from paser_command.plugin.guard import Fault
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import HELP_PX, STRIP_PX
from paser_ui.widgets.plain import plain_label, put_name, put_text

_REASON_WORDS = {
    "slow": "It took longer than a second to draw, so that all windows stood still.",
    "exit": "It asked the program to end.",
}
"""What an operator can make of a fault, by its kind."""

_FAILED_WORDS = "It failed."


class FaultNotice(QWidget):
    """The fault of one panel, in plain words. What it raised is for the log and the clipboard.

    A `public` one says neither what was at fault nor what to do.
    """

    retry_wanted = Signal()

    def __init__(
        self,
        language: Callable[[], Language],
        panel_name: str,
        fault: Fault,
        *,
        public: bool = False,
    ) -> None:
        super().__init__()
        self._public = public
        self.setObjectName("faultNotice")
        self._language = language
        self._panel_name = panel_name
        self._fault = fault
        self.headline = plain_label(font=font(STRIP_PX))
        self.reason = plain_label(font=font(HELP_PX), role="2")
        self.reason.setWordWrap(True)
        self.advice = plain_label(font=font(HELP_PX), role="3")
        self.advice.setWordWrap(True)
        self.retry = QPushButton()
        self.retry.setObjectName("faultRetry")
        # Queued: the button must not be deleted by its own click.
        self.retry.clicked.connect(self.retry_wanted, Qt.ConnectionType.QueuedConnection)
        self.copy = QPushButton()
        self.copy.setObjectName("faultCopy")
        self.copy.clicked.connect(self.copy_details)
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words on again."""
        tr = self._language().tr
        put_text(self.headline, tr("The panel {panel} is paused", panel=tr(self._panel_name)))
        put_text(self.reason, tr(_REASON_WORDS.get(self._fault.kind, _FAILED_WORDS)))
        put_text(self.advice, tr("Everything else goes on. The log has the details."))
        put_text(self.retry, tr("Try again"))
        put_text(self.copy, tr("Copy details"))
        for button in (self.retry, self.copy):
            put_name(button, button.text())
        put_name(self, self.headline.text())

    def copy_details(self) -> None:
        """Put the whole trace on the clipboard."""
        QGuiApplication.clipboard().setText(f"{self._fault.part}\n{self._fault.trace}")

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 24)
        rows.setSpacing(8)
        rows.addStretch(1)
        for label in (self.headline, self.reason, self.advice):
            rows.addWidget(label)
        buttons = QHBoxLayout()
        buttons.addWidget(self.retry)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        rows.addSpacing(8)
        rows.addLayout(buttons)
        rows.addStretch(2)
        if self._public:
            for widget in (self.reason, self.retry, self.copy):
                widget.hide()
