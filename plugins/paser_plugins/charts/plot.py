"""One stream drawn over time: line or bars, limits with their names, the newest value as a dot."""

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPen

from paser_command.api import Instant, Language, Limit
from paser_plugins.charts.axes import TimeAxis, ValueAxis
from paser_plugins.charts.curve import Curve, bars_of
from paser_plugins.charts.scale import name_feet, value_range
from paser_ui.api import COLOURS, HELP_PX, LABEL_PX, cleaned, decimals_of, font, source_word

_BAR_PX = 4.0
_BAR_SHARE = 0.8
_LABEL_MARGIN_PX = 1
_LABEL_FROM_NOW_PX = 8
_LABEL_GAP_PX = 10
_LONGEST_NAME = 24
_GUTTER_SHARE = 0.32
_DOT_PX = 8
_LONE_PX = 2
_VEIL_ALPHA = 170
_MARGIN_PX, _EDGE_PX = 1, 5
_ABOVE_DATA = 0.5


class StreamPlot(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A plot without mouse, menu or buttons. `x` is seconds before the right edge.

    Composed of pyqtgraph's parts: its own plot brings sixty widgets of settings that nobody sees.
    """

    def __init__(self, language: Callable[[], Language]) -> None:
        super().__init__(background=COLOURS.panel)
        self._language = language
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._time_axis = TimeAxis(language)
        self.view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._value_axis = ValueAxis(language)
        self._lay_out()
        self._bars = pg.BarGraphItem(x=[], height=[], width=1.0, pen=None, brush=COLOURS.data_bar)
        self._grid = pg.PlotCurveItem(antialias=False, pen=QPen(COLOURS.line, 0))
        self._line = pg.PlotCurveItem(antialias=False)
        self._lone = pg.ScatterPlotItem(size=_LONE_PX, pxMode=True, antialias=False, pen=None)
        self._dot = pg.ScatterPlotItem(size=_DOT_PX, pxMode=True, antialias=True)
        # Kept: for each pen that it has not seen pyqtgraph draws a dot's picture, and keeps that.
        self._dot_styles = {
            False: (pg.mkPen(COLOURS.text), pg.mkBrush(COLOURS.text)),
            True: (pg.mkPen(COLOURS.text_3), pg.mkBrush(COLOURS.panel)),
        }
        self._lone_brushes = {
            False: pg.mkBrush(COLOURS.data_line),
            True: pg.mkBrush(COLOURS.text_3),
        }
        self._words = pg.TextItem(anchor=(0.5, 0.5), color=COLOURS.text_2)
        self._words.setFont(font(HELP_PX))
        self._limits: list[tuple[pg.PlotCurveItem, pg.TextItem]] = []
        self._framed: tuple[object, ...] = ()
        for item in (self._grid, self._bars, self._line, self._lone, self._dot, self._words):
            self.view.addItem(item, ignoreBounds=True)

    def _lay_out(self) -> None:
        layout = self.centralLayout
        layout.setContentsMargins(_MARGIN_PX, _EDGE_PX, _EDGE_PX, _MARGIN_PX)
        layout.setSpacing(0)
        layout.addItem(self.view, 0, 1)
        for axis, row, column in ((self._value_axis, 0, 0), (self._time_axis, 1, 1)):
            axis.linkToView(self.view)
            axis.setZValue(_ABOVE_DATA)
            layout.addItem(axis, row, column)

    @property
    def columns(self) -> int:
        """Return how many pixels wide the data is drawn."""
        return max(50, round(float(self.view.width())))

    def viewportEvent(self, event: QEvent) -> bool:
        # pyqtgraph's view would take tooltips and wheel for itself.
        if event.type() in (QEvent.Type.ToolTip, QEvent.Type.Wheel):
            return False
        return bool(super().viewportEvent(event))

    def draw(
        self,
        curve: Curve,
        limits: Sequence[Limit],
        *,
        unit: str,
        end: Instant,
        span_s: float,
        bar_s: float | None,
        stale: bool,
        words: str,
    ) -> None:
        """Draw the curve up to `end`. `bar_s`: bars of at least this width in place of a line.

        `words` stand in the middle where there is nothing to draw.
        """
        ink = COLOURS.text_3 if stale else COLOURS.data_line
        low, high = value_range(curve.y.tolist(), limits, from_zero=bar_s is not None)
        shown = [limit for limit in limits if low <= limit.value <= high]
        texts = [self._limit_text(limit, unit) for limit in shown]
        gutter_s = self._gutter_s(texts, span_s)
        right_s = gutter_s or _LABEL_GAP_PX * span_s / self.columns
        if bar_s is not None:
            bar_s = max(bar_s, _BAR_PX * span_s / self.columns)
            right_s = max(right_s, bar_s)
        self._time_axis.run_to(end)
        self._value_axis.make_room(low, high, self._height())
        self.view.setRange(xRange=(-span_s, right_s), yRange=(low, high), padding=0)
        self._draw_data(curve, bar_s, end, ink, stale)
        inks = [limit.severity for limit in shown]
        frame = (end, low, high, right_s, self.size(), texts, inks, self._language())
        if frame != self._framed:
            self._framed = frame
            self._draw_grid(-span_s, (low, high))
            self._draw_limits(shown, texts, span_s, (low, high), inside=not gutter_s)
        self._words.setText(cleaned(words))
        self._words.setPos((right_s - span_s) / 2, (low + high) / 2)

    def _draw_grid(self, left: float, span: tuple[float, float]) -> None:
        """Draw a line up from each time. The axis' own grid would be drawn with each new value."""
        ticks = self._time_axis.ticks(left, self._time_axis.size().width())
        x, y = np.repeat(ticks, 2), np.tile(span, len(ticks))
        self._grid.setData(x, y, connect="pairs")

    def _draw_data(
        self, curve: Curve, bar_s: float | None, end: Instant, ink: QColor, stale: bool
    ) -> None:
        self._bars.setVisible(bar_s is not None)
        self._line.setVisible(bar_s is None)
        self._lone.setVisible(bar_s is None)
        if bar_s is not None:
            bars = bars_of(curve, end, bar_s)
            brush = COLOURS.text_3 if stale else COLOURS.data_bar
            self._bars.setOpts(x=bars.x, height=bars.y, width=_BAR_SHARE * bar_s, brush=brush)
            self._dot.setData([], [])
            return
        self._line.setData(curve.x, curve.y, connect=curve.joined, pen=QPen(ink, 0))
        lone = curve.lone
        self._lone.setData(curve.x[lone], curve.y[lone], brush=self._lone_brushes[stale])
        pen, brush = self._dot_styles[stale]
        self._dot.setData(curve.x[-1:], curve.y[-1:], brush=brush, pen=pen)

    def _draw_limits(
        self,
        limits: Sequence[Limit],
        texts: Sequence[str],
        span_s: float,
        span: tuple[float, float],
        *,
        inside: bool,
    ) -> None:
        low, high = span
        while len(self._limits) < len(limits):
            self._add_limit()
        label_px = max((label.boundingRect().height() for _, label in self._limits), default=0.0)
        label_value = label_px * (high - low) / max(1.0, self._height())
        for line, label in self._limits[len(limits) :]:
            line.setVisible(False)
            label.setVisible(False)
        values = [limit.value for limit in limits]
        feet = name_feet(values, label_value, span, inside=inside)
        x = -span_s if inside else _LABEL_FROM_NOW_PX * span_s / self.columns
        for (line, label), limit, text, foot in zip(
            self._limits, limits, texts, feet, strict=False
        ):
            colour = COLOURS.severity(limit.severity)
            pen = QPen(colour, 0)
            pen.setDashPattern([4, 4])
            line.setData(np.array([-span_s, 0.0]), np.array([limit.value] * 2), pen=pen)
            line.setVisible(True)
            label.setVisible(foot is not None)
            if foot is not None:
                label.setColor(colour)
                label.setText(text)
                label.setPos(x, foot)

    def _add_limit(self) -> None:
        line = pg.PlotCurveItem(antialias=False)
        # On a veil, so that it reads over bars.
        veil = QColor(COLOURS.panel)
        veil.setAlpha(_VEIL_ALPHA)
        label = pg.TextItem(anchor=(0.0, 1.0), fill=veil)
        label.setFont(font(LABEL_PX))
        label.textItem.document().setDocumentMargin(_LABEL_MARGIN_PX)
        self.view.addItem(line, ignoreBounds=True)
        self.view.addItem(label, ignoreBounds=True)
        self._limits.append((line, label))

    def _limit_text(self, limit: Limit, unit: str) -> str:
        language = self._language()
        value = language.quantity(limit.value, decimals_of(limit.value, unit))
        return f"{cleaned(source_word(language, limit.name)[:_LONGEST_NAME])} {value}"

    def _gutter_s(self, texts: Sequence[str], span_s: float) -> float:
        """Return the seconds right of now that the limits' names take; 0 where that is too much.

        Then they stand inside, above their lines.
        """
        metrics = QFontMetrics(font(LABEL_PX))
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        gutter, whole = widest + _LABEL_GAP_PX + 4, self.columns
        return span_s * gutter / (whole - gutter) if gutter <= _GUTTER_SHARE * whole else 0.0

    def _height(self) -> float:
        return float(self.view.height())
