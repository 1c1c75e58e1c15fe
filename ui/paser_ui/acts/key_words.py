"""A key as people read it: Ctrl+← for Ctrl+Left."""

from collections.abc import Callable

_KEY_WORDS = {"Space": "Space", "Return": "Enter", "Enter": "Enter"}
_SIGNS = {
    "Esc": "Esc",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Del": "Delete",
    "PgUp": "Page Up",
    "PgDown": "Page Down",
}


def key_text(key: str, tr: Callable[[str], str]) -> str:
    """Return the key, in Qt's portable text, as it is printed on the keyboard."""
    before, plus, last = key.rpartition("+") if not key.endswith("+") else (key[:-2], "+", "+")
    word = _KEY_WORDS.get(last)
    shown = tr(word) if word else _SIGNS.get(last, last)
    return f"{before}{plus}{shown}" if before else shown
