"""What a panel gets of the desk that it stands on, and of the session that it looks at."""

from collections.abc import Iterable

from paser_command.errors import InputError
from paser_command.language import Language
from paser_command.maps.services import MapServices
from paser_command.outbox.ticket import Ticket
from paser_command.region import Region
from paser_command.session.frames import Selection, SeriesQuery, TrailQuery
from paser_command.verbs.verb import VerbValue
from paser_ui.api import Contribution, Point
from paser_ui.desk import Desk
from paser_ui.view import View


class HostContext:
    """What one panel gets of the desk."""

    def __init__(self, owner: str, package: str, view: View) -> None:
        self._owner = owner
        self._package = package
        self._view = view

    @property
    def _desk(self) -> Desk:
        return self._view.desk

    @property
    def language(self) -> Language:
        """Return the language that the screen speaks now."""
        return self._desk.language_of(self._package)

    @property
    def maps(self) -> MapServices:
        """Return the map's way to the disk and the network."""
        return self._desk.maps

    def tr(self, text: str, **facts: object) -> str:
        """Return the English text in the screen's language."""
        return self.language.tr(text, **facts)

    def select(self, selection: Selection) -> None:
        """Pick a thing for all panels."""
        self._view.select(selection)

    def look_at(self, area: Region | None) -> None:
        """Limit all panels' lists to an area, or no longer."""
        self._view.look_at(area)

    def act(self, value: VerbValue, subject: str) -> Ticket:
        """Do something to a subject, upon what the panel shows."""
        return self._view.session.act(value, subject)

    def refusal(self, kind: type[VerbValue]) -> InputError | None:
        """Return why an act of this kind would be refused now."""
        return self._view.session.refusal(kind)

    def undo(self) -> Ticket | None:
        """Undo this seat's last act on a drawing."""
        return self._view.session.undo()

    def redo(self) -> Ticket | None:
        """Do again what this seat undid last."""
        return self._view.session.redo()

    def attribution(self, source: str) -> str:
        """Return whom to name beside what a type of feed gave."""
        return self._desk.attribution(source)

    def source_name(self, source: str) -> str:
        """Return what a type of feed calls itself."""
        return self._desk.source_name(source)

    def contributions(self, point: Point) -> tuple[Contribution, ...]:
        """Return what plugins add there."""
        return self._desk.contributions(point)

    def language_of(self, contribution: Contribution) -> Language:
        """Return the screen's language with the words of the plugin that added something."""
        return self._desk.language_of(contribution.package)

    def ask(self, queries: Iterable[SeriesQuery]) -> None:
        """Say which series the coming frames shall carry."""
        self._view.session.ask(self._owner, queries)

    def ask_trails(self, query: TrailQuery) -> None:
        """Say which units' trails the coming frames shall carry."""
        self._view.session.ask_trails(self._owner, query)
