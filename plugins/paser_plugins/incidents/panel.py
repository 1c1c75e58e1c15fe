"""The incidents panel: filter chips and search, the list, and the detail of what is picked."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from paser_command.api import (
    SECOND,
    SILENT,
    Acknowledge,
    AddNote,
    Frame,
    Incident,
    Mode,
    Region,
    Selection,
    Ticket,
    TicketState,
)
from paser_plugins.incidents.describe_incident import describe_incident
from paser_plugins.incidents.describe_other import describe_alert, describe_stream
from paser_plugins.incidents.describe_thing import describe_thing
from paser_plugins.incidents.description import Description
from paser_plugins.incidents.detail import DetailView
from paser_plugins.incidents.model import IncidentModel
from paser_plugins.incidents.order import Filter, count_inside, count_open
from paser_plugins.incidents.row import RowDelegate
from paser_plugins.incidents.view import IncidentView
from paser_plugins.incidents.words import (
    Headline,
    headline,
    incident_age,
    public_headline,
    second_line,
    state_word,
)
from paser_ui.api import (
    COLOURS,
    SEVERITY_WORDS,
    AreaChip,
    Chip,
    Panel,
    PanelContext,
    put_action,
    put_name,
    ticket_text,
)

_LONGEST_SEARCH = 100
_FIRST_SHARE = 0.52


class IncidentsPanel(Panel):
    """List above, detail below. The frame's selection is what is shown; clicks only ask for it."""

    shows_acts = True

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.setObjectName("incidents.panel")
        self._frame: Frame | None = None
        self._drawn: tuple[int, int, Filter | None] = (0, -1, None)
        self._counted: tuple[int, int] = (0, 0)
        self._inside = 0
        self._area: Region | None = None
        self._selected = Selection()
        self._tickets: tuple[Ticket, ...] = ()
        self._stale = True
        self._list_share = _FIRST_SHARE
        self._acts: dict[str, QAction] = {}
        self._search = QLineEdit()
        self._open_chip = Chip("incidents.filter_open")
        self._all_chip = Chip("incidents.filter_all")
        self._area_chip = AreaChip("incidents.area")
        self._model = IncidentModel(self._title_of, self._row_sentence, self)
        self._rows = RowDelegate(self._model, context, self._now, self._headline_of)
        self._view = IncidentView(self._model, self._rows)
        self._head = QWidget()
        self._detail = DetailView()
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect()
        self.retranslate()

    def render_frame(self, frame: Frame) -> None:
        """Draw the frame: the list where it changed, ages and detail once a second."""
        before, self._frame = self._frame, frame
        if frame.wall != (before is not None and before.wall):
            self._show_to_visitors(frame.wall)
        self._show_list(frame)
        moved = frame.selection != self._selected
        self._selected = frame.selection
        if moved:
            self._view.go_to(self._selected_incident())
        ticked = before is None or _looks_other(before, frame)
        if ticked:
            self._view.follow_ages(self._age)
        acted = frame.tickets != self._tickets or any(one.is_open for one in frame.tickets)
        self._tickets = frame.tickets
        if (ticked or moved or acted or self._stale) and not frame.wall:
            self._show_detail(frame)

    def retranslate(self) -> None:
        """Put the words on again."""
        tr = self.context.tr
        self._say_keys()
        put_name(self._search, tr("Search incidents"))
        put_name(self._view, tr("Incidents"))
        put_action(self._acts["search"], tr("Search incidents"))
        put_action(self._acts["acknowledge"], tr("Acknowledge the picked incident"))
        self._detail.name_texts(tr("Reports and notes"))
        self._say_counts()
        if self._frame:
            self._view.viewport().update()
            self._say_empty(self._frame)
            if not self._frame.wall:
                self._show_detail(self._frame)
        else:
            self._detail.actions_bar.retranslate(tr, live=True)
            self._detail.show_instead(tr("Waiting for the first picture"))

    def save_state(self) -> dict[str, str | int | float | bool]:
        """Return the filter, the search and how the panel is divided."""
        return {
            "open_only": self._open_chip.isChecked(),
            "words": self._search.text(),
            "list_share": self._list_share,
        }

    def restore_state(self, state: dict[str, str | int | float | bool]) -> None:
        """Take back what `save_state` returned."""
        if isinstance(open_only := state.get("open_only"), bool):
            (self._open_chip if open_only else self._all_chip).setChecked(True)
        if isinstance(words := state.get("words"), str):
            self._search.setText(words[:_LONGEST_SEARCH])
        share = state.get("list_share")
        if isinstance(share, float) and 0.1 <= share <= 0.9:
            self._list_share = share
            self._divide()

    def _lay_out(self) -> None:
        self._search.setObjectName("incidents.search")
        self._search.setMaxLength(_LONGEST_SEARCH)
        self._search.setClearButtonEnabled(True)
        for chip in (self._open_chip, self._all_chip):
            chip.setAutoExclusive(True)
        self._open_chip.setChecked(True)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(12, 5, 12, 5)
        head.setSpacing(8)
        head.addWidget(self._open_chip)
        head.addWidget(self._all_chip)
        head.addWidget(self._area_chip)
        head.addStretch(1)
        self._search.setMaximumWidth(220)
        head.addWidget(self._search, 2)
        above = QWidget()
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self._head)
        upper.addWidget(self._view, 1)
        self._splitter.setObjectName("incidents.splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(3)
        self._splitter.setStyleSheet(f"QSplitter::handle {{ background: {COLOURS.line.name()}; }}")
        self._splitter.addWidget(above)
        self._splitter.addWidget(self._detail)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)

    def _show_to_visitors(self, public: bool) -> None:
        """On the wall there is the list alone, and all of it: nobody sees what was searched for."""
        if public:
            self._search.clear()
        for widget in (self._head, self._detail):
            widget.setVisible(not public)
        self._view.viewport().update()

    def _divide(self) -> None:
        """Give the list its share, or all but a line while there is nothing to tell below it."""
        if self._detail.telling:
            share = self._list_share
            self._splitter.setSizes([round(10_000 * share), round(10_000 * (1 - share))])

    def _remember_division(self) -> None:
        top, below = self._splitter.sizes()
        if self._detail.telling and top + below:
            self._list_share = round(top / (top + below), 3)

    def _connect(self) -> None:
        self._splitter.splitterMoved.connect(self._remember_division)
        self._view.picked.connect(self._pick)
        self._search.textChanged.connect(self._filter_changed)
        self._search.returnPressed.connect(self._view.setFocus)
        self._open_chip.toggled.connect(self._filter_changed)
        self._area_chip.clicked.connect(lambda: self.context.look_at(None))
        bar = self._detail.actions_bar
        bar.acknowledged.connect(self._acknowledge)
        bar.noted.connect(self._note)
        self._act("search", "Ctrl+F", self._search.setFocus)
        self._act("acknowledge", "A", bar.acknowledge_button.click)

    def _say_keys(self) -> None:
        """Say by which key one searches, which a person may have changed."""
        key = self._acts["search"].shortcut().toString()
        self._search.setPlaceholderText(f"{self.context.tr('Search')}   {key}".rstrip())

    def _act(self, name: str, key: str, act: Callable[[], None]) -> None:
        """Put what can be done on the panel: the console shows it, with its key."""
        action = self._acts[name] = QAction(self)
        action.setObjectName(f"incidents.{name}")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        action.changed.connect(self._say_keys)
        self.addAction(action)

    def _show_list(self, frame: Frame) -> None:
        self._say_empty(frame)
        incidents = frame.picture.incidents
        shown = Filter(self._open_chip.isChecked(), self._search.text(), frame.area)
        drawn = (id(frame.picture), frame.picture.revision["incidents"], shown)
        if drawn == self._drawn and not frame.seeked:
            return
        same = self._drawn[:1] == drawn[:1] and not frame.seeked
        keys = frame.picture.changes("incidents", self._drawn[1]) if same else None
        self._drawn = drawn
        self._stale = True
        anew = frame.seeked

        def change() -> None:
            self._model.show(incidents, shown, keys=keys, anew=anew)

        self._view.keep_place(change, self._selected_incident())
        self._counted = (count_open(incidents.values()), len(incidents))
        self._count_inside(incidents, shown)
        self._say_counts()

    def _count_inside(self, incidents: Mapping[str, Incident], shown: Filter) -> None:
        self._area, only = shown.area, shown.open_only
        if shown.area is not None:
            self._inside = count_inside(incidents.values(), shown.area, open_only=only)

    def _selected_incident(self) -> str:
        return self._selected.key if self._selected.kind == "incident" else ""

    def _show_detail(self, frame: Frame) -> None:
        self._stale = False
        tr = self.context.tr
        incident = self._incident()
        live = frame.mode is Mode.LIVE
        bar = self._detail.actions_bar
        bar.setVisible(incident is not None)
        bar.retranslate(tr, live=live)
        if incident:
            taken = incident.acknowledged is not None or _is_saving(frame.tickets, incident.key)
            bar.serve(incident.key, waiting=not taken)
            self._say_act(frame.tickets, incident.key)
        description, before = self._describe(frame), self._detail.telling
        if description:
            self._detail.show_description(f"{self._selected}", description)
        else:
            self._detail.show_instead(self._nothing_picked(frame))
        if self._detail.telling is not before:
            self._divide()
            self._view.go_to(self._selected_incident())

    def _describe(self, frame: Frame) -> Description | None:
        context, picture = self.context, frame.picture
        key = self._selected.key
        match self._selected.kind:
            case "incident" if incident := picture.incidents.get(key):
                return describe_incident(context, picture, incident, frame.now)
            case "alert" if alert := picture.alerts.get(key):
                return describe_alert(context, picture, alert, frame.now)
            case "stream" if stream := picture.streams.get(key):
                return describe_stream(context, picture, stream, frame.now)
        return describe_thing(context, picture, self._selected, frame.now)

    def _nothing_picked(self, frame: Frame) -> str:
        tr = self.context.tr
        if self._selected.kind:
            time = self.context.language.moment(frame.now)
            return tr("What is picked is not in the picture of {time}", time=time)
        return tr("Pick an incident, a warning, a station or a unit to see what is known of it")

    def _say_counts(self) -> None:
        tr = self.context.tr
        self._open_chip.say(tr("open {n}", n=self._counted[0]))
        self._all_chip.say(tr("all {n}", n=self._counted[1]))
        self._say_area()

    def _say_area(self) -> None:
        """Say that what lies elsewhere is not in the list, and how much that is."""
        tr = self.context.tr
        if self._area is None:
            self._area_chip.say_area("", "")
            return
        of = self._counted[0] if self._open_chip.isChecked() else self._counted[1]
        text = tr("{n} of {all} in the area", n=self._inside, all=of)
        self._area_chip.say_area(text, tr("The list is limited to the area. Show all again."))

    def _say_empty(self, frame: Frame) -> None:
        tr, picture = self.context.tr, frame.picture
        silent = sum(picture.feed_state(key, frame.now) in SILENT for key in picture.feeds)
        if not frame.current:
            text, silent = tr("What stands is not known yet"), 0
        elif self._search.text():
            text = tr("No incident has these words in it")
        elif frame.area is not None:
            text = tr("No incident in the area")
        elif self._open_chip.isChecked():
            text = tr("No open incident")
        else:
            text = tr("No incident")
        if silent:
            text += "\n" + self.context.language.counted(
                "One feed is late or failing: there may be more",
                "{n} feeds are late or failing: there may be more",
                silent,
            )
        self._view.say_when_empty(text)

    def _row_sentence(self, incident: Incident) -> str:
        tr = self.context.tr
        age = self._age(incident)
        word, state = tr(SEVERITY_WORDS[incident.severity]), state_word(tr, incident)
        told = second_line(self.context.language, incident)
        return f"{word}, {self._title_of(incident)}, {told}, {state}, {age}"

    def _title_of(self, incident: Incident) -> str:
        return self._headline_of(incident).line

    def _headline_of(self, incident: Incident) -> Headline:
        """Return what happened and where; on the wall without a word of whoever reported."""
        if self._frame is not None and self._frame.wall:
            return public_headline(self.context.tr, incident)
        return headline(incident)

    def _age(self, incident: Incident) -> str:
        return incident_age(self.context.language, incident, self._now())

    def _now(self) -> int:
        return self._frame.now if self._frame else 0

    def _incident(self) -> Incident | None:
        if self._frame is None:
            return None
        return self._frame.picture.incidents.get(self._selected_incident())

    def _pick(self, key: str) -> None:
        self.context.select(Selection("incident", key))

    def _filter_changed(self) -> None:
        if self._frame:
            self._show_list(self._frame)

    def _acknowledge(self) -> None:
        if incident := self._incident():
            ticket = self.context.act(Acknowledge(), incident.key)
            self._say_ticket(ticket)
            self._detail.actions_bar.serve(incident.key, waiting=not ticket.is_open)

    def _note(self, text: str) -> None:
        if incident := self._incident():
            ticket = self.context.act(AddNote(text), incident.key)
            self._say_ticket(ticket)
            if ticket.state is not TicketState.REFUSED:
                self._detail.actions_bar.accept_note()
                self._detail.follow_texts()

    def _say_act(self, tickets: Sequence[Ticket], subject: str) -> None:
        """Say what became of the last act on the incident that is not simply saved."""
        own = [one for one in tickets if one.subject == subject]
        if own:
            self._say_ticket(own[-1])
        else:
            self._detail.actions_bar.say("", quiet=True)

    def _say_ticket(self, ticket: Ticket) -> None:
        text = ticket_text(ticket, self.context.language)
        quiet = ticket.state is TicketState.SAVING and not ticket.late
        self._detail.actions_bar.say(text, quiet=quiet)


def _looks_other(before: Frame, after: Frame) -> bool:
    """Tell whether ages or the mode differ on the screen."""
    return before.now // SECOND != after.now // SECOND or before.mode is not after.mode


def _is_saving(tickets: Sequence[Ticket], subject: str) -> bool:
    """Tell whether somebody here acknowledged it, and the journal does not have that yet."""
    return any(
        one.is_open and one.verb == "acknowledge" and one.subject == subject for one in tickets
    )
