"""Records made by tests: short ways to write them, and strategies that draw them."""

from collections.abc import Callable

from hypothesis import strategies as st

from paser_command.picture.drawing_change import Change, DrawnShape, arguments_of
from paser_command.picture.drawings import DRAWING_VERBS
from paser_command.picture.screens import Screen, screens_text
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
    Report,
    Severity,
    Stream,
)
from paser_command.times import HOUR, MINUTE, SECOND, Instant, parse

START: Instant = parse("2026-11-20T03:00:00Z")
LEVEL = "muka-air/kandilo"


def level(value: float, at: Instant = START, stream: str = LEVEL) -> Observation:
    """A water level in metres."""
    return Observation(feed=stream.partition("/")[0], key=stream, at=at, value=value)


def flood(key: str = "warga/1", at: Instant = START, **changes: object) -> Report:
    """A report of a flood in Tanah Grogot, linked to an incident of its own."""
    values: dict[str, object] = {
        "feed": key.partition("/")[0],
        "key": key,
        "at": at,
        "began": at,
        "category": "flood",
        "severity": Severity.HIGH,
        "title": "Banjir Jl. RM Noto Sunardi",
        "lon": 116.19,
        "lat": -1.905,
        "incident": key,
    }
    return Report(**(values | changes))  # type: ignore[arg-type]


def warning(key: str = "peringatan/1", at: Instant = START, **changes: object) -> Alert:
    """A warning of heavy rain, in force for three hours from then."""
    values: dict[str, object] = {
        "feed": "peringatan",
        "key": key,
        "at": at,
        "event": "Hujan Lebat",
        "headline": "Hujan Lebat di Paser",
        "severity": Severity.HIGH,
        "effective": at,
        "expires": at + 3 * HOUR,
    }
    return Alert(**(values | changes))  # type: ignore[arg-type]


def alarm(severity: Severity = Severity.HIGH, *, raised: bool = True, at: Instant = START) -> Alarm:
    """An alarm of the gauge's limit, raised or over."""
    return Alarm(
        feed="rules",
        key="rules/limit:muka-air/kandilo",
        at=at,
        rule="limit",
        subject=LEVEL,
        raised=raised,
        severity=severity,
    )


def acknowledge(subject: str, at: Instant = START, key: str = "ack-1") -> Command:
    """An operator takes notice."""
    return Command(
        feed="console", key=key, at=at, verb="acknowledge", subject=subject, who="sari", seat="2"
    )


_instants = st.integers(START - HOUR, START + 3 * HOUR)
_own = st.sampled_from(["1", "2", "3", "4"])
_severities = st.sampled_from(Severity)
_words = st.text(max_size=12)
_numbers = st.floats(-10, 10, allow_nan=False)


@st.composite
def any_record(draw: st.DrawFn) -> AnyRecord:
    """One record of any kind, over few keys so that records meet."""
    own, at = draw(_own), draw(_instants)
    kind = draw(st.sampled_from(sorted(_MAKERS)))
    return _MAKERS[kind](draw, own, at)


def _report(draw: st.DrawFn, own: str, at: Instant) -> Report:
    return flood(
        f"warga/{own}",
        at,
        severity=draw(_severities),
        title=draw(_words),
        closed=draw(st.booleans()),
        began=at - draw(st.integers(0, HOUR)),
        incident=draw(st.sampled_from(["", "warga/1", "warga/2"])),
    )


def _command(draw: st.DrawFn, own: str, at: Instant) -> Command:
    return Command(
        feed="console",
        key=f"{draw(st.integers(0, 50))}",
        at=at,
        verb=draw(st.sampled_from(["acknowledge", "note"])),
        subject=draw(st.sampled_from([f"warga/{own}", f"limit:muka-air/{own}"])),
        arguments={"text": draw(_words)},
        who=draw(_words),
    )


