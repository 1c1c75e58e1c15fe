"""A scenario: what happens in the exercise's city, minute by minute, read from one TOML file.

Minutes are scenario minutes after the exercise began. Places are degrees in WGS 84, longitude
first. Texts are in the language of the city, as its citizens and services write them.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec

from paser_command.config import FeedId, Lat, Lon, Name, Site
from paser_command.errors import InputError
from paser_command.toml_check import Fault, unknown
from paser_command.toml_file import TomlFile, read_toml
from paser_command.toml_lines import KeyPath

Backend = Literal[
    "gempa",
    "peringatan",
    "warga",
    "panggilan-112",
    "muka-air",
    "jalan",
    "titik-panas",
    "satuan",
]
BACKENDS: tuple[Backend, ...] = get_args(Backend)
"""The city's backends, by the id that their feed has in the exercise's site file."""

Minute = Annotated[float, msgspec.Meta(ge=-14_400, le=14_400)]
Place = tuple[Lon, Lat]
Curve = Annotated[tuple[tuple[Minute, float], ...], msgspec.Meta(min_length=1)]
FirmsSource = Literal["VIIRS_SNPP_NRT", "VIIRS_NOAA20_NRT", "VIIRS_NOAA21_NRT", "MODIS_NRT"]
SeverityWord = Literal["NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts of the file have in common: unknown keys are refused."""


class LimitPart(_Part, frozen=True, kw_only=True):
    """A step of a station's ladder: at or above `value` it is `severity`."""

    name: Name
    value: float
    severity: SeverityWord


class Station(_Part, frozen=True, kw_only=True):
    """A measuring post. Before minute 0 a curve's minute is a real one: the calm history.

    Noise is in the unit, plus `noise_share` of the value; nothing is below `minimum`.
    """

    id: FeedId
    name: Name
    property: Name
    unit: Name
    unit_name: Name
    lon: Lon
    lat: Lat
    interval_s: Annotated[float, msgspec.Meta(ge=1, le=3600)] = 30.0
    decimals: Annotated[int, msgspec.Meta(ge=0, le=6)] = 2
    noise: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    noise_share: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    minimum: float = -1e9
    limits: tuple[LimitPart, ...] = ()
    curve: Curve


class Service(_Part, frozen=True, kw_only=True):
    """A sort of report that citizens and callers can choose; `code` is a category's."""

    code: Name
    name: Name
    agency: Name


class Update(_Part, frozen=True, kw_only=True):
    """What became of a report later."""

    minute: Minute
    notes: Name
    status: Literal["open", "closed"] = "open"


class ReportInject(_Part, frozen=True, kw_only=True, tag_field="type", tag="report"):
    """A citizen's report or a call to 112; several `calls` tell of the same thing.

    The first is exact; the others fall within `spread_m` metres and `spread_min` minutes, with the
    texts in turn.
    """

    minute: Minute
    to: Literal["warga", "panggilan-112"]
    service: Name
    texts: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    address: Name
    lon: Lon
    lat: Lat
    calls: Annotated[int, msgspec.Meta(ge=1, le=50)] = 1
    spread_m: Annotated[float, msgspec.Meta(ge=0, le=5000)] = 0.0
    spread_min: Annotated[float, msgspec.Meta(ge=0, le=240)] = 0.0
    updates: tuple[Update, ...] = ()


class QuakeInject(_Part, frozen=True, kw_only=True, tag_field="type", tag="quake"):
    """An earthquake that BMKG tells of; `felt` as in "III Tanah Grogot, II Kuaro"."""

    minute: Minute
    magnitude: Annotated[float, msgspec.Meta(ge=0, le=10)]
    depth_km: Annotated[float, msgspec.Meta(ge=0, le=800)]
    lon: Lon
    lat: Lat
    region: Name
    felt: Name


class WarningInject(_Part, frozen=True, kw_only=True, tag_field="type", tag="warning"):
    """A weather warning of BMKG, until it expires; `updates` names the warning it replaces."""

    minute: Minute
    until_min: Minute
    id: FeedId
    event: Name
    headline: Name
    description: str
    instruction: str = ""
    severity: Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
    urgency: Literal["Immediate", "Expected", "Future", "Past", "Unknown"] = "Immediate"
    certainty: Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"] = "Observed"
    updates: str = ""
    polygons: Annotated[
        tuple[Annotated[tuple[Place, ...], msgspec.Meta(min_length=3)], ...],
        msgspec.Meta(min_length=1),
    ]


class FeatureInject(_Part, frozen=True, kw_only=True, tag_field="type", tag="feature"):
    """A closed road (`line`) or a flooded area (`area`) that grows about its middle.

    `growth` is a curve of its size over minutes, 1.0 as drawn.
    """

    minute: Minute
    until_min: Minute
    id: FeedId
    name: Name
    notes: str
    severity: SeverityWord
    line: tuple[Place, ...] = ()
    area: tuple[Place, ...] = ()
    growth: Curve = ((0.0, 1.0),)


class HotspotInject(_Part, frozen=True, kw_only=True, tag_field="type", tag="hotspots"):
    """What a satellite sees of a fire as it passes: detections about the fire's middle.

    A minute before 0 is a real one. `frp_mw` is the power of the strongest.
    """

    minute: Minute
    source: FirmsSource
    confidence: Literal["low", "nominal", "high"]
    lon: Lon
    lat: Lat
    count: Annotated[int, msgspec.Meta(ge=1, le=200)] = 1
    spread_m: Annotated[float, msgspec.Meta(ge=0, le=20_000)] = 0.0
    frp_mw: Annotated[float, msgspec.Meta(gt=0, le=10_000)] = 5.0


