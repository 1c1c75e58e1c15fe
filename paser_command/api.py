"""All that a plugin may know of the core. What is not here is nobody's but ours to change."""

from paser_command.errors import FeedError, ParseError, PaserError, TransportError
from paser_command.feeds.context import Feed, FeedContext
from paser_command.feeds.http import Answer, Http
from paser_command.geo import Box, Circle, Geometry, LonLat, Ring, bounds, distance_m, is_place
from paser_command.language import Language
from paser_command.picture.alarms import AlarmPhase, AlarmState
from paser_command.picture.incidents import Acknowledgement, Incident, Note
from paser_command.picture.picture import Picture
from paser_command.records import (
    Alarm,
    Alert,
    AnyRecord,
    Command,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Observation,
    Position,
    Quality,
    Record,
    Report,
    Severity,
    Stream,
)
from paser_command.session.frames import Frame, Mode, Selection, Series, SeriesQuery
from paser_command.times import DAY, HOUR, MINUTE, SECOND, Instant, iso
from paser_command.times import parse as parse_time

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
    "Acknowledgement",
    "Alarm",
    "AlarmPhase",
    "AlarmState",
    "Alert",
    "Answer",
    "AnyRecord",
    "Box",
    "Circle",
    "Command",
    "Feature",
    "Feed",
    "FeedContext",
    "FeedError",
    "FeedHealth",
    "FeedState",
    "Frame",
    "Geometry",
    "Http",
    "Incident",
    "Instant",
    "Language",
    "Limit",
    "LonLat",
    "Mode",
    "Note",
    "Observation",
    "ParseError",
    "PaserError",
    "Picture",
    "Position",
    "Quality",
    "Record",
    "Report",
    "Ring",
    "Selection",
    "Series",
    "SeriesQuery",
    "Severity",
    "Stream",
    "TransportError",
    "bounds",
    "distance_m",
    "is_place",
    "iso",
    "parse_time",
]
