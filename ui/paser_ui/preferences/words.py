"""The words of what a setting may be."""

from paser_command.language import LANGUAGES, Language
from paser_ui.preferences.schema import Field, Value

_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT", "UTC": "UTC"}
_CHOICE_WORDS = {
    ("theme", "dark"): "Dark",
    ("theme", "light"): "Light",
    ("zone", ""): "That of the site",
    ("sounds", "none"): "None",
    ("sounds", "critical"): "Critical ones only",
    ("sounds", "all"): "All",
}


def choice_text(field: Field, value: Value, language: Language) -> str:
    """Return a choice as people read it."""
    if field.name == "language":
        return LANGUAGES.get(str(value), "")
    if value in _ZONES:
        return f"{_ZONES[str(value)]} ({value})" if value != "UTC" else "UTC"
    word = _CHOICE_WORDS.get((field.name, str(value)))
    return language.tr(word) if word is not None else f"{value} {field.unit}".strip()
