"""What sources in Indonesia call limits and units, and the same on screens of any language."""

from collections.abc import Mapping

from paser_command.errors import Words
from paser_command.language import Language

LIMIT_WORDS: Mapping[str, Words] = {
    "Siaga 1": Words("Alert 1"),
    "Siaga 2": Words("Alert 2"),
    "Siaga 3": Words("Alert 3"),
    "Siaga 4": Words("Alert 4"),
    "Hujan lebat": Words("Heavy rain"),
    "Hujan sangat lebat": Words("Very heavy rain"),
    "Angin kencang": Words("Strong wind"),
    "Badai": Words("Storm"),
    "Pasang tinggi": Words("High tide"),
    "Potensi rob": Words("Tidal flood possible"),
    "Baik": Words("Good air"),
    "Sedang": Words("Moderate air"),
    "Tidak sehat": Words("Unhealthy air"),
    "Sangat tidak sehat": Words("Very unhealthy air"),
    "Berbahaya": Words("Hazardous air"),
    "Hati-hati": Words("Caution"),
    "Sulit dilalui": Words("Hard to pass"),
    "Tidak dapat dilalui": Words("Impassable"),
}
"""The English words of limits, by what BMKG, BPBD and the air quality index call them.

"Sedang" is a severity too: that it is one of the air is said, so that two things have two names.
"""

UNIT_WORDS: Mapping[str, Words] = {
    "mm/jam": Words("mm/h"),
    "km/jam": Words("km/h"),
    "m³/detik": Words("m³/s"),
    "m3/detik": Words("m³/s"),
}
"""The English units, by those in Indonesian."""

_ENGLISH = {words.template: words for words in (*LIMIT_WORDS.values(), *UNIT_WORDS.values())}


def source_word(language: Language, text: str) -> str:
    """Return what a source calls a limit or a unit in the screen's language; else as it is."""
    words = LIMIT_WORDS.get(text) or UNIT_WORDS.get(text) or _ENGLISH.get(text)
    return text if words is None else language.words(words)
