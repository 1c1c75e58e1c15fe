"""All that a plugin may know of the core. What is not here is nobody's but ours to change."""

from typing import TYPE_CHECKING

from paser_command import geojson
from paser_command.errors import FeedError, ParseError, PaserError, TransportError
from paser_command.feeds.context import Feed, FeedContext
from paser_command.feeds.documents import (
    clean_line,
    clean_text,
    closed_ring,
    decode_csv,
    decode_json,
    decode_part,
    decode_xml,
    each_of,
    good_ones,
    instant,
    link_of,
    number,
    place,
    place_of,
    severity_of,
)
from paser_command.geo import Box, Circle, Geometry, LonLat, Ring, bounds, distance_m, is_place
from paser_command.journal.trails import Trail
from paser_command.language import Language
from paser_command.maps.arrangement import Layers, gathered, merged, replaced
from paser_command.maps.definition import FileSource, LayerDefinition, LiveSource, TileSource
from paser_command.maps.layer_files import decode as decode_layers
from paser_command.maps.layer_files import encode as encode_layers
from paser_command.maps.services import MapServices
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
    Observation,
    Position,
    Quality,
    Record,
    Report,
    Severity,
    Stream,
    lon_lat,
)
from paser_command.region import Region
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

if TYPE_CHECKING:
    from paser_command.feeds.http import Answer, Http

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
    "SILENT",
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
    "Drawing",
    "Feature",
    "Feed",
    "FeedContext",
    "FeedError",
    "FeedHealth",
    "FeedState",
    "FileSource",
    "Frame",
    "Geometry",
    "Http",
    "Incident",
    "Instant",
    "Kind",
    "Language",
    "LayerDefinition",
    "Layers",
    "Limit",
    "LiveSource",
    "LonLat",
    "MapServices",
    "Mode",
    "Note",
    "Observation",
    "ParseError",
    "Part",
    "PaserError",
    "Picture",
    "Position",
    "Quality",
    "Record",
    "Region",
    "Report",
    "Ring",
    "Selection",
    "Series",
    "SeriesQuery",
    "Severity",
    "Shown",
    "Stream",
    "Summary",
    "TileSource",
    "Trail",
    "TrailQuery",
    "TransportError",
    "bounds",
    "clean_line",
    "clean_text",
    "closed_ring",
    "decode_csv",
    "decode_json",
    "decode_layers",
    "decode_part",
    "decode_xml",
    "distance_m",
    "each_of",
    "encode_layers",
    "gathered",
    "geojson",
    "good_ones",
    "instant",
    "is_place",
    "iso",
    "link_of",
    "lon_lat",
    "merged",
    "number",
    "parse_time",
    "place",
    "place_of",
    "replaced",
    "severity_of",
]


def __getattr__(name: str) -> object:
    """Load what speaks to servers once a feed asks for it: no panel does."""
    if name in ("Answer", "Http"):
        from paser_command.feeds import http

        return getattr(http, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
