"""The manual's sections: their anchors, and which of them is about what has the focus."""

import re
from collections.abc import Mapping

import msgspec

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)
_OUTSIDE_LINK = re.compile(r"\[([^\]]*)\]\((?!#)[^)]*\)")

SECTION_OF: Mapping[str, Mapping[str, str]] = {
    "map.map": {"id": "peta", "en": "the-map"},
    "incidents.incidents": {"id": "mengakui-dan-mencatat", "en": "acknowledging-and-notes"},
    "charts.series": {"id": "grafik", "en": "charts"},
    "feeds.health": {
        "id": "sumber-yang-lama-atau-gagal",
        "en": "feeds-that-are-late-or-failing",
    },
    "alarmStrip": {"id": "mengakui-dan-mencatat", "en": "acknowledging-and-notes"},
    "timeline": {"id": "masa-lalu", "en": "the-past"},
    "palette": {"id": "palet-perintah", "en": "the-command-palette"},
    "settings": {"id": "pengaturan-dan-tombol-sendiri", "en": "settings-and-own-keys"},
}
"""The anchors by a panel's id or a widget's name, and by language."""


class Section(msgspec.Struct, frozen=True):
    """A heading: how deep it is (1 is the title), its words, and the anchor of it."""

    level: int
    title: str
    anchor: str


def sections(markdown: str) -> list[Section]:
    """Return the sections in their order."""
    return [
        Section(len(found[1]), found[2], anchor_of(found[2]))
        for found in _HEADING.finditer(_FENCE.sub("", markdown))
    ]


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading, as links to it are written."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def without_outside_links(markdown: str) -> str:
    """Return the text with only the words of links that lead out of it: nothing can follow them."""
    return _OUTSIDE_LINK.sub(r"\1", markdown)
