"""The words of what is near a place: groups of things, winds, ways."""

from paser_command.coordinates import Notation
from paser_command.language import Language
from paser_command.maps.nearby import Near
from paser_map.drawing.words import length_text

GROUP_WORDS = {
    "incident": "Nearest open incidents",
    "unit": "Nearest units",
    "stream": "Nearest stations",
    "camera": "Nearest cameras",
}

NOTATION_WORDS = {
    Notation.DECIMAL: "Decimal",
    Notation.DMS: "Degrees",
    Notation.UTM: "UTM",
}

WIND_WORDS = {
    "N": "north",
    "NE": "north-east",
    "E": "east",
    "SE": "south-east",
    "S": "south",
    "SW": "south-west",
    "W": "west",
    "NW": "north-west",
}


def way_text(language: Language, near: Near) -> str:
    """Return how far a thing is and where: 1,24 km to the south-west."""
    length = length_text(language, near.metres)
    return language.tr(
        "{length} to the {wind}", length=length, wind=language.tr(WIND_WORDS[near.wind])
    )
