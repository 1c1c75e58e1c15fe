"""Names of things: one that nobody can see is no name."""

import unicodedata

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that are drawn as nothing: Hangul fillers, Braille's blank pattern."""


def shown_name(name: str, key: str) -> str:
    """Return the name, or the thing's key where the name has no character that can be seen."""
    return name if any(map(_is_seen, name)) else key


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK
