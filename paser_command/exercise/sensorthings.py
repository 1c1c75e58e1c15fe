"""The measuring posts as an OGC SensorThings 1.1 service (18-088), read only.

A station is one Thing with one Location and one Datastream, all of the same id.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, urlencode

from paser_command.exercise.asked import NOT_FOUND, Asked, BadQuestion, Reply, as_json, number_of
from paser_command.exercise.city import HISTORY, Sample
from paser_command.exercise.odata import Term, Wanted, read_filter, read_wanted
from paser_command.times import Instant, iso, parse

Entity = dict[str, Any]
Draw = Callable[[Asked, int, Wanted], Entity]

_PATH = re.compile(r"v1\.1(?:/([A-Za-z]+)(?:\((\d{1,9})\)(?:/([A-Za-z]+))?)?)?")
_TOP = 100
_TOP_MOST = 10_000
_EVER: Instant = 2**62


def observations(asked: Asked) -> Reply:
    """Answer the service's root, its entity sets, single entities and a Datastream's numbers."""
    match = _PATH.fullmatch(asked.path)
    if match is None:
        raise BadQuestion(*NOT_FOUND)
    entity_set, own_id, inner = match.groups()
    if entity_set is None:
        return as_json({"value": [_set_link(asked, name) for name in (*_DRAW, "Observations")]})
    if entity_set == "Observations" and own_id is None:
        return _numbers(asked, range(len(asked.city.scenario.stations)))
    if entity_set not in _DRAW:
        raise BadQuestion(*NOT_FOUND)
    if own_id is None:
        return _entities(asked, _DRAW[entity_set])
    station = int(own_id) - 1
    if not 0 <= station < len(asked.city.scenario.stations):
        raise BadQuestion(*NOT_FOUND)
    return _of_one(asked, entity_set, station, inner)


def _of_one(asked: Asked, entity_set: str, station: int, inner: str | None) -> Reply:
    if inner is None:
        return as_json(_DRAW[entity_set](asked, station, read_wanted(asked.params)))
    if entity_set == "Datastreams" and inner == "Observations":
        return _numbers(asked, [station])
    if inner in _INNER[entity_set]:
        drawn = _DRAW[_SETS[inner]](asked, station, read_wanted(asked.params))
        return as_json(drawn if inner == "Thing" else {"value": [drawn]})
    raise BadQuestion(*NOT_FOUND)


def _entities(asked: Asked, draw: Draw) -> Reply:
    if "$filter" in asked.params or "$orderby" in asked.params:
        raise BadQuestion(400, "$filter and $orderby are for Observations only")
    wanted = read_wanted(asked.params)
    everything = range(len(asked.city.scenario.stations))
    return _page(asked, everything, lambda station: draw(asked, station, wanted))


def _numbers(asked: Asked, stations: Iterable[int]) -> Reply:
    """Answer observations; the order is by time and then by station, up or down as asked."""
    start, end, chosen = _narrowed(asked, stations)
    samples = [sample for station in chosen for sample in asked.city.samples(station, start, end)]
    samples.sort(reverse=_falling(asked.params.get("$orderby", "phenomenonTime asc")))
    wanted = read_wanted(asked.params)
    return _page(asked, samples, lambda sample: _observation(asked, sample, wanted))


def _narrowed(asked: Asked, stations: Iterable[int]) -> tuple[Instant, Instant, list[int]]:
    """Return the first and last instant and the stations that $filter leaves."""
    start, end, chosen = asked.city.began - HISTORY, asked.now, list(stations)
    for term in read_filter(asked.params.get("$filter", "")):
        if term.field in ("Datastream/id", "Datastream/@iot.id") and term.operator == "eq":
            chosen = [station for station in chosen if term.value == str(station + 1)]
        elif term.field in ("phenomenonTime", "resultTime"):
            first, last = _span(term)
            start, end = max(start, first), min(end, last)
        else:
            raise BadQuestion(400, f"$filter cannot compare {term.field[:40]} {term.operator}")
    return start, end, chosen


def _span(term: Term) -> tuple[Instant, Instant]:
    """Return the first and last instant that a comparison leaves."""
    limit = _instant(term)
    match term.operator:
        case "gt":
            return limit + 1, _EVER
        case "ge":
            return limit, _EVER
        case "lt":
            return -_EVER, limit - 1
        case "le":
            return -_EVER, limit
        case "eq":
            return limit, limit


def _instant(term: Term) -> Instant:
    try:
        return parse(term.value)
    except ValueError as cause:
        raise BadQuestion(400, "a time in $filter is 2026-11-20T03:00:00Z") from cause


def _falling(orderby: str) -> bool:
    field, _, direction = orderby.partition(",")[0].strip().partition(" ")
    if field not in ("phenomenonTime", "resultTime") or direction not in ("", "asc", "desc"):
        raise BadQuestion(400, "$orderby is phenomenonTime or resultTime, asc or desc")
    return direction == "desc"


def _page(asked: Asked, everything: Any, draw: Callable[[Any], Entity]) -> Reply:
    top = number_of(asked, "$top", _TOP, least=1, most=_TOP_MOST)
    skip = number_of(asked, "$skip", 0, least=0, most=10**9)
    answer: Entity = {}
    if asked.params.get("$count") == "true":
        answer["@iot.count"] = len(everything)
    if skip + top < len(everything):
        following = {**asked.params, "$top": str(top), "$skip": str(skip + top)}
        query = urlencode(following, safe="$(),;=", quote_via=quote)
        answer["@iot.nextLink"] = f"{asked.base_url}/{asked.path}?{query}"
    answer["value"] = [draw(one) for one in everything[skip : skip + top]]
    return as_json(answer)


def _observation(asked: Asked, sample: Sample, wanted: Wanted) -> Entity:
    at = iso(sample.at)
    entity = {
        "@iot.id": sample.id,
        "phenomenonTime": at,
        "resultTime": at,
        "result": asked.city.value(sample),
    }
    inner: dict[str, Draw] = {"Datastream": _datastream}
    return _drawn(asked, entity, wanted, sample.station, inner)


def _thing(asked: Asked, station: int, wanted: Wanted) -> Entity:
    part = asked.city.scenario.stations[station]
    entity = {
        **_self(asked, "Things", station),
        "name": part.name,
        "description": part.name,
        "properties": {"kode": part.id},
    }
    inner: dict[str, Draw] = {"Locations": _location, "Datastreams": _datastream}
    return _drawn(asked, entity, wanted, station, inner)


def _location(asked: Asked, station: int, wanted: Wanted) -> Entity:
    part = asked.city.scenario.stations[station]
    entity = {
        **_self(asked, "Locations", station),
        "name": part.name,
        "description": part.name,
        "encodingType": "application/geo+json",
        "location": {"type": "Point", "coordinates": [part.lon, part.lat]},
    }
    inner: dict[str, Draw] = {"Things": _thing}
    return _drawn(asked, entity, wanted, station, inner)


def _datastream(asked: Asked, station: int, wanted: Wanted) -> Entity:
    part = asked.city.scenario.stations[station]
    kind = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
    entity = {
        **_self(asked, "Datastreams", station),
        "name": f"{part.property}: {part.name}",
        "description": part.property,
        "observationType": kind,
        "unitOfMeasurement": {"name": part.unit_name, "symbol": part.unit, "definition": ""},
        "properties": {
            "interval_s": asked.city.interval(part) / 1e6,
            "limits": [
                {"name": limit.name, "value": limit.value, "severity": limit.severity}
                for limit in part.limits
            ],
        },
    }
    inner: dict[str, Draw] = {"Thing": _thing}
    return _drawn(asked, entity, wanted, station, inner)


def _drawn(
    asked: Asked, entity: Entity, wanted: Wanted, station: int, inner: dict[str, Draw]
) -> Entity:
    """Leave only the properties that are selected, then put in what is to be expanded."""
    if wanted.select:
        names = {"@iot.id" if name == "id" else name for name in wanted.select}
        entity = {name: value for name, value in entity.items() if name in names}
    for name, inner_wanted in wanted.expand.items():
        if name not in inner:
            raise BadQuestion(400, f"{name[:40]} cannot be expanded here")
        drawn = inner[name](asked, station, inner_wanted)
        entity[name] = [drawn] if name.endswith("s") else drawn
    return entity


def _self(asked: Asked, entity_set: str, station: int) -> Entity:
    link = f"{asked.base_url}/v1.1/{entity_set}({station + 1})"
    return {"@iot.id": station + 1, "@iot.selfLink": link}


def _set_link(asked: Asked, name: str) -> Entity:
    return {"name": name, "url": f"{asked.base_url}/v1.1/{name}"}


_DRAW: dict[str, Draw] = {"Things": _thing, "Locations": _location, "Datastreams": _datastream}
_SETS = {"Thing": "Things", "Things": "Things", "Locations": "Locations"} | {
    "Datastreams": "Datastreams"
}
_INNER = {
    "Things": ("Locations", "Datastreams"),
    "Locations": ("Things",),
    "Datastreams": ("Thing",),
}
