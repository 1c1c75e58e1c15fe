"""What all panels and bars of one desk share: the session, the selection, the language."""

from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import QObject, Signal

from paser_command.geo import LonLat
from paser_command.language import Language
from paser_command.maps.services import MapServices
from paser_command.outbox.ticket import Ticket
from paser_command.region import Region
from paser_command.session.frames import Selection
from paser_command.session.session import Session
from paser_command.verbs.acknowledge import Acknowledge
from paser_ui.api import Contribution, Point
from paser_ui.times import COMMON, Times


class Source(msgspec.Struct, frozen=True):
    """A type of feed: its name in English, whose package translates it, and whom to name."""

    name: str
    package: str = ""
    attribution: str = ""


class Desk(QObject):
    """One selection, one area, one language, one session; the map's services; types of feeds.

    `place_wanted` gives a place, longitude and latitude, that somebody wants to see, and how close.
    `area` is what the panels' lists are limited to, None for everywhere. It is of the moment: no
    setting keeps it, and no bar of the window is limited by it. A desk made by `beside`, that of
    one window, shares all but the session, which may be moved in time alone. `contributions` gives
    what plugins add to the panels of others.
    """

    selection_changed = Signal()
    area_changed = Signal()
    language_changed = Signal()
    session_changed = Signal()
    place_wanted = Signal(object, float)

    def __init__(
        self,
        session: Session,
        *,
        maps: MapServices,
        language: str,
        zone: str,
        sources: Mapping[str, Source] | None = None,
        contributions: Callable[[Point], tuple[Contribution, ...]] = lambda _: (),
        main: "Desk | None" = None,
    ) -> None:
        super().__init__(main)
        self.maps = maps
        self.contributions = contributions
        self._main = main
        self._session = session
        self.times: Times = main.times if main else Times(lambda: self.session)
        self._time: int | None = COMMON
        self._sources = sources or {}
        self._selection = Selection()
        self._area: Region | None = None
        self._zone = zone
        self._languages: dict[tuple[str, str], Language] = main._languages if main else {}
        self._language = self._speak(language)

    def beside(self) -> "Desk":
        """Return the desk of one window more."""
        made = Desk(
            self.session,
            maps=self.maps,
            language=self.language.code,
            zone=self._zone,
            sources=self._sources,
            contributions=self.contributions,
            main=self,
        )
        self.selection_changed.connect(made.selection_changed)
        self.area_changed.connect(made.area_changed)
        self.language_changed.connect(made.language_changed)
        return made

    @property
    def session(self) -> Session:
        """What is shown: whose clock, and whose picture."""
        return self._session

    @property
    def own_time(self) -> bool:
        """Whether this desk is moved in time alone."""
        return self._main is not None and self._session is not self._main.session

    @property
    def time(self) -> int | None:
        """The number of the time that this desk is in; None for one that nobody else can join."""
        return self._time

    def join_time(self, number: int) -> None:
        """Be moved with all that are in the time of that number; one that is not there begins."""
        if self._main is not None and number != self._time:
            common = number == COMMON
            self._change(self._main.session if common else self.times.hold(number), number)

    def take_time(self, own: bool) -> None:
        """Be moved in time alone, where nobody else can join, or with the main window again."""
        if not own:
            self.join_time(COMMON)
        elif self._main is not None and self._time is not None:
            self._change(self._main.session.beside(), None)

    def _change(self, session: Session, number: int | None) -> None:
        before, left = self._session, self._time
        self._session, self._time = session, number
        self.session_changed.emit()
        if left is None:
            before.stop()
        elif left != COMMON:
            self.times.release(left)

    @property
    def selection(self) -> Selection:
        """What is picked."""
        return self._main.selection if self._main else self._selection

    @property
    def area(self) -> Region | None:
        """What the panels' lists are limited to."""
        return self._main.area if self._main else self._area

    @property
    def language(self) -> Language:
        """The language that the screen speaks now."""
        return self._main.language if self._main else self._language

    @property
    def tr(self) -> Callable[..., str]:
        """Return the language's own `tr`."""
        return self.language.tr

    def translated(self, text: str) -> str:
        """Return a text in the screen's language, if it is one of ours; else as it is."""
        return self.language.tr(text)

    def select(self, selection: Selection) -> None:
        """Pick a thing for all panels."""
        if self._main is not None:
            self._main.select(selection)
        elif selection != self._selection:
            self._selection = selection
            self.selection_changed.emit()

    def look_at(self, area: Region | None) -> None:
        """Limit the panels' lists to an area, or no longer."""
        if self._main is not None:
            self._main.look_at(area)
        elif area != self._area:
            self._area = area
            self.area_changed.emit()

    def go_to(self, place: LonLat, zoom: float) -> None:
        """Have a place shown by the panels that have places, at least so close."""
        self.place_wanted.emit(place, zoom)

    def speak(self, code: str) -> None:
        """Change the language of the whole screen."""
        if self._main is not None:
            self._main.speak(code)
        elif code != self._language.code:
            self._language = self._speak(code)
            self.language_changed.emit()

    def tell_times_in(self, zone: str) -> None:
        """Tell all times in another zone."""
        if zone != self._zone:
            self._zone = zone
            self._languages.clear()
            self._language = self._speak(self._language.code)
            self.language_changed.emit()

    def acknowledge(self, subject: str) -> Ticket:
        """Take notice of what is so now, whatever time the desk shows."""
        return self.session.act(Acknowledge(), subject, of_now=True)

    def source_name(self, source: str) -> str:
        """Return what a type of feed calls itself; its id where no plugin has it."""
        known = self._sources.get(source)
        return self.language_of(known.package).tr(known.name) if known else source

    def attribution(self, source: str) -> str:
        """Return whom to name beside what a type of feed gave; "" where nobody asks for it."""
        known = self._sources.get(source)
        return known.attribution if known else ""

    def language_of(self, package: str) -> Language:
        """Return the screen's language with a plugin's own words before ours."""
        return self._speak(self.language.code, package)

    def _speak(self, code: str, package: str = "") -> Language:
        made = self._languages.get((code, package))
        if made is None:
            catalogues = (package, "paser_resources") if package else ("paser_resources",)
            made = self._languages[(code, package)] = Language(code, self._zone, catalogues)
        return made
