"""The lower half of the panel: one thing with its facts, its texts and what can be done."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from paser_command.api import Severity
from paser_plugins.incidents.actions import ActionsBar
from paser_plugins.incidents.description import Description
from paser_plugins.incidents.facts import FactsGrid
from paser_plugins.incidents.passages import PassagesView
from paser_ui.api import (
    HELP_PX,
    LABEL_PX,
    STRIP_PX,
    TEXT_PX,
    ElidedLabel,
    draw_symbol,
    font,
    plain_label,
    put_name,
    put_text,
)

_LONGEST_TITLE = 300
_INSTEAD_PX = 64
_UNLIMITED_PX = 16_777_215
"""Qt's own largest size (QWIDGETSIZE_MAX)."""


class DetailView(QWidget):
    """Shows a description, or words where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("incidents.detail")
        self._subject: str | None = None
        self._sign = _Sign()
        self._title = ElidedLabel(font=font(STRIP_PX))
        self._title.setObjectName("incidents.title")
        self._tag = plain_label(font=font(LABEL_PX), role="3")
        self._tag.setObjectName("incidents.tag")
        self._facts = FactsGrid()
        self._passages = PassagesView()
        self.actions_bar = ActionsBar()
        self._instead = plain_label(font=font(TEXT_PX), role="2")
        self._instead.setObjectName("incidents.instead")
        self._instead.setWordWrap(True)
        self._body = QWidget()
        self._lay_out()

    def show_description(self, subject: str, description: Description) -> None:
        """Show the thing; `subject` tells one thing from another."""
        self._body.show()
        self._instead.hide()
        self.setMaximumHeight(_UNLIMITED_PX)
        self._sign.show_severity(description.severity, filled=not description.taken)
        put_text(self._title, description.title[:_LONGEST_TITLE])
        put_name(self._title, description.title[:_LONGEST_TITLE])
        put_text(self._tag, _shortened(description.tag))
        self._facts.show_facts(description.facts)
        self._passages.show_passages(description.passages, anew=subject != self._subject)
        self._subject = subject

    def show_instead(self, text: str) -> None:
        """Show words in place of a thing."""
        put_text(self._instead, text)
        self._body.hide()
        self._instead.show()
        self.setMaximumHeight(_INSTEAD_PX)
        self._subject = None

    def follow_texts(self) -> None:
        """Show the newest text when it comes."""
        self._passages.follow()

    @property
    def telling(self) -> bool:
        """Tell whether a thing is shown, and not the words in its place."""
        return self._subject is not None

    def name_texts(self, name: str) -> None:
        """Say to a screen reader what the texts are."""
        put_name(self._passages, name)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign)
        head.addWidget(self._title, 1)
        head.addWidget(self._tag)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(12, 8, 12, 10)
        body.setSpacing(8)
        body.addLayout(head)
        body.addWidget(self._scrolled(), 1)
        body.addWidget(self.actions_bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._body)
        whole.addWidget(self._instead)
        self._instead.setContentsMargins(20, 8, 20, 8)
        self._instead.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._facts)
        column.addWidget(self._passages, 1)
        area = QScrollArea()
        area.setObjectName("incidents.scroll")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        return area


class _Sign(QLabel):
    """The severity's symbol."""

    def __init__(self) -> None:
        super().__init__()
        self._severity = Severity.NONE
        self._filled = False
        self.setFixedSize(QSize(18, 18))

    def show_severity(self, severity: Severity, *, filled: bool) -> None:
        if (severity, filled) != (self._severity, self._filled):
            self._severity, self._filled = severity, filled
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_symbol(painter, self._severity, QPointF(9, 9), float(HELP_PX + 3), self._filled)
        painter.end()


def _shortened(tag: str) -> str:
    return tag if len(tag) <= 40 else f"{tag[:18]}…{tag[-18:]}"
