"""Words, numbers and dates as the people in the room read them, put on at the edge."""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from functools import cache, lru_cache
from gettext import c2py
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from paser_command.errors import ConfigError, PaserError, Words
from paser_command.redaction import without_address_secrets
from paser_command.times import HOUR, MINUTE, SECOND, Instant, to_datetime

LANGUAGES: Mapping[str, str] = {"id": "Bahasa Indonesia", "en": "English"}
"""The languages that the screen speaks, by code, each with its own name for itself."""

_ABBREVIATED_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

_SMALL, _TENTH, _LARGE, _THOUSAND = 1e-3, 0.1, 1e9, 1000.0
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Catalogue(NamedTuple):
    """What a package says in one language: by the English text, and by both of its numbers.

    `form` gives which of a text's forms a number takes in that language.
    """

    words: Mapping[str, str]
    counted: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]


@cache
def catalogue(package: str, code: str) -> Catalogue:
    """Return the translations that `package` ships as i18n/CODE.po.

    English is the language of the source, so it has no catalogue.
    """
    po = next((path for path in _catalogues(package, code) if path.is_file()), None)
    if po is None:
        return Catalogue({}, {}, lambda _: 0)
    from babel.messages.pofile import read_po  # parsers, which a panel's own import needs not

    read = read_po(BytesIO(po.read_bytes()), locale=code)
    words, counted = {}, {}
    for message in read:
        if isinstance(message.id, str) and isinstance(message.string, str) and message.string:
            words[message.id] = message.string
        elif isinstance(message.string, tuple) and all(message.string):
            counted[message.id[1]] = message.string
    return Catalogue(words, counted, c2py(read.plural_expr))


def _catalogues(package: str, code: str) -> Iterator[Path]:
    """Give where the catalogue may lie. Looked for without running the package's code."""
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        yield Path(folder) / "i18n" / f"{code}.po"


class Language:
    """One language and one zone: what turns codes and values into text."""

    def __init__(
        self,
        code: str = "id",
        zone: str = "Asia/Makassar",
        catalogues: tuple[str, ...] = ("paser_resources",),
    ) -> None:
        self.code = code
        self.zone_name = zone
        self.zone: tzinfo = ZoneInfo(zone)
        self._locale = Locale.parse(code)
        self._catalogues = tuple(catalogue(package, code) for package in catalogues)

    def tr(self, text: str, /, **facts: object) -> str:
        """Return the English text in this language, with the facts put in by name."""
        facts = {
            name: self.words(fact) if isinstance(fact, Words) else fact
            for name, fact in facts.items()
        }
        for one in self._catalogues:
            if text in one.words:
                text = one.words[text]
                break
        return text.format(**facts) if facts else text

    def counted(self, one: str, many: str, n: int, /, **facts: object) -> str:
        """Return one of two English texts, as the number asks for in this language, with it as {n}.

        The forms of other languages stand in their catalogues: as many as each has.
        """
        text = one if self._locale.plural_form(n) == "one" else many
        for known in self._catalogues:
            if many in known.counted:
                text = known.counted[many][known.form(n)]
                break
        return text.format(n=self.number(n), **facts)

    def words(self, words: Words) -> str:
        """Return the words in this language."""
        return self.tr(words.template, **words.facts)

    def error(self, error: PaserError) -> str:
        """Return an error's sentence in this language; a file's mistakes are a line each.

        An address in it, which a person or a server gave us, is told without its secrets.
        """
        if isinstance(error, ConfigError):
            return "\n".join(error.lines(self.error))
        return without_address_secrets(self.tr(error.template, **error.facts))

    def number(self, value: float, decimals: int = 0) -> str:
        """Return the number with its decimals, grouped and pointed as the language does."""
        return _number(value, decimals, self.code)

    def quantity(self, value: float, decimals: int = 0) -> str:
        """Return a measured number of any size: 3,42 or 0,0040 or 1,00×10⁹.

        It has these decimals, beneath a tenth as many as two digits need, and three digits with a
        power of ten where it is beneath a thousandth, or 1e9 and more.
        """
        size = abs(value)
        if size >= _LARGE or 0 < size < _SMALL:
            power = 3 * math.floor(math.log10(size) / 3)
            mantissa = float(f"{value / 10.0**power:.3g}")
            if abs(mantissa) >= _THOUSAND:
                mantissa, power = mantissa / _THOUSAND, power + 3
            return self.power(mantissa, 2 - math.floor(math.log10(abs(mantissa))), power)
        if 0 < size < _TENTH:
            decimals = max(decimals, 1 - math.floor(math.log10(size)))
        return self.number(value, decimals)

    def power(self, mantissa: float, decimals: int, power: int) -> str:
        """Return a number times a power of ten: 1,00×10⁹."""
        return f"{self.number(mantissa, decimals)}×10{str(power).translate(_RAISED)}"

    def time(self, instant: Instant, *, seconds: bool = False) -> str:
        """Return the time of day in the zone: 14.03 or 14:03."""
        separator = "." if self.code == "id" else ":"
        pattern = f"HH{separator}mm{separator}ss" if seconds else f"HH{separator}mm"
        return format_datetime(to_datetime(instant), pattern, self.zone, self._locale)

    def date(self, instant: Instant) -> str:
        """Return the day in the zone with its weekday: Senin, 23 November 2026."""
        moment = to_datetime(instant).astimezone(self.zone)
        return format_date(moment, "EEEE, d MMMM y", self._locale)

    def short_date(self, instant: Instant) -> str:
        """Return the day in the zone, short: 23 Nov."""
        return format_date(to_datetime(instant).astimezone(self.zone), "d MMM", self._locale)

    def moment(self, instant: Instant) -> str:
        """Return day and time in the zone: 23 Nov 14.03.27."""
        return f"{self.short_date(instant)} {self.time(instant, seconds=True)}"

    def zone_label(self, instant: Instant) -> str:
        """Return the zone's name as people say it: WITA."""
        return _ABBREVIATED_ZONES.get(self.zone_name) or str(
            to_datetime(instant).astimezone(self.zone).tzname()
        )

    def age(self, span: Instant) -> str:
        """Return how long ago in the largest whole unit: 40 dtk, 6 mnt, 2 jam, 3 hr."""
        if span < MINUTE:
            return self.tr("{n} s", n=max(0, span // SECOND))
        if span < HOUR:
            return self.tr("{n} min", n=span // MINUTE)
        if span < 48 * HOUR:
            return self.tr("{n} h", n=span // HOUR)
        return self.tr("{n} d", n=span // (24 * HOUR))


@lru_cache(512)
def _number(value: float, decimals: int, code: str) -> str:
    """A value is told by several panels, and again each second: to write it costs 0.1 ms."""
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=code)


def in_all_languages(error: PaserError) -> dict[str, str]:
    """Return the error's sentence in each language, by code, for one who may speak any."""
    return {code: Language(code).error(error) for code in LANGUAGES}
