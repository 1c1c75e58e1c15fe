"""The picture as lines for a person at a terminal, in their language."""

from collections.abc import Iterator, Mapping
from typing import Any

from paser_command.errors import Words
from paser_command.language import Language
from paser_command.picture.drawing_change import DrawnShape, Purpose
from paser_command.records import FeedState, Severity

LABEL_WIDTH = 9

_SEVERITIES = {
    Severity.NONE: Words("Normal"),
    Severity.LOW: Words("Low"),
    Severity.MEDIUM: Words("Medium"),
    Severity.HIGH: Words("High"),
    Severity.CRITICAL: Words("Critical"),
}
_FEED_STATES = {
    FeedState.STARTING: Words("starting"),
    FeedState.LIVE: Words("live"),
    FeedState.LATE: Words("late"),
    FeedState.FAILING: Words("failing"),
}
_SHAPES = {
    DrawnShape.POINT: Words("point"),
    DrawnShape.LINE: Words("line"),
    DrawnShape.AREA: Words("polygon"),
    DrawnShape.CIRCLE: Words("circle"),
    DrawnShape.TEXT: Words("text"),
}
_PURPOSES = {
    Purpose.ANNOTATION: Words("annotation"),
    Purpose.GEOFENCE: Words("geofence"),
}

_REASONS = {
    "person": Words("by a person"),
    "start": Words("at the start"),
    "rotation": Words("by rotation"),
    "rule": Words("by the rule"),
}


def picture_lines(value: Mapping[str, Any], speaking: Language) -> Iterator[str]:
    """Give the lines of what `picture --json` prints."""
    tr = speaking.tr
    known = value["reading"] == "known"
    reading = tr("as known") if known else tr("as happened")
    exercise = f" {tr('Exercise').upper()}" if value["exercise"] else ""
    yield f"{value['instant']} ({reading}){exercise}"
    for incident in value["incidents"]:
        yield _line(tr("incident"), _incident(incident, speaking))
    for alert in value["alerts"]:
        yield _line(tr("warning"), f"{_severity(alert, speaking)} {alert['headline']}")
    for stream in value["streams"]:
        yield _line(tr("stream"), _stream(stream, speaking))
    for unit in value["units"]:
        yield _line(tr("unit"), f"{unit['name'] or unit['key']} {unit['lon']} {unit['lat']}")
    for drawing in value["drawings"]:
        yield _line(tr("drawing"), _drawing(drawing, speaking))
    for feed in value["feeds"]:
        state = speaking.words(_FEED_STATES[FeedState(feed["state"])])
        yield _line(tr("feed"), f"{feed['key']}: {state} {feed['reason']}")
    for screens in value["screens"]:
        yield _line(tr("screens"), _screens(screens, speaking))
    for act in value["automation"]:
        yield _line(tr("rule"), _automated(act, speaking))


def _line(label: str, text: str) -> str:
    return f"{label:{LABEL_WIDTH}} {text}".rstrip()


def _severity(part: Mapping[str, Any], speaking: Language) -> str:
    return speaking.words(_SEVERITIES[Severity(part["severity"])])


def _incident(incident: Mapping[str, Any], speaking: Language) -> str:
    if incident["closed"]:
        state = speaking.tr("closed")
    elif incident["acknowledged"]:
        state = speaking.tr("acknowledged")
    else:
        state = speaking.tr("not acknowledged")
    told = speaking.tr("{state}, reports: {n}", state=state, n=len(incident["reports"]))
    return f"{_severity(incident, speaking)} {incident['title']} [{told}]"


def _drawing(drawing: Mapping[str, Any], speaking: Language) -> str:
    what = speaking.words(_PURPOSES[Purpose(drawing["purpose"])])
    shape = speaking.words(_SHAPES[DrawnShape(drawing["shape"])])
    by = speaking.tr("by {who}", who=drawing["changed_by"])
    return f"{drawing['name'] or drawing['key']} [{what}, {shape}, {by}]"


def _screens(screens: Mapping[str, Any], speaking: Language) -> str:
    kind, _, rule = screens["reason"].partition(" ")
    reason = speaking.words(_REASONS[kind])
    told = f"{screens['seat']}: {screens['name']} [{reason}{' ' if rule else ''}{rule}]"
    pages = [f"{one['display']}: {one['page']}" for one in screens["screens"]]
    return "; ".join((told, *pages))


def _automated(act: Mapping[str, Any], speaking: Language) -> str:
    told = f"{act['at']} {act['seat']}: {act['rule']} ({act['thing']}): {act['did']}"
    if not act["undone"]:
        return told
    return f"{told} [{speaking.tr('taken back by {who}', who=act['undone_by'])}]"


def _stream(stream: Mapping[str, Any], speaking: Language) -> str:
    name = stream["name"] or stream["key"]
    if stream["value"] is None:
        return f"{name}: {speaking.tr('no value yet')}"
    limit = f" >= {stream['limit']['name']}" if stream["limit"] else ""
    return f"{name}: {stream['value']} {stream['unit'] or ''}".rstrip() + limit
