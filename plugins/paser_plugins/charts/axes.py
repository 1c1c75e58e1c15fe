"""The axes of a chart, in the site's time and the screen's language."""

from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QFontMetrics

from paser_command.api import SECOND, Instant, Language
from paser_plugins.charts.scale import tick_digits, time_ticks, value_step, value_ticks
from paser_ui.api import COLOURS, LABEL_PX, font

_TICK_WIDTH_PX = 90
_TICK_HEIGHT_PX = 26
_LEFT_PX = 44
_WIDTH_STEP_PX = 11
_WORD_GAP_PX = 8
_BOTTOM_PX = 22


class TimeAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Times of day below the chart; `x` is seconds before `end`."""

    def __init__(self, language: Callable[[], Language]) -> None:
        super().__init__("bottom", pen=COLOURS.line, textPen=COLOURS.text_3, tickPen=COLOURS.line)
        self._language = language
        self.end: Instant = 0
        self.setStyle(tickFont=font(LABEL_PX, tabular=True), tickLength=0)
        self.setHeight(_BOTTOM_PX)

    def run_to(self, end: Instant) -> None:
        """Tell the times before another right edge."""
        if end != self.end:
            self.end = end
            self.picture = None
            self.update()

    def ticks(self, low: float, size: float) -> list[float]:
        """Return where the times stand from `low` seconds on an axis of so many pixels."""
        most = max(1, int(size // _TICK_WIDTH_PX))
        start = self.end + round(low * SECOND)
        ticks = time_ticks(start, self.end, most, self._language().zone)
        return [(tick - self.end) / SECOND for tick in ticks]

    def tickValues(self, low: float, _high: float, size: float) -> list[tuple[float, list[float]]]:
        return [(1.0, self.ticks(low, size))]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        return [self._word(self.end + round(value * SECOND)) for value in values]

    def _word(self, moment: Instant) -> str:
        language = self._language()
        time = language.time(moment)
        midnight = time.startswith("00") and time.endswith("00")
        return language.short_date(moment) if midnight else time


class ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Round values on the left."""

    def __init__(self, language: Callable[[], Language]) -> None:
        super().__init__("left", pen=COLOURS.panel, textPen=COLOURS.text_3, tickPen=COLOURS.panel)
        self._language = language
        self.setStyle(tickFont=font(LABEL_PX, tabular=True), tickLength=0)
        self.setWidth(_LEFT_PX)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        if not high > low:
            return []
        most = max(1, int(size // _TICK_HEIGHT_PX))
        return [(value_step(low, high, most), value_ticks(low, high, most))]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        language = self._language()
        power, decimals = tick_digits(values, spacing)
        if not power:
            return [language.number(value, decimals) for value in values]
        return [language.power(value / 10.0**power, 0, power) if value else "0" for value in values]

    def make_room(self, low: float, high: float, height: float) -> None:
        """Be as wide as the words between two values need, on an axis of so many pixels."""
        metrics = QFontMetrics(self.style["tickFont"])
        words = [
            word
            for spacing, values in self.tickValues(low, high, height)
            for word in self.tickStrings(values, 1.0, spacing)
        ]
        widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        # In steps, so that a digit more does not move the chart.
        width = max(_LEFT_PX, -(-(widest + _WORD_GAP_PX) // _WIDTH_STEP_PX) * _WIDTH_STEP_PX)
        if width != self.fixedWidth:
            self.setWidth(width)

    def drawPicture(self, painter: Any, axis: Any, ticks: Any, texts: Any) -> None:
        # The words alone: the left edge of a chart needs no line.
        super().drawPicture(painter, axis, [], texts)
