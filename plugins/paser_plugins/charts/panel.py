"""The charts panel: streams side by side in as many rows as fit, or the one picked, large."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from paser_command.api import HOUR, SECOND, Frame, Instant, Mode, Selection, SeriesQuery
from paser_plugins.charts.chart import StreamChart
from paser_plugins.charts.choice import Choice, Why, choose
from paser_plugins.charts.scale import asked_span
from paser_ui.api import (
    LABEL_PX,
    TEXT_PX,
    AreaChip,
    Chip,
    ElidedLabel,
    Panel,
    PanelContext,
    font,
    plain_label,
    put_text,
)

WINDOWS_H = (1, 6, 24, 7 * 24, 30 * 24)
_FIRST_H = 6
_DAY_H = 24
_LEAST_CHART_PX = 300
_LIVE_STEP = 5 * SECOND
"""How often the journal is asked while the clock is live, or each 32nd part of a wide column."""
_LIVE_PARTS = 32
_MOST_ACROSS, _MOST_DOWN = 3, 3


class SeriesPanel(Panel):
    """Charts of what the selection asks for, asked anew as the clock moves."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.setObjectName("charts.panel")
        self._frame: Frame | None = None
        self._choice: Choice | None = None
        self._chosen_for: tuple[object, ...] = ()
        self._asked: tuple[tuple[str, int], ...] = ()
        self._asked_window: Instant = 0
        self._columns = 0
        self._asked_at: Instant = 0
        self._why = ElidedLabel(font=font(LABEL_PX), role="3")
        self._why.setObjectName("charts.why")
        self._all_chip = Chip("charts.all")
        self._area_chip = AreaChip("charts.area")
        self._windows = {hours: Chip(f"charts.window{hours}h") for hours in WINDOWS_H}
        self._charts: list[StreamChart] = []
        self._instead = plain_label(font=font(TEXT_PX), role="2")
        self._instead.setObjectName("charts.instead")
        self._lay_out()
        self.retranslate()

    def render_frame(self, frame: Frame) -> None:
        """Draw the charts, and ask for what the next frames shall carry."""
        self._frame = frame
        choice = self._choose(frame)
        columns, rows = self._room()
        streams = choice.streams[: columns * rows]
        while len(self._charts) < len(streams):
            self._add_chart()
        self._arrange(min(columns, len(streams)))
        self._tell(frame, choice)
        for chart, stream in zip(self._charts, streams, strict=False):
            chart.show()
            chart.draw(stream, frame, window=self._window(), alone=len(streams) == 1)
        for chart in self._charts[len(streams) :]:
            chart.hide()
        self._ask(frame, [stream.key for stream in streams])

    def retranslate(self) -> None:
        """Put the words on again."""
        tr = self.context.tr
        for hours, chip in self._windows.items():
            chip.say(tr("{n} h", n=hours) if hours <= _DAY_H else tr("{n} d", n=hours // _DAY_H))
        self._all_chip.say(tr("overview"))
        if self._frame:
            self.render_frame(self._frame)
        else:
            put_text(self._instead, tr("Waiting for the first picture"))

    def save_state(self) -> dict[str, str | int | float | bool]:
        """Return how many hours are shown."""
        return {"window_h": self._window() // HOUR}

    def restore_state(self, state: dict[str, str | int | float | bool]) -> None:
        """Take back what `save_state` returned."""
        hours = state.get("window_h")
        if isinstance(hours, int) and hours in self._windows:
            self._windows[hours].setChecked(True)

    def _choose(self, frame: Frame) -> Choice:
        """Return which streams to draw: what presses most is looked for once a second."""
        picture = frame.picture
        second, streams = frame.now // SECOND, picture.revision["streams"]
        asked = (id(picture), second, streams, frame.selection, frame.area)
        if self._choice is None or frame.seeked or asked != self._chosen_for:
            self._choice, self._chosen_for = choose(frame), asked
        return self._choice

    def _window(self) -> Instant:
        return HOUR * next(hours for hours, chip in self._windows.items() if chip.isChecked())

    def _tell(self, frame: Frame, choice: Choice) -> None:
        tr = self.context.tr
        match choice.why:
            case Why.PICKED:
                why = tr("The picked station")
            case Why.NEAR:
                title = frame.personal(choice.title[:120], tr("what is picked"))
                why = tr("Nearest to {title}", title=title)
            case Why.PRESSING:
                why = tr("The most pressing stations")
        put_text(self._why, why if choice.streams else "")
        self._all_chip.setVisible(choice.why is not Why.PRESSING and not frame.wall)
        for chip in self._windows.values():
            chip.setVisible(not frame.wall)
        self._instead.setVisible(not choice.streams)
        nowhere = tr("No station has told anything yet")
        put_text(self._instead, tr("No station in the area") if choice.elsewhere else nowhere)
        self._tell_area(frame, choice)

    def _tell_area(self, frame: Frame, choice: Choice) -> None:
        """Say that stations elsewhere are left out; not where what is picked decides alone."""
        tr = self.context.tr
        limited = frame.area is not None and choice.why is Why.PRESSING
        every = len(frame.picture.streams)
        text = tr("{n} of {all} in the area", n=every - choice.elsewhere, all=every)
        self._area_chip.say_area(
            text if limited else "", tr("The charts are limited to the area. Show all again.")
        )

    def _ask(self, frame: Frame, streams: list[str]) -> None:
        window = self._window()
        asked = tuple(
            (key, chart.plot.columns) for key, chart in zip(streams, self._charts, strict=False)
        )
        same = asked == self._asked and window == self._asked_window
        if same and not frame.seeked and not self._clock_moved(frame, window):
            return
        self._asked, self._asked_window, self._asked_at = asked, window, frame.now
        self.context.ask(
            SeriesQuery(key, *asked_span(frame.now, window, columns)) for key, columns in asked
        )

    def _clock_moved(self, frame: Frame, window: Instant) -> bool:
        """Tell whether an answer to this moment would look other than the last one."""
        moved = abs(frame.now - self._asked_at)
        if frame.mode is Mode.PAUSED:
            return moved > 0
        widest = max((columns for _, columns in self._asked), default=1)
        column = max(SECOND, window // widest)
        # Live, the newest value is in the picture; the answer has those between.
        step = min(column, max(_LIVE_STEP, column // _LIVE_PARTS))
        return moved >= (step if frame.mode is Mode.LIVE else column)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 12, 0)
        head.setSpacing(6)
        head.addWidget(self._why, 1)
        head.addWidget(self._area_chip)
        self._all_chip.setCheckable(False)
        self._all_chip.hide()
        head.addWidget(self._all_chip)
        for chip in self._windows.values():
            chip.setAutoExclusive(True)
            head.addWidget(chip)
        self._windows[_FIRST_H].setChecked(True)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self._instead.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._instead.setWordWrap(True)
        self._grid.addWidget(self._instead, _MOST_DOWN, 0, 1, _MOST_ACROSS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(self._grid, 1)
        self._arrange(_MOST_ACROSS)
        self._connect()

    def _add_chart(self) -> None:
        """Make one more chart: a plot costs some fifty milliseconds, and most rooms need three."""
        chart = StreamChart(self.context, len(self._charts))
        chart.picked.connect(self._pick)
        self._charts.append(chart)
        columns = self._columns or _MOST_ACROSS
        number = len(self._charts) - 1
        self._grid.addWidget(chart, number // columns, number % columns)

    def _room(self) -> tuple[int, int]:
        """Return how many charts there is room for, side by side and in rows."""
        across = max(1, min(_MOST_ACROSS, self.width() // _LEAST_CHART_PX))
        return across, max(1, min(_MOST_DOWN, self.height() // _LEAST_CHART_PX))

    def _arrange(self, columns: int) -> None:
        """Stand the charts in rows of so many."""
        if columns == self._columns or not columns:
            return
        self._columns = columns
        for number, chart in enumerate(self._charts):
            self._grid.addWidget(chart, number // columns, number % columns)
        for column in range(_MOST_ACROSS):
            self._grid.setColumnStretch(column, int(column < columns))

    def _connect(self) -> None:
        self._all_chip.clicked.connect(self._unpick)
        self._area_chip.clicked.connect(lambda: self.context.look_at(None))
        for chip in self._windows.values():
            chip.toggled.connect(self._draw_again)

    def _pick(self, stream: str) -> None:
        self.context.select(Selection("stream", stream))

    def _unpick(self) -> None:
        self.context.select(Selection())

    def _draw_again(self, checked: bool) -> None:
        if checked and self._frame:
            self.render_frame(self._frame)
