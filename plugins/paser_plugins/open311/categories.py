"""Which of our categories a city's service is, and how bad a report of it is by itself."""

import re
from collections.abc import Mapping

from paser_command.api import PaserError, Severity

SEVERITIES: Mapping[str, Severity] = {
    "flood": Severity.HIGH,
    "landslide": Severity.HIGH,
    "fire": Severity.HIGH,
    "forest_fire": Severity.HIGH,
    "earthquake": Severity.HIGH,
    "accident": Severity.HIGH,
    "medical": Severity.HIGH,
    "security": Severity.HIGH,
    "storm": Severity.MEDIUM,
    "haze": Severity.MEDIUM,
    "tree": Severity.MEDIUM,
    "water": Severity.LOW,
    "road": Severity.LOW,
    "streetlight": Severity.LOW,
    "waste": Severity.LOW,
    "other": Severity.LOW,
}
"""Our categories, each with the severity of a report of it."""

# Words in a service's code or name; the first category with one of them counts.
_WORDS = (
    ("flood", "banjir genangan rob flood flooding"),
    ("landslide", "longsor landslide"),
    ("forest_fire", "karhutla hutan lahan hotspot wildfire"),
    ("fire", "kebakaran api fire"),
    ("earthquake", "gempa earthquake"),
    ("haze", "asap kabut haze smoke"),
    ("storm", "angin badai beliung storm"),
    ("accident", "kecelakaan laka lakalantas accident crash"),
    ("tree", "pohon tree"),
    ("streetlight", "lampu pju streetlight"),
    ("medical", "medis kesehatan ambulans medical ambulance"),
    ("security", "keamanan ketertiban kerusuhan kriminal security"),
    ("waste", "sampah limbah waste garbage trash"),
    ("water", "pdam air water"),
    ("road", "jalan jembatan road pothole bridge"),
)
_CATEGORY_OF_WORD = {word: category for category, words in _WORDS for word in words.split()}
_ORDER = [category for category, _ in _WORDS]


def category_of(code: str, name: str, own: Mapping[str, str]) -> str:
    """Return the category of a service: from the site's `own` table, its code, or its words."""
    code = code.casefold()
    if code in own:
        return own[code]
    if code in SEVERITIES:
        return code
    words = re.findall(r"[a-z]+", f"{code} {name}".casefold())
    found = {_CATEGORY_OF_WORD[word] for word in words if word in _CATEGORY_OF_WORD}
    return min(found, key=_ORDER.index, default="other")


def read_categories(text: str) -> Mapping[str, str]:
    """Return the table of a setting such as "017=road, BJR=flood"; PaserError where it is none."""
    own: dict[str, str] = {}
    for pair in filter(None, (pair.strip() for pair in text.split(","))):
        code, _, category = (part.strip() for part in pair.partition("="))
        if category not in SEVERITIES:
            raise PaserError(
                "categories: {pair}: write CODE=CATEGORY with one of {known}",
                pair=pair,
                known=", ".join(SEVERITIES),
            )
        own[code.casefold()] = category
    return own
