"""What waits for a person, most urgent first, and how many of each severity stand."""

from collections.abc import Mapping

import msgspec

from paser_command.picture.alarms import AlarmPhase, AlarmState
from paser_command.picture.incidents import Incident
from paser_command.picture.picture import Picture
from paser_command.records import Severity

Waiting = AlarmState | Incident
"""An alarm or an incident that nobody has acknowledged."""

Urgency = tuple[int, bool, int, str]
"""Severity, whether it is so now, since when, and the key."""


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


def waits(thing: Waiting) -> bool:
    """Tell whether nobody has taken notice of it."""
    if isinstance(thing, Incident):
        return not thing.closed and thing.acknowledged is None
    return thing.phase is not AlarmPhase.ACKNOWLEDGED


def still_waits(picture: Picture, thing: Waiting) -> bool:
    """Tell whether in the picture, too, nobody has taken notice of it."""
    things = picture.incidents if isinstance(thing, Incident) else picture.alarms
    found: Waiting | None = things.get(key_of(thing))
    return found is not None and waits(found)


def severity_of(thing: Waiting) -> Severity:
    """Return how bad it is."""
    return thing.severity if isinstance(thing, Incident) else thing.alarm.severity


def key_of(thing: Waiting) -> str:
    """Return its key in the picture, which is what a command is done to."""
    return thing.key if isinstance(thing, Incident) else thing.alarm.key


def urgency_of(thing: Waiting) -> Urgency:
    """Return what things are put in order by: the most urgent is the greatest."""
    if isinstance(thing, Incident):
        return thing.severity, True, thing.known, thing.key
    return thing.alarm.severity, thing.alarm.raised, thing.since, thing.alarm.key
