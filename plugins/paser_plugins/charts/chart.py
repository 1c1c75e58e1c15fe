"""One stream's chart with its head: name, newest value, how old it is, which limit it reached."""

import msgspec
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from paser_command.api import (
    SECOND,
    Frame,
    Instant,
    Limit,
    Series,
    Severity,
    Stream,
    shown_name,
)
from paser_plugins.charts.curve import curve_of
from paser_plugins.charts.plot import StreamPlot
from paser_ui.api import (
    CLOCK_PX,
    COLOURS,
    LABEL_PX,
    SEVERITY_WORDS,
    STRIP_PX,
    TEXT_PX,
    ElidedLabel,
    PanelContext,
    draw_symbol,
    font,
    is_stale,
    plain_label,
    put_name,
    put_running_text,
    put_text,
    value_text,
)

_RAIN_UNIT = "mm"
_LONGEST_NAME = 120
_PICKS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StreamChart(QWidget):
    """A chart that can be picked by click or Enter; `picked` tells its stream."""

    picked = Signal(str)

    def __init__(self, context: PanelContext, number: int) -> None:
        super().__init__()
        self._context = context
        self._stream = ""
        self._told: tuple[object, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self.setObjectName(f"charts.chart{number}")
        # Not by click: the keys of the desk stay the desk's after a glance at a chart.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name = ElidedLabel(font=font(TEXT_PX))
        self._name.setObjectName(f"charts.name{number}")
        self._sign = _Sign()
        self._value = plain_label(font=font(STRIP_PX, QFont.Weight.DemiBold, tabular=True))
        self._value.setObjectName(f"charts.value{number}")
        self._age = plain_label(font=font(LABEL_PX, tabular=True), role="3")
        self._age.setObjectName(f"charts.age{number}")
        self.plot = StreamPlot(lambda: context.language)
        self.plot.setObjectName(f"charts.plot{number}")
        self._lay_out()

    def draw(self, stream: Stream, frame: Frame, *, window: Instant, alone: bool) -> None:
        """Draw the stream up to the frame's now; nothing happens where all is as it was."""
        series = frame.series.get(stream.key)
        if series and series.known > frame.now:
            # After a step back: it may have what the room did not know yet.
            series = None
        stale = is_stale(frame.picture, stream.key, frame.now)
        latest = frame.picture.latest.get(stream.key)
        waits = stream.key in frame.picture.waiting()
        shown = (stream, latest, stale, waits, self._context.language.code, frame.wall)
        if stream.key != self._stream:
            # The scene would paint the curve a turn of the loop after the head.
            self.plot.viewport().update()
        told = (*shown, frame.now // SECOND, alone)
        if told != self._told or frame.seeked:
            self._told = told
            self._stream = stream.key
            self._tell(stream, frame, stale=stale, alone=alone)
        column = window // self.plot.columns
        drawn = (*shown, id(series), window, self.plot.size(), frame.now // column)
        if drawn != self._drawn or frame.seeked:
            self._drawn = drawn
            edge = (frame.now // column + 1) * column
            self._draw_plot(stream, frame, series, window, edge, stale=stale)

    def event(self, event: QEvent) -> bool:
        # Enter is the desk's own key too; on a chart that has the focus it is the chart's.
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in _PICKS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PICKS:
            self.picked.emit(self._stream)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self.picked.emit(self._stream)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(COLOURS.selection)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def _tell(self, stream: Stream, frame: Frame, *, stale: bool, alone: bool) -> None:
        tr, language = self._context.tr, self._context.language
        latest = frame.picture.latest.get(stream.key)
        reached = frame.picture.limit_reached(stream.key)
        unit = frame.official(stream.unit)
        value = value_text(language, latest.value, unit) if latest else "–"
        age = language.age(frame.now - latest.at) if latest else tr("no value yet")
        if latest and stale:
            age = tr("{age} · late", age=age)
        name = frame.official(shown_name(stream.name, stream.key))[:_LONGEST_NAME]
        put_text(self._name, name)
        size_px = CLOCK_PX if alone else STRIP_PX
        self._value.setFont(font(size_px, QFont.Weight.DemiBold, tabular=True))
        put_running_text(self._value, value)
        put_running_text(self._age, age)
        # From afar the name is read, and that all is well needs no word.
        self._age.setHidden(frame.wall and latest is not None and not stale)
        _shade(self._value, "3" if stale else "")
        waits = stream.key in frame.picture.waiting()
        self._sign.show_severity(reached.severity if reached else None, filled=waits)
        parts = [name, value, age]
        if reached:
            word = tr(SEVERITY_WORDS[reached.severity])
            parts.append(f"{frame.official(reached.name)[:60]}, {word}")
        put_name(self, ", ".join(parts))

    def _draw_plot(
        self,
        stream: Stream,
        frame: Frame,
        series: Series | None,
        window: Instant,
        edge: Instant,
        *,
        stale: bool,
    ) -> None:
        """Draw up to now; the right `edge` goes on by whole columns and stands still meanwhile."""
        span_s = window / SECOND
        curve = curve_of(
            series,
            frame.picture.latest.get(stream.key),
            start=edge - window,
            end=frame.now,
            edge=edge,
            interval_s=stream.interval_s,
            column_s=span_s / self.plot.columns,
        )
        tr, words = self._context.tr, ""
        if series is None:
            words = tr("loading")
        elif curve.x.size == 0:
            words = tr("no value in this window")
        self.plot.draw(
            curve,
            [
                msgspec.structs.replace(limit, name=frame.official(limit.name))
                for limit in sorted(stream.limits, key=_height_of)
            ],
            unit=frame.official(stream.unit),
            end=edge,
            span_s=span_s,
            bar_s=stream.interval_s if stream.unit.startswith(_RAIN_UNIT) else None,
            stale=stale,
            words=words,
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 12, 0)
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._sign)
        head.addWidget(self._value)
        head.addWidget(self._age)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 1, 1)
        whole.setSpacing(2)
        whole.addLayout(head)
        whole.addWidget(self.plot, 1)


class _Sign(QLabel):
    """The symbol of the limit that is reached; no room taken where there is none.

    Filled is what nobody has acknowledged.
    """

    def __init__(self) -> None:
        super().__init__()
        self._severity, self._filled = Severity.NONE, False
        self.setFixedSize(16, 16)
        self.hide()

    def show_severity(self, severity: Severity | None, *, filled: bool) -> None:
        self.setVisible(severity is not None)
        if severity is not None and (severity, filled) != (self._severity, self._filled):
            self._severity, self._filled = severity, filled
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_symbol(painter, self._severity, QPointF(8, 8), 14.0, self._filled)
        painter.end()


def _height_of(limit: Limit) -> float:
    return limit.value


def _shade(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
