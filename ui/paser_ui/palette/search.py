"""What the palette looks through: the acts of now, and the picture, followed while it is open."""

from collections.abc import Callable, Iterable

from paser_command.coordinates import Notation, format_place, parse_place
from paser_command.language import Language
from paser_command.maps.findable import PictureSearch
from paser_command.picture.picture import Picture
from paser_command.picture.summary import Summary
from paser_command.session.frames import Selection
from paser_command.stand.stand import Place
from paser_ui.acts.acts import Acts
from paser_ui.finding.words import COORDINATES
from paser_ui.palette.words import KINDS, findable_act

MOST = 40
MOST_RECENT = 12


class PaletteSearch:
    """Finds by name; remembers what was used last, the newest first."""

    def __init__(
        self, acts: Acts, language_of: Callable[[str], Language], places: Iterable[Place]
    ) -> None:
        """`places` are what the site's stand names.

        `language_of` gives the screen's language with a package's own words before ours.
        """
        self._acts = acts
        self._language_of = language_of
        self._search = PictureSearch(KINDS, places)
        self._listed: list[Summary] = []
        self._recent: list[Summary] = []

    @property
    def behind(self) -> bool:
        """Whether there is more of the picture to take in."""
        return self._search.behind

    def follow(self, picture: Picture) -> bool:
        """Take in some of what has changed in the picture; tell whether anything has."""
        return self._search.follow(picture)

    def take_acts(self) -> None:
        """Take in the acts that can be done now, in the words of now."""
        for kind in KINDS:
            self._search.index.forget(kind)
        able = sorted((act for act in self._acts if act.enabled()), key=lambda act: act.group)
        self._listed = [findable_act(act, self._language_of(act.package)) for act in able]
        self._search.index.put(self._listed)
        now = {(one.kind, one.key): one for one in self._listed}
        self._recent = [
            now.get((one.kind, one.key), one)
            for one in self._recent
            if one.kind not in KINDS or (one.kind, one.key) in now
        ]

    def find(self, text: str) -> list[Summary]:
        """Return what fits; for an empty text what was used last, and then all acts."""
        if not text.strip():
            used = {(one.kind, one.key) for one in self._recent}
            return [*self._recent, *(a for a in self._listed if (a.kind, a.key) not in used)]
        place = parse_place(text)
        found = self._search.index.find(text, MOST)
        return [self._coordinates(*place), *found] if place else found

    def used(self, found: Summary) -> None:
        """Remember what was used last."""
        of = Selection(found.kind, found.key)
        rest = [one for one in self._recent if Selection(one.kind, one.key) != of]
        self._recent = [found, *rest][:MOST_RECENT]

    def _coordinates(self, lon: float, lat: float) -> Summary:
        name = format_place(lon, lat, Notation.DMS, self._language_of("").tr)
        key = f"{lon:.7f} {lat:.7f}"
        return Summary(kind=COORDINATES, key=key, name=name, lon=lon, lat=lat)