def _drawing(draw: st.DrawFn, own: str, at: Instant) -> Command:
    """Draw an act on one of few drawings: it may meet an act that it undoes, or none."""
    verb = draw(st.sampled_from(DRAWING_VERBS))
    circle = own == "2"
    place = (draw(_numbers), draw(_numbers))
    change = Change(
        shape=DrawnShape.CIRCLE if circle else DrawnShape.POINT,
        places=(place,),
        radius_m=500.0 if circle else None,
        name=draw(_words),
    )
    arguments: dict[str, str] = {}
    if verb in ("undo", "redo"):
        arguments = {"act": f"drawn-{draw(st.integers(0, 9))}"}
    elif verb != "erase":
        arguments = arguments_of(change)
    return Command(
        feed="console",
        key=f"drawn-{draw(st.integers(0, 9))}",
        at=at,
        verb=verb,
        subject=f"drawing/{own}",
        arguments=arguments,
        who=draw(st.sampled_from(["sari", "budi"])),
    )


def _workspace(draw: st.DrawFn, own: str, at: Instant) -> Command:
    """Draw a change of workspace at one of few seats."""
    arguments = {
        "id": draw(st.sampled_from(["banjir", "dinding"])),
        "name": draw(_words) or "Banjir",
        "reason": draw(st.sampled_from(["person", "start", "rotation", "rule banjir"])),
        "screens": screens_text((Screen(draw(_words), draw(_words), (draw(_words),)),)),
    }
    return Command(
        feed="console",
        key=f"shown-{draw(st.integers(0, 50))}",
        at=at,
        verb="workspace",
        subject=f"meja {own}",
        arguments=arguments,
        who=draw(_words),
    )


def _automation(draw: st.DrawFn, own: str, at: Instant) -> Command:
    """Draw what a rule did, or that it was taken back: it may meet an act, or none."""
    arguments = {"undone": f"rule-{draw(st.integers(0, 9))}"}
    if draw(st.booleans()):
        arguments = {"rule": f"rule-{own}", "thing": f"warga/{own}", "did": "workspace banjir"}
    return Command(
        feed="console",
        key=f"rule-{draw(st.integers(0, 9))}",
        at=at,
        verb="automation",
        subject=f"meja {own}",
        arguments=arguments,
        who=draw(_words),
    )


def _alert(draw: st.DrawFn, own: str, at: Instant) -> Alert:
    return Alert(
        feed="peringatan",
        key=f"peringatan/{own}",
        at=at,
        event="Hujan Lebat",
        headline=draw(_words),
        severity=draw(_severities),
        effective=at,
        expires=at + draw(st.integers(0, 3 * HOUR)),
        msg_type=draw(st.sampled_from(["Alert", "Update", "Cancel"])),
        references=draw(st.sampled_from([(), ("peringatan/1",)])),
    )


def _alarm(draw: st.DrawFn, own: str, at: Instant) -> Alarm:
    return Alarm(
        feed="rules",
        key=f"limit:muka-air/{own}",
        at=at,
        rule="limit",
        subject=f"muka-air/{own}",
        raised=draw(st.booleans()),
        severity=draw(_severities),
        value=draw(_numbers),
        limit=Limit("Siaga 1", 3.2, Severity.CRITICAL),
    )


_MAKERS: dict[str, Callable[[st.DrawFn, str, Instant], AnyRecord]] = {
    "report": _report,
    "command": _command,
    "drawing": _drawing,
    "workspace": _workspace,
    "automation": _automation,
    "alert": _alert,
    "alarm": _alarm,
    "observation": lambda draw, own, at: level(draw(_numbers), at, f"muka-air/{own}"),
    "position": lambda draw, own, at: Position(
        feed="unit", key=f"unit/{own}", at=at, lon=draw(_numbers), lat=draw(_numbers)
    ),
    "stream": lambda draw, own, at: Stream(
        feed="muka-air",
        key=f"muka-air/{own}",
        at=at,
        name=draw(_words),
        unit="m",
        limits=(Limit("Siaga 1", 3.2, Severity.CRITICAL),),
    ),
    "feature": lambda draw, own, at: Feature(
        feed="jalan", key=f"jalan/{own}", at=at, layer="jalan", gone=draw(st.booleans())
    ),
    "health": lambda draw, own, at: FeedHealth(
        feed=f"feed-{own}",
        key=f"feed-{own}",
        at=at,
        state=draw(st.sampled_from(FeedState)),
        since=at,
    ),
}

STEP: Instant = MINUTE // 4 + SECOND
"""A step of time between batches of drawn records."""
