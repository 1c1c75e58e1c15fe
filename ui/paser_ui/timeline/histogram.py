"""The drawn part of the timeline: how much happened when, by severity, and where the clock is."""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from paser_command.records import Severity
from paser_command.times import Instant
from paser_ui.desk import Desk
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import COLOURS, LABEL_PX
from paser_ui.timeline.span import Span

_LABEL_ROOM_PX = 18
_MARK_ROOM_PX = 14
_LABEL_EVERY_PX = 110
_SHOWN_AT_LEAST_PX = 2.0
_WIDEST_PX = 14.0
_TALLEST = 2.5
"""A bar past so many times the middle one is cut: one backlog does not flatten all the others."""


class Bars(msgspec.Struct, frozen=True):
    """Counts (n, 5) by severity, `step` apart, the first one at `start`."""

    start: Instant
    step: Instant
    counts: NDArray[np.int64]


class Mark(msgspec.Struct, frozen=True):
    """An alarm that stands, at the moment since when it does."""

    at: Instant
    severity: Severity
    waiting: bool

    @property
    def rank(self) -> tuple[bool, Severity]:
        """Return what decides which of two marks at one place is seen."""
        return self.waiting, self.severity


class Histogram(QWidget):
    """Bars, marks and a cursor; it is grabbed to go to another moment."""

    grabbed = Signal(object)
    """An instant, at each move of the mouse (an object: Qt's int has 32 bits)."""
    released = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("timelineHistogram")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(200)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(font(LABEL_PX, tabular=True))
        self._desk = desk
        self._bars: Bars | None = None
        self._marks: tuple[Mark, ...] = ()
        self.span = Span(0, 1)
        self.cursor_at: Instant = 0
        self.past = False
        self.dragging = False

    def show_moment(self, span: Span, cursor: Instant, *, past: bool) -> None:
        """Show the stretch and where the clock is in it."""
        before = (self.span, round(self._x(self.cursor_at)), self.past)
        self.span, self.past = span, past
        if not self.dragging:
            self.cursor_at = cursor
        if before != (self.span, round(self._x(self.cursor_at)), self.past):
            self.update()

    def show_bars(self, bars: Bars | None) -> None:
        """Show how much happened when."""
        self._bars = bars
        self.update()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show the alarms that stand."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 56)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.dragging = True
            self._grab(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.dragging:
            self._grab(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.dragging and event.button() is Qt.MouseButton.LeftButton:
            self._grab(event)
            self.dragging = False
            self.released.emit(self.cursor_at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_axis(painter)
        self._paint_bars(painter)
        self._paint_marks(painter)
        self._paint_cursor(painter)
        if self.hasFocus():
            painter.setPen(COLOURS.selection)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _grab(self, event: QMouseEvent) -> None:
        self.cursor_at = self.span.instant(event.position().x() / max(1, self.width()))
        self.grabbed.emit(self.cursor_at)
        self.update()

    def _x(self, instant: Instant) -> float:
        return self.span.part(instant) * self.width()

    @property
    def _floor_y(self) -> float:
        return self.height() - _LABEL_ROOM_PX

    def _paint_axis(self, painter: QPainter) -> None:
        painter.setPen(COLOURS.line)
        painter.drawLine(QPointF(0, self._floor_y), QPointF(self.width(), self._floor_y))
        language = self._desk.language
        metrics = self.fontMetrics()
        for tick in self.span.ticks(max(2, self.width() // _LABEL_EVERY_PX)):
            x = self._x(tick)
            text = language.time(tick)
            half = metrics.horizontalAdvance(text) / 2
            painter.setPen(COLOURS.line)
            painter.drawLine(QPointF(x, self._floor_y), QPointF(x, self._floor_y + 3))
            if half <= x <= self.width() - half:
                painter.setPen(COLOURS.text_3)
                painter.drawText(QPointF(x - half, self.height() - 3.0), text)

    def _paint_bars(self, painter: QPainter) -> None:
        bars = self._bars
        if bars is None or not len(bars.counts):
            return
        room = self._floor_y - _MARK_ROOM_PX
        # Roots, so that a storm of numbers does not flatten the few reports that matter.
        tops = np.sqrt(bars.counts.sum(axis=1))
        scale = room / max(1.0, _highest(tops))
        slot = self._x(self.span.start + bars.step)
        width = min(_WIDEST_PX, max(1.0, slot - 1.0))
        for number in np.flatnonzero(tops):
            left = self._x(bars.start + int(number) * bars.step)
            if -width < left < self.width():
                height = min(room, max(_SHOWN_AT_LEAST_PX, float(tops[number]) * scale))
                self._paint_bar(painter, left, width, height, bars.counts[number])

    def _paint_bar(
        self, painter: QPainter, left: float, width: float, height: float, counts: NDArray[np.int64]
    ) -> None:
        top = self._floor_y - height
        painter.fillRect(QRectF(left, top, width, height), COLOURS.data_bar)
        total = int(counts.sum())
        for severity in (Severity.CRITICAL, Severity.HIGH):
            if count := int(counts[severity]):
                part = max(_SHOWN_AT_LEAST_PX, height * count / total)
                painter.fillRect(QRectF(left, top, width, part), COLOURS.severity(severity))
                top += part

    def _paint_marks(self, painter: QPainter) -> None:
        for mark in self._seen_marks():
            middle = QPointF(self._x(mark.at), _MARK_ROOM_PX / 2)
            draw_symbol(painter, mark.severity, middle, 11, mark.waiting)

    def _seen_marks(self) -> Iterable[Mark]:
        """Return one mark for each pixel, what waits before the rest, the severest of those."""
        marks: dict[int, Mark] = {}
        for mark in self._marks:
            if self.span.start <= mark.at <= self.span.end:
                pixel = int(self._x(mark.at))
                before = marks.get(pixel)
                if before is None or before.rank <= mark.rank:
                    marks[pixel] = mark
        return marks.values()

    def _paint_cursor(self, painter: QPainter) -> None:
        x = min(self._x(self.cursor_at), self.width() - 1.0)
        painter.setPen(QPen(COLOURS.text, 2))
        painter.drawLine(QPointF(x, 2.0), QPointF(x, self._floor_y))
        if self.past or self.dragging:
            self._paint_flag(painter, x)

    def _paint_flag(self, painter: QPainter, x: float) -> None:
        text = self._desk.language.time(self.cursor_at, seconds=True)
        width = self.fontMetrics().horizontalAdvance(text) + 10
        left = min(max(0.0, x - width / 2), self.width() - width)
        box = QRectF(left, self._floor_y + 1, width, _LABEL_ROOM_PX - 2)
        painter.fillRect(box, COLOURS.text)
        painter.setPen(COLOURS.ground)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _highest(tops: NDArray[np.float64]) -> float:
    """Return what is drawn at full height."""
    some = tops[tops > 0]
    return min(float(some.max()), _TALLEST * float(np.median(some))) if some.size else 1.0
