"""The immutable records that the journal is made of.

Every record has `at` (when it was true in the city), `received` (when the room came to know it,
stamped once by the journal's writer), `feed` (who told) and `key` (stable for the thing it tells
about). Instants are `paser_command.times.Instant`. Records carry codes and values, never sentences
of ours; texts in them came from outside and are shown as plain text only.
"""

from enum import IntEnum, StrEnum

import msgspec

from paser_command.geo import Circle, Geometry, Ring
from paser_command.times import Instant


class Severity(IntEnum):
    """How bad it is: our one scale, on the screen Rendah, Sedang, Tinggi, Kritis."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Quality(IntEnum):
    """What the source says of its own number."""

    GOOD = 0
    UNCERTAIN = 1
    BAD = 2


class FeedState(StrEnum):
    """What a feed does. `late`: no good answer for two intervals, so its values are stale."""

    STARTING = "starting"
    LIVE = "live"
    LATE = "late"
    FAILING = "failing"


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What all records have."""

    feed: str
    key: str
    at: Instant
    received: Instant = 0


class Tagged(Record, frozen=True, kw_only=True):
    """A record with a place, and where that lies: put on once, by the collector.

    `district` is the code of the district ("64.01.04", "" outside of all), `schematic` says that
    it was told from cells that follow no official boundary, `fences` are the keys of geofences.
    """

    district: str = ""
    district_name: str = ""
    schematic: bool = False
    fences: tuple[str, ...] = ()


class Limit(msgspec.Struct, frozen=True):
    """A limit of a stream: at or above `value` it is `severity`. `name` is as the source says."""

    name: str
    value: float
    severity: Severity


class Stream(Tagged, frozen=True, kw_only=True, tag="stream"):
    """What a stream of numbers is: its name, unit, place, cadence and limits (lowest first)."""

    name: str
    unit: str
    lon: float | None = None
    lat: float | None = None
    interval_s: float = 60.0
    limits: tuple[Limit, ...] = ()


class Observation(Record, frozen=True, kw_only=True, tag="observation"):
    """One number of the stream `key`. `value` is finite."""

    value: float
    quality: Quality = Quality.GOOD


class Position(Record, frozen=True, kw_only=True, tag="position"):
    """Where the unit `key` is. Course in degrees from north, speed in metres a second."""

    lon: float
    lat: float
    speed_m_s: float | None = None
    course_deg: float | None = None
    name: str = ""
    status: str = ""


class Link(msgspec.Struct, frozen=True):
    """Why a report was joined to an incident: by which rule, and by which of its reports.

    `near`: it is close to that report in place and time. `same_id`: an authority gave both one id.
    `distance_m` is None where one of them has no place; `apart` is the time between them.
    """

    rule: str
    report: str
    distance_m: float | None
    apart: Instant


class Report(Tagged, frozen=True, kw_only=True, tag="report"):
    """Somebody or something says that something happened; a later record of the key replaces it.

    `began` is when it happened, `at` the time of this version. `incident` is the link that the
    collector's correlation put on it, "" before; `link` says why, None where the report began its
    incident. `category` is a code of the glossary, such as "flood"; `status` is the source's own
    word, `closed` what it means to us.

    `official_id` is the id by which an authority names what happened ("bmkg:2026-11-20T03:00:00Z"),
    the same from each of its feeds: two ids are two incidents. Empty where citizens tell it.
    """

    category: str
    severity: Severity
    title: str
    began: Instant
    text: str = ""
    lon: float | None = None
    lat: float | None = None
    place: str = ""
    status: str = ""
    closed: bool = False
    incident: str = ""
    link: Link | None = None
    official_id: str = ""


class Alert(Record, frozen=True, kw_only=True, tag="alert"):
    """A public warning that we received (CAP 1.2). `key` is its identifier, `at` its sent time.

    In force from `effective` to `expires` unless a later alert of `msg_type` Cancel or Update names
    it in `references`. The four words are CAP's own.
    """

    event: str
    headline: str
    severity: Severity
    effective: Instant
    expires: Instant
    description: str = ""
    instruction: str = ""
    msg_type: str = "Alert"
    status: str = "Actual"
    urgency: str = "Unknown"
    certainty: str = "Unknown"
    sender: str = ""
    area: str = ""
    polygons: tuple[Ring, ...] = ()
    circles: tuple[Circle, ...] = ()
    references: tuple[str, ...] = ()
    web: str = ""


HOTSPOT = "hotspot"
"""The layer of the features that satellites saw as heat; their severity is how sure that is."""


class Feature(Tagged, frozen=True, kw_only=True, tag="feature"):
    """A thing on a map layer; `gone` takes it away again, and so does the instant `until`."""

    layer: str
    name: str = ""
    geometry: Geometry | None = None
    severity: Severity = Severity.NONE
    properties: dict[str, str] = {}
    gone: bool = False
    until: Instant | None = None


class Alarm(Record, frozen=True, kw_only=True, tag="alarm"):
    """Our own judgement of the stream `subject`: raised or cleared, by which rule and why.

    `key` is stable for rule and subject. `value` is the number that did it, `limit` what it met.
    """

    rule: str
    subject: str
    raised: bool
    severity: Severity = Severity.NONE
    value: float = 0.0
    limit: Limit | None = None


class Command(Record, frozen=True, kw_only=True, tag="command"):
    """What an operator did. `key` is unique to the act, `subject` is what it was done to.

    `expected` is the state of the subject that the operator saw, in the words of its verb; "" where
    the verb asks for none.
    """

    verb: str
    subject: str
    arguments: dict[str, str] = {}
    who: str = ""
    seat: str = ""
    expected: str = ""


class FeedHealth(Record, frozen=True, kw_only=True, tag="health"):
    """How the feed `key` does: state, since when, and why as a code with facts."""

    state: FeedState
    since: Instant
    source: str = ""
    interval_s: float = 60.0
    reason: str = ""
    facts: dict[str, str | int | float] = {}


class Unknown(Record, frozen=True, kw_only=True, tag="unknown"):
    """A record that this program cannot read: it is carried, and never folded.

    `name` is its kind in the journal, `seq` its number there. Either a newer program or a plugin
    that is not here wrote it, and `body` is whole, as stored; or it is `damaged` on the disk.
    """

    name: str
    seq: int = 0
    body: bytes = b""
    damaged: bool = False
