"""All that a plugin may know of the core. What is not here is nobody's but ours to change."""

from typing import TYPE_CHECKING

from paser_command import geojson
from paser_command.errors import FeedError, ParseError, PaserError, TransportError
from paser_command.export.plan import ExportPlan
from paser_command.feeds.context import FeedContext
from paser_command.feeds.documents import (
    PassedOver,
    clean_line,
    clean_text,
    closed_ring,
    decode_csv,
    decode_json,
    decode_part,
    decode_xml,
    instant,
    link_of,
    number,
    place,
    place_of,
    readable,
    severity_of,
)
from paser_command.feeds.doors import Feed, Polled, Receipt, Sink, Snapshot, Streamed
from paser_command.geo import Box, Circle, Geometry, LonLat, Ring, bounds, distance_m, is_place
from paser_command.journal.trail import Trail
from paser_command.language import Language
from paser_command.outbox.ticket import Ticket, TicketState
from paser_command.picture.alarms import AlarmPhase, AlarmState
from paser_command.picture.drawings import Drawing
from paser_command.picture.incidents import Acknowledgement, Incident, Note
from paser_command.picture.part import Part
from paser_command.picture.picture import SILENT, Picture
from paser_command.picture.summary import Shown, Summary
from paser_command.records import (
    Alarm,
    Alert,
    AnyRecord,
    Command,
    Feature,
    FeedHealth,
    FeedState,
    Kind,
    Limit,
    Link,
    Observation,
    Position,
    Quality,
    Record,
    Report,
    Severity,
    Stream,
    lon_lat,
    shown_name,
)
from paser_command.region import Region
from paser_command.rules.rule import Rule, RuleContext, RulePlan
from paser_command.session.frames import (
    Frame,
    Mode,
    Selection,
    Series,
    SeriesQuery,
    TrailQuery,
)
from paser_command.times import DAY, HOUR, MINUTE, SECOND, Instant, iso
from paser_command.times import parse as parse_time
from paser_command.verbs.acknowledge import Acknowledge
from paser_command.verbs.note import AddNote
from paser_command.verbs.verb import Lost, Verb, VerbValue

if TYPE_CHECKING:
    from paser_command.feeds.http import Answer, Http

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
    "SILENT",
    "Acknowledge",
    "Acknowledgement",
    "AddNote",
    "Alarm",
    "AlarmPhase",
    "AlarmState",
    "Alert",
    "Answer",
    "AnyRecord",
    "Box",
    "Circle",
    "Command",
    "Drawing",
    "ExportPlan",
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
    "Kind",
    "Language",
    "Limit",
    "Link",
    "LonLat",
    "Lost",
    "Mode",
    "Note",
    "Observation",
    "ParseError",
    "Part",
    "PaserError",
    "PassedOver",
    "Picture",
    "Polled",
    "Position",
    "Quality",
    "Receipt",
    "Record",
    "Region",
    "Report",
    "Ring",
    "Rule",
    "RuleContext",
    "RulePlan",
    "Selection",
    "Series",
    "SeriesQuery",
    "Severity",
    "Shown",
    "Sink",
    "Snapshot",
    "Stream",
    "Streamed",
    "Summary",
    "Ticket",
    "TicketState",
    "Trail",
    "TrailQuery",
    "TransportError",
    "Verb",
    "VerbValue",
    "bounds",
    "clean_line",
    "clean_text",
    "closed_ring",
    "decode_csv",
    "decode_json",
    "decode_part",
    "decode_xml",
    "distance_m",
    "geojson",
    "instant",
    "is_place",
    "iso",
    "link_of",
    "lon_lat",
    "number",
    "parse_time",
    "place",
    "place_of",
    "readable",
    "severity_of",
    "shown_name",
]


def __getattr__(name: str) -> object:
    """Load what speaks to servers once a feed asks for it: no panel does."""
    if name in ("Answer", "Http"):
        from paser_command.feeds import http

        return getattr(http, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
