"""The feed health panel: a table of feeds, and the picked one's reason in full below it."""

import msgspec
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QVBoxLayout

from paser_command.api import SECOND, FeedHealth, FeedState, Frame, Selection
from paser_plugins.feeds.model import Column, HealthModel
from paser_plugins.feeds.table import FeedTable
from paser_plugins.feeds.words import STATE_WORDS, WHY, answered, clock_text, heard, reason_text
from paser_ui.api import HELP_PX, Panel, PanelContext, font, plain_label, put_name, put_text

_ROW_PX = 25
_LONGEST = 400
_WIDE_PX = 620
"""Below this width the reason stands only in the sentence below, and the interval nowhere."""

_WIDTHS = {Column.STATE: 92, Column.FEED: 214, Column.AGE: 132, Column.INTERVAL: 56}


class HealthPanel(Panel):
    """Feeds that fail stand on top; picking a row picks the feed for all panels."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.setObjectName("feeds.panel")
        self._frame: Frame | None = None
        self._drawn: tuple[object, ...] = ()
        self._syncing = False
        self._model = HealthModel(context, self)
        self._table = FeedTable()
        self._sentence = plain_label(font=font(HELP_PX), role="2")
        self._lay_out()
        self._table.selectionModel().currentRowChanged.connect(self._pick)
        self.retranslate()

    def render_frame(self, frame: Frame) -> None:
        """Draw the frame: once a second, and where a feed or the selection changed."""
        self._frame = frame
        drawn = (
            id(frame.picture),
            frame.picture.revision["feeds"],
            frame.now // SECOND,
            frame.selection,
            frame.wall,
            self.context.language.code,
        )
        if drawn == self._drawn and not frame.seeked:
            return
        self._drawn = drawn
        feeds = [_told_to(frame, feed) for feed in heard(frame.picture, frame.now)]
        self._syncing = True
        try:
            self._model.show(feeds, frame.now, answered(frame.picture))
            self._show_selection(frame.selection)
        finally:
            self._syncing = False
        self._say(feeds, frame.selection)

    def retranslate(self) -> None:
        """Put the words on again."""
        put_name(self._table, self.context.tr("Feed health"))
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._frame:
            self.render_frame(self._frame)
        else:
            put_text(self._sentence, self.context.tr("Waiting for the first picture"))

    def save_state(self) -> dict[str, str | int | float | bool]:
        """Return how wide the columns are."""
        return {column.name.lower(): self._table.columnWidth(column) for column in _WIDTHS}

    def restore_state(self, state: dict[str, str | int | float | bool]) -> None:
        """Take back what `save_state` returned."""
        for column in _WIDTHS:
            width = state.get(column.name.lower())
            if isinstance(width, int) and 30 <= width <= 1000:
                self._table.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in (Column.INTERVAL, Column.REASON):
            self._table.setColumnHidden(column, self.width() < _WIDE_PX)

    def _lay_out(self) -> None:
        table = self._table
        table.setObjectName("feeds.table")
        table.setModel(self._model)
        table.setFont(font(HELP_PX, tabular=True))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        self._sentence.setObjectName("feeds.sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setContentsMargins(6, 6, 12, 8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(table, 1)
        whole.addWidget(self._sentence)

    def _show_selection(self, selection: Selection) -> None:
        row = self._model.row_of(selection.key) if selection.kind == "feed" else -1
        current = self._table.currentIndex()
        chosen = self._table.selectionModel()
        if row < 0:
            chosen.clear()
        elif row != current.row() or not chosen.hasSelection():
            index = self._model.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            chosen.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _say(self, feeds: list[FeedHealth], selection: Selection) -> None:
        key = selection.key if selection.kind == "feed" else ""
        picked = next((feed for feed in feeds if feed.key == key), None)
        put_text(self._sentence, self._told(picked) if picked else self._summary(feeds))

    def _told(self, feed: FeedHealth) -> str:
        tr, language = self.context.tr, self.context.language
        reason = reason_text(tr, language, feed) or tr(STATE_WORDS[feed.state])
        context = self.context
        named = context.attribution(feed.source) or context.source_name(feed.source)
        since = tr("since {time}", time=language.moment(feed.since))
        clock = clock_text(tr, language, feed)
        return " · ".join(filter(None, (feed.key, named[:_LONGEST], reason, clock, since)))

    def _summary(self, feeds: list[FeedHealth]) -> str:
        tr = self.context.tr
        if not feeds:
            return tr("No feed has told anything yet")
        live = sum(feed.state is FeedState.LIVE for feed in feeds)
        text = tr("{live} of {n} feeds are live", live=live, n=len(feeds))
        worst = self._model.feed(0)
        if reason := reason_text(tr, self.context.language, worst):
            text = f"{text} · {worst.key}: {reason}"
        return text

    def _pick(self, current: QModelIndex) -> None:
        if current.isValid() and not (self._syncing or self._table.focusing):
            self.context.select(Selection("feed", self._model.feed(current.row()).key))


def _told_to(frame: Frame, feed: FeedHealth) -> FeedHealth:
    """Return the health without words of servers and files in its reason, on the wall."""
    facts = {
        name: frame.personal(fact, "…") if isinstance(fact, str) and name != WHY else fact
        for name, fact in feed.facts.items()
    }
    return msgspec.structs.replace(feed, facts=facts) if facts != feed.facts else feed
