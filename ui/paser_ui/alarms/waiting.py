"""What waits for a person, most urgent first, and how many of each severity stand."""

from collections.abc import Mapping

import msgspec

from paser_command.picture.alarms import AlarmPhase, AlarmState
from paser_command.picture.incidents import Incident
from paser_command.picture.picture import Picture
from paser_command.records import Severity

Waiting = AlarmState | Incident
"""An alarm or an incident that nobody has acknowledged."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How much stands and waits in a picture.

    `standing` and `waiting` count open incidents and alarms by severity; `top` is the most urgent
    of those that wait, None where nothing does.
    """

    standing: Mapping[Severity, int]
    waiting: Mapping[Severity, int]
    top: Waiting | None

    @property
    def more(self) -> int:
        """Return how many wait beside the top one."""
        return max(0, sum(self.waiting.values()) - 1)


def tally(picture: Picture) -> Tally:
    """Count what stands in the picture, and find what waits at its top."""
    standing = dict.fromkeys(Severity, 0)
    waiting = dict.fromkeys(Severity, 0)
    top: Waiting | None = None
    top_urgency: tuple[int, bool, int, str] | None = None
    things: list[Waiting] = [*picture.alarms.values(), *picture.incidents.values()]
    for thing in things:
        if isinstance(thing, Incident) and thing.closed:
            continue
        standing[severity_of(thing)] += 1
        if not waits(thing):
            continue
        waiting[severity_of(thing)] += 1
        urgency = _urgency(thing)
        if top_urgency is None or urgency > top_urgency:
            top, top_urgency = thing, urgency
    return Tally(standing=standing, waiting=waiting, top=top)


def waits(thing: Waiting) -> bool:
    """Tell whether nobody has taken notice of it."""
    if isinstance(thing, Incident):
        return not thing.closed and thing.acknowledged is None
    return thing.phase is not AlarmPhase.ACKNOWLEDGED


def severity_of(thing: Waiting) -> Severity:
    """Return how bad it is."""
    return thing.severity if isinstance(thing, Incident) else thing.alarm.severity


def key_of(thing: Waiting) -> str:
    """Return its key in the picture, which is what a command is done to."""
    return thing.key if isinstance(thing, Incident) else thing.alarm.key


def _urgency(thing: Waiting) -> tuple[int, bool, int, str]:
    if isinstance(thing, Incident):
        return thing.severity, True, thing.known, thing.key
    return thing.alarm.severity, thing.alarm.raised, thing.since, thing.alarm.key
