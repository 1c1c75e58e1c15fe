"""The words of what can be found: kinds of things, winds, ways."""

from paser_command.coordinates import Notation
from paser_command.language import Language
from paser_command.maps.nearby import Near
from paser_command.records import HOTSPOT
from paser_ui.map.drawing.words import length_text

COORDINATES = "coordinates"
"""The kind of a result that is what was typed: coordinates."""

KIND_WORDS = {
    "district": "District",
    "town": "District seat",
    "river": "River",
    "incident": "Incident",
    "stream": "Station",
    "unit": "Unit",
    "drawing": "Drawing",
    "feature": "Feature",
    HOTSPOT: "Hotspot",
    "alert": "Warning",
    COORDINATES: "Coordinates",
}
"""The English word of each kind, and of what is more than its kind: give it to `tr`."""

ZOOMS = {"district": 10.5, "river": 10.5, "town": 12.5, COORDINATES: 14.0, "unit": 14.0}
ZOOM = 13.0
"""How close one goes to things by their kind, and to all others."""

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
