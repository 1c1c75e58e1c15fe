"""Limits: an alarm while a stream stands at or above one of its limits."""

from paser_command.picture.picture import Picture
from paser_command.records import Alarm, Limit, Observation, Quality, Severity, Stream
from paser_command.times import Instant

FEED = "rules"
RULE = "limit"

DEADBAND = 0.02
"""How far below a limit, as a share of it, the number must fall before the alarm goes back."""


class Limits:
    """Judges each stream's newest good number. Used by one thread."""

    def __init__(self, picture: Picture) -> None:
        self._limits: dict[str, tuple[Limit, ...]] = {}
        self._standing: dict[str, Limit] = {}
        self._newest: dict[str, Instant] = {}
        for stream in picture.streams.values():
            self.describe(stream)
        for stands in picture.alarms.values():
            if stands.alarm.rule == RULE and stands.alarm.raised and stands.alarm.limit:
                self._standing[stands.alarm.subject] = stands.alarm.limit

    def describe(self, stream: Stream) -> None:
        """Learn a stream's limits."""
        limits = sorted(stream.limits, key=lambda limit: limit.value)
        self._limits[stream.key] = tuple(
            limit for limit in limits if limit.severity > Severity.NONE
        )

    def judge(self, observation: Observation) -> Alarm | None:
        """Return the alarm that the number raises, changes or clears, or None."""
        limits = self._limits.get(observation.key)
        if not limits or observation.quality is Quality.BAD:
            return None
        if observation.at < self._newest.get(observation.key, 0):
            return None
        self._newest[observation.key] = observation.at
        before = self._standing.get(observation.key)
        reached = _reached(limits, observation.value, before)
        if reached == before:
            return None
        if reached:
            self._standing[observation.key] = reached
        else:
            del self._standing[observation.key]
        return _alarm(observation, reached or before, raised=reached is not None)


def _reached(limits: tuple[Limit, ...], value: float, before: Limit | None) -> Limit | None:
    reached = None
    for limit in limits:
        held = before is not None and limit.value <= before.value
        band = abs(limit.value) * DEADBAND if held else 0.0
        if value >= limit.value - band:
            reached = limit
    return reached


def _alarm(observation: Observation, limit: Limit | None, *, raised: bool) -> Alarm:
    return Alarm(
        feed=FEED,
        key=f"{FEED}/{RULE}:{observation.key}",
        at=observation.at,
        rule=RULE,
        subject=observation.key,
        raised=raised,
        severity=limit.severity if limit else Severity.NONE,
        value=observation.value,
        limit=limit,
    )
