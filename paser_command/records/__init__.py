"""The immutable records that the journal is made of, their kinds and their bodies."""

from paser_command.records.bodies import BODY_VERSION, DamagedRecordError
from paser_command.records.kinds import BUILT_IN_KINDS, Kind, Kinds, built_in_kinds, lon_lat
from paser_command.records.names import shown_name
from paser_command.records.values import (
    HOTSPOT,
    Alarm,
    Alert,
    Command,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Link,
    Observation,
    Position,
    Quality,
    Record,
    Report,
    Severity,
    Stream,
    Tagged,
    Unknown,
)

AnyRecord = Record
"""Any record: of a kind of ours, or of a plugin's."""

__all__ = [
    "BODY_VERSION",
    "BUILT_IN_KINDS",
    "HOTSPOT",
    "Alarm",
    "Alert",
    "AnyRecord",
    "Command",
    "DamagedRecordError",
    "Feature",
    "FeedHealth",
    "FeedState",
    "Kind",
    "Kinds",
    "Limit",
    "Link",
    "Observation",
    "Position",
    "Quality",
    "Record",
    "Report",
    "Severity",
    "Stream",
    "Tagged",
    "Unknown",
    "built_in_kinds",
    "lon_lat",
    "shown_name",
]
