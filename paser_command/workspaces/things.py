"""What rules look at: the things of a picture, each with its rank and the facts of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from paser_command.picture.picture import Picture
from paser_command.records import Alert, shown_name
from paser_command.times import Instant
from paser_command.workspaces.rules import FEED_RANK, Rule


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a rule may act on.

    `key` is its own in the picture, `kind` and `select` are a Selection's. `rank` rises as it gets
    worse. `before` are the keys of things that it takes the place of.
    """

    when: str
    key: str
    kind: str
    select: str
    rank: int
    facts: Mapping[str, str | int]
    lon: float | None = None
    lat: float | None = None
    areas: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


def thing_of(picture: Picture, when: str, key: str, now: Instant) -> Thing | None:
    """Return the thing as it stands; None where it is over, or not yet."""
    return _MAKERS[when](picture, key, now)


def rank_of(picture: Picture, when: str, key: str, now: Instant) -> int | None:
    """Return a thing's rank alone, at little cost where there are many; None as `thing_of`."""
    if when == "incident":
        incident = picture.incidents.get(key)
        return None if incident is None or incident.closed else int(incident.severity)
    thing = thing_of(picture, when, key, now)
    return None if thing is None else thing.rank


def ranks_of(picture: Picture, when: str, now: Instant) -> dict[str, int]:
    """Return the ranks of all things of a kind that stand."""
    if when == "incident":
        return {key: int(one.severity) for key, one in picture.incidents.items() if not one.closed}
    found = ((key, rank_of(picture, when, key, now)) for key in keys_of(picture, when))
    return {key: rank for key, rank in found if rank is not None}


def matches(rule: Rule, thing: Thing) -> bool:
    """Tell whether the thing is what the rule waits for."""
    facts = thing.facts
    return (
        rule.when == thing.when
        and thing.rank >= rule.least
        and (not rule.category or rule.category == facts.get("category"))
        and (not rule.feed or rule.feed == facts.get("feed"))
        and (not rule.area or any(_within(area, rule.area) for area in thing.areas))
    )


def keys_of(picture: Picture, when: str) -> Mapping[str, object]:
    """Return all things of a kind by their keys."""
    parts: Mapping[str, Mapping[str, object]] = {
        "incident": picture.incidents,
        "alert": picture.alerts,
        "feed": picture.feeds,
        "alarm": picture.alarms,
    }
    return parts[when]


PARTS: Mapping[str, str] = {"incident": "incidents", "alert": "alerts", "alarm": "alarms"}
"""The parts of the picture whose changes are remembered and tell all; feeds fall silent."""


def next_alert(alerts: Iterable[Alert], now: Instant) -> Instant | None:
    """Return when the next of the warnings comes into force."""
    return min((alert.effective for alert in alerts if alert.effective > now), default=None)


def _within(area: str, wanted: str) -> bool:
    """Tell whether an area is the wanted one or lies in it: 64.01.04 in 64.01."""
    return area == wanted or area.startswith(f"{wanted}.")


def _incident(picture: Picture, key: str, _now: Instant) -> Thing | None:
    incident = picture.incidents.get(key)
    if incident is None or incident.closed:
        return None
    return Thing(
        when="incident",
        key=key,
        kind="incident",
        select=key,
        rank=incident.severity,
        facts={
            "category": incident.category,
            "severity": int(incident.severity),
            "title": incident.title,
            "place": incident.place,
        },
        lon=incident.lon,
        lat=incident.lat,
        areas=tuple(_areas(incident.district, incident.fences)),
    )


def _alert(picture: Picture, key: str, now: Instant) -> Thing | None:
    alert = picture.alerts.get(key)
    if alert is None or not picture.is_in_force(alert, now):
        return None
    return Thing(
        when="alert",
        key=key,
        kind="alert",
        select=key,
        rank=alert.severity,
        facts={
            "feed": alert.feed,
            "severity": int(alert.severity),
            "title": alert.headline,
            "place": alert.area,
        },
        before=alert.references,
    )


def _feed(picture: Picture, key: str, now: Instant) -> Thing | None:
    state = picture.feed_state(key, now)
    if not FEED_RANK[state]:
        return None
    health = picture.feeds[key]
    return Thing(
        when="feed",
        key=key,
        kind="feed",
        select=key,
        rank=FEED_RANK[state],
        facts={"feed": key, "state": state.value, "reason": health.reason},
    )


def _alarm(picture: Picture, key: str, _now: Instant) -> Thing | None:
    stands = picture.alarms.get(key)
    if stands is None:
        return None
    alarm = stands.alarm
    stream = picture.streams.get(alarm.subject)
    return Thing(
        when="alarm",
        key=key,
        kind="stream",
        select=alarm.subject,
        # One that returned waits to be taken: if it rises again before, it is still the same.
        rank=alarm.severity if alarm.raised else -1,
        facts={
            "severity": int(alarm.severity),
            "title": shown_name(stream.name if stream else "", alarm.subject),
            "limit": alarm.limit.name if alarm.limit else "",
        },
        lon=stream.lon if stream else None,
        lat=stream.lat if stream else None,
        areas=tuple(_areas(stream.district, stream.fences)) if stream else (),
    )


def _areas(district: str, fences: tuple[str, ...]) -> Iterator[str]:
    if district:
        yield district
    yield from fences


_MAKERS: Mapping[str, Callable[[Picture, str, Instant], Thing | None]] = {
    "incident": _incident,
    "alert": _alert,
    "feed": _feed,
    "alarm": _alarm,
}
