"""The words of kinds of things that can be found, and how close one goes to them."""

from paser_command.records import HOTSPOT

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
