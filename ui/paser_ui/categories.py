"""The words of the categories of reports and incidents, whose codes are in the glossary."""

from collections.abc import Callable

CATEGORY_WORDS = {
    "flood": "Flood",
    "landslide": "Landslide",
    "fire": "Fire",
    "forest_fire": "Forest and land fire",
    "earthquake": "Earthquake",
    "haze": "Haze",
    "storm": "Storm",
    "accident": "Accident",
    "tree": "Fallen tree",
    "streetlight": "Street light",
    "road": "Road",
    "medical": "Medical",
    "security": "Security",
    "waste": "Waste",
    "water": "Water",
    "other": "Other",
}

_LONGEST = 40


def category_word(tr: Callable[..., str], code: str) -> str:
    """Return the word of a category's code; the code itself where it is a new one."""
    word = CATEGORY_WORDS.get(code)
    return tr(word) if word else code[:_LONGEST]
