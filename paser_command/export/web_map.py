"""A web map: the journal's pictures of a moment or a time span as one HTML file."""

from collections.abc import Callable, Iterable, Set

import msgspec

from paser_command.export.basemap import basemap
from paser_command.export.film import Film
from paser_command.export.moments import moments, pictures
from paser_command.export.page import page
from paser_command.export.things import CONFIDENCES, LAYERS, SEVERITIES, Telling, things
from paser_command.feeds.documents import clean_line
from paser_command.geo import Box
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, Journal
from paser_command.language import Language
from paser_command.stand.coast import SOURCES
from paser_command.stand.stand import Stand
from paser_command.times import Instant, now

ENGINE = "Leaflet 1.9.3 (BSD-2-Clause)"

_LONGEST_TITLE = 120


class WebMap(msgspec.Struct, frozen=True, kw_only=True):
    """What a web map shows: a moment, or a span where `start` is before `end`.

    `box` is what it shows first, the home box where there is none. `personal` lets streets and
    operators' names through.
    """

    title: str
    start: Instant
    end: Instant
    layers: Set[str] = frozenset(LAYERS)
    box: Box | None = None
    personal: bool = False


class Origin(msgspec.Struct, frozen=True):
    """Where a map comes from: the journal, the site's name and stand, whom to name for a feed."""

    journal: Journal
    site: str
    source_name: Callable[[str, Language], str]
    stand: Stand


def web_map(
    origin: Origin, wanted: WebMap, language: Language, went_on: Callable[[float], None]
) -> bytes:
    """Return the page of the journal's pictures; JournalError, or InputError where it is too large.

    Called in any thread. `went_on` is told the share done, from 0 to 1, and may raise to end it.
    """
    film, sources = Film(), dict[str, None]()
    telling = Telling(wanted.start, language, wanted.personal)
    reader = Reader(origin.journal)
    try:
        for moment, picture in pictures(reader, moments(wanted.start, wanted.end), went_on):
            told = things(picture, wanted.layers, telling.at(moment))
            film.add(_label(moment, language), told)
            types = sorted({health.source for health in picture.feeds.values()})
            sources |= dict.fromkeys(origin.source_name(one, language) for one in types)
    finally:
        reader.close()
    value = {
        **_head(origin, wanted, language, sources),
        **film.tables(),
        "ground": (ground := basemap(origin.stand)),
        "box": _box(wanted.box, ground["home"]),
    }
    west, south, east, north = value["box"]
    title = clean_line(" · ".join(filter(None, (wanted.title, origin.site))), 2 * _LONGEST_TITLE)
    html = page(value, title=title, lon=(west + east) / 2, lat=(south + north) / 2)
    went_on(1.0)
    return html.encode()


def _head(
    origin: Origin, wanted: WebMap, language: Language, sources: Iterable[str]
) -> dict[str, object]:
    tr = language.tr
    schematic = [tr("district borders: schematic")] if origin.stand.schematic else []
    exercise = origin.journal.purpose() != REAL
    return {
        "language": language.code,
        "title": clean_line(wanted.title, _LONGEST_TITLE) or clean_line(origin.site),
        "about": " · ".join(
            (
                *filter(None, (clean_line(origin.site),)),
                _span(wanted, language),
                tr("made {moment}", moment=_moment(now(), language)),
            )
        ),
        "exercise": tr("Exercise").upper() if exercise else "",
        "sources": " · ".join((*filter(None, sources), *SOURCES, *schematic, ENGINE)),
        "layers": [
            {"id": name, "name": language.words(words)} for name, (words, _) in LAYERS.items()
        ],
        "words": {
            "legend": tr("Legend and layers"),
            "list": tr("List"),
            "severities": [language.words(word) for word in SEVERITIES.values()],
            "confidences": {int(one): language.words(word) for one, word in CONFIDENCES.items()},
            "filled": tr("filled: not acknowledged; outlined: acknowledged; pale: out of date"),
            "sources": tr("Sources"),
            "zoomIn": tr("Zoom in"),
            "zoomOut": tr("Zoom out"),
            "time": tr("Time"),
            "play": tr("Play"),
            "pause": tr("Pause"),
        },
    }


def _span(wanted: WebMap, language: Language) -> str:
    if wanted.start == wanted.end:
        return language.tr("as at {moment}", moment=_moment(wanted.end, language))
    return language.tr(
        "{start} to {end}",
        start=language.moment(wanted.start),
        end=_moment(wanted.end, language),
    )


def _label(moment: Instant, language: Language) -> str:
    return f"{language.date(moment)} · {language.time(moment, seconds=True)} " + (
        language.zone_label(moment)
    )


def _moment(moment: Instant, language: Language) -> str:
    return f"{language.moment(moment)} {language.zone_label(moment)}"


def _box(box: Box | None, home: list[float]) -> list[float]:
    return [box.west, box.south, box.east, box.north] if box else home