class OutageInject(_Part, frozen=True, kw_only=True, tag_field="type", tag="outage"):
    """A backend that fails for a while: it answers 503, or takes the question and is silent."""

    minute: Minute
    until_min: Minute
    backend: Backend
    answer: Literal["unavailable", "silent"] = "unavailable"


Inject = ReportInject | QuakeInject | WarningInject | FeatureInject | HotspotInject | OutageInject


class WayPoint(_Part, frozen=True, kw_only=True):
    """Where a unit is at a minute, and what it does from then on."""

    minute: Minute
    lon: Lon
    lat: Lat
    status: Name


class Unit(_Part, frozen=True, kw_only=True):
    """A boat or a vehicle that tells where it is: from way point to way point in a straight line.

    In the spans of `silent` nobody hears it.
    """

    id: FeedId
    name: Name
    track: Annotated[tuple[WayPoint, ...], msgspec.Meta(min_length=1)]
    silent: tuple[tuple[Minute, Minute], ...] = ()


class Scenario(_Part, frozen=True, kw_only=True):
    """A whole scenario file."""

    id: FeedId
    name: Name
    summary: str
    seed: int
    duration_min: Annotated[float, msgspec.Meta(gt=0, le=14_400)]
    site: Site
    services: tuple[Service, ...] = msgspec.field(name="service")
    stations: tuple[Station, ...] = msgspec.field(name="station")
    injects: tuple[Inject, ...] = msgspec.field(name="inject")
    units: tuple[Unit, ...] = msgspec.field(name="unit", default=())


def scenario_names() -> tuple[str, ...]:
    """Return the names of the scenarios that come with the program."""
    folder = files("paser_resources") / "scenarios"
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if ".toml" in file.name)
    )


def load_scenario(name: str) -> Scenario:
    """Return a scenario that comes with the program; InputError where there is none so named."""
    if name not in scenario_names():
        raise unknown(name, scenario_names())
    return read_scenario(Path(str(files("paser_resources") / "scenarios" / f"{name}.toml")))


def read_scenario(path: Path) -> Scenario:
    """Return the scenario in the file; ConfigError with every mistake in it."""
    file = read_toml(path, Scenario)
    for check in (_curves, _tracks, _ladders, _spans, _doubles, _services, _replaced, _shapes):
        file.refuse(check(file))
    return file.value()


def _curves(file: TomlFile[Scenario]) -> Iterator[Fault]:
    curves = [((*where, "curve"), part.curve) for where, part in file.parts(Station)]
    curves += [((*where, "growth"), part.growth) for where, part in file.parts(FeatureInject)]
    for where, curve in curves:
        for place in range(1, len(curve)):
            if curve[place][0] <= curve[place - 1][0]:
                error = InputError("the minutes of a curve must rise")
                yield (*where, place), error


def _tracks(file: TomlFile[Scenario]) -> Iterator[Fault]:
    for where, unit in file.parts(Unit):
        minutes = [point.minute for point in unit.track]
        if minutes != sorted(set(minutes)):
            yield (*where, "track"), InputError("the minutes of a track must rise")


def _ladders(file: TomlFile[Scenario]) -> Iterator[Fault]:
    for where, station in file.parts(Station):
        values = [limit.value for limit in station.limits]
        if values != sorted(set(values)):
            yield (*where, "limits"), InputError("the limits of a station must rise")


def _spans(file: TomlFile[Scenario]) -> Iterator[Fault]:
    spans = (
        *((where, part.minute, part.until_min) for where, part in file.parts(WarningInject)),
        *((where, part.minute, part.until_min) for where, part in file.parts(FeatureInject)),
        *((where, part.minute, part.until_min) for where, part in file.parts(OutageInject)),
    )
    for where, minute, until_min in spans:
        if until_min <= minute:
            yield (*where, "until_min"), InputError("must be later than its minute")
    for where, report in file.parts(ReportInject):
        last = report.minute
        for place, update in enumerate(report.updates):
            if update.minute <= last:
                error = InputError("an update must be later than what it updates")
                yield (*where, "updates", place), error
            last = update.minute


def _doubles(file: TomlFile[Scenario]) -> Iterator[Fault]:
    ids = (
        [(where, part.id) for where, part in file.parts(Station)],
        [(where, part.id) for where, part in file.parts(WarningInject)],
        [(where, part.id) for where, part in file.parts(FeatureInject)],
        [(where, part.id) for where, part in file.parts(Unit)],
    )
    for one_kind in ids:
        first: dict[str, KeyPath] = {}
        for where, own_id in one_kind:
            if own_id in first:
                line = file.line((*first[own_id], "id"))
                error = InputError("{id} is the id on line {line} too", id=own_id, line=line)
                yield (*where, "id"), error
            first.setdefault(own_id, where)


def _services(file: TomlFile[Scenario]) -> Iterator[Fault]:
    known = {service.code for _, service in file.parts(Service)}
    for where, report in file.parts(ReportInject):
        if report.service not in known:
            yield (*where, "service"), unknown(report.service, known)


def _replaced(file: TomlFile[Scenario]) -> Iterator[Fault]:
    known = {warning.id for _, warning in file.parts(WarningInject)}
    for where, warning in file.parts(WarningInject):
        if warning.updates and warning.updates not in known - {warning.id}:
            yield (*where, "updates"), unknown(warning.updates, known - {warning.id})


def _shapes(file: TomlFile[Scenario]) -> Iterator[Fault]:
    for where, feature in file.parts(FeatureInject):
        if (len(feature.line) >= 2) == (len(feature.area) >= 3):
            yield where, InputError("needs a line of 2 places or more, or an area of 3 or more")
