"""What all panels and bars of one desk share: the session, the selection, the language."""

from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import QObject, Signal

from paser_command.geo import LonLat
from paser_command.language import Language
from paser_command.maps.services import MapServices
from paser_command.region import Region
from paser_command.session.frames import Selection
from paser_command.session.session import Session

ACKNOWLEDGE = "acknowledge"


class Source(msgspec.Struct, frozen=True):
    """A type of feed: its name in English, whose package translates it, and whom to name."""

    name: str
    package: str = ""
    attribution: str = ""


class Desk(QObject):
    """One selection, one area, one language, one session; the map's services; types of feeds.

    `place_wanted` gives a place, longitude and latitude, that somebody wants to see, and how close.
    `area` is what the panels' lists are limited to, None for everywhere. It is of the moment: no
    setting keeps it, and no bar of the window is limited by it.
    """

    selection_changed = Signal()
    area_changed = Signal()
    language_changed = Signal()
    place_wanted = Signal(object, float)

    def __init__(
        self,
        session: Session,
        *,
        maps: MapServices,
        language: str,
        zone: str,
        sources: Mapping[str, Source] | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.maps = maps
        self._sources = sources or {}
        self.selection = Selection()
        self.area: Region | None = None
        self._zone = zone
        self._languages: dict[tuple[str, str], Language] = {}
        self.language = self._speak(language)

    @property
    def tr(self) -> Callable[..., str]:
        """Return the language's own `tr`."""
        return self.language.tr

    def select(self, selection: Selection) -> None:
        """Pick a thing for all panels."""
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()

    def look_at(self, area: Region | None) -> None:
        """Limit the panels' lists to an area, or no longer."""
        if area != self.area:
            self.area = area
            self.area_changed.emit()

    def go_to(self, place: LonLat, zoom: float) -> None:
        """Have a place shown by the panels that have places, at least so close."""
        self.place_wanted.emit(place, zoom)

    def speak(self, code: str) -> None:
        """Change the language of the whole screen."""
        if code != self.language.code:
            self.language = self._speak(code)
            self.language_changed.emit()

    def tell_times_in(self, zone: str) -> None:
        """Tell all times in another zone."""
        if zone != self._zone:
            self._zone = zone
            self._languages.clear()
            self.language = self._speak(self.language.code)
            self.language_changed.emit()

    def acknowledge(self, subject: str) -> None:
        """Write to the journal that somebody here took notice."""
        self.session.command(ACKNOWLEDGE, subject)

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
