"""Limits: an alarm while a stream stands at or above one of its limits."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from paser_command.config import LimitSettings
from paser_command.records import Alarm, Observation, Quality, Record, Severity, Stream
from paser_command.rules.bands import band_of
from paser_command.rules.levels import Levels
from paser_command.rules.rule import RuleContext, RulePlan
from paser_command.times import AHEAD, Instant, effective_at, follows

RULE = "limit"


class _Number(msgspec.Struct, frozen=True):
    """A number as it was received."""

    value: float
    at: Instant
    received: Instant

    @property
    def effective(self) -> Instant:
        return effective_at(self.at, self.received)


class Limits:
    """Judges each stream's newest good number; with delays, time alone turns an alarm.

    `own` are the site's deadbands and delays. After a restart a delay runs from the newest number:
    an alarm may come or go later for it, by one delay, and is never forgotten.
    """

    kinds: tuple[type[Record], ...] = (Stream, Observation)

    def __init__(self, context: RuleContext, own: Sequence[LimitSettings] = ()) -> None:
        self._context = context
        self._own = own
        self._streams: dict[str, Stream] = {}
        self._levels: dict[str, Levels] = {}
        self._newest: dict[str, _Number] = {}
        self._unjudged: dict[str, Observation] = {}
        self._turning: dict[str, Instant] = {}
        picture = context.picture
        self._standing = {
            state.alarm.subject: state.alarm.limit
            for state in picture.alarms.values()
            if state.alarm.rule == RULE and state.alarm.raised
        }
        for stream in picture.streams.values():
            self._describe(stream)

    def on(self, record: Record) -> Iterable[Alarm]:
        """Judge a number, or a stream's newest one by its new limits."""
        if isinstance(record, Observation):
            return self._judge(record)
        if isinstance(record, Stream):
            return self._learn(record)
        return ()

    def on_tick(self, now: Instant) -> Iterator[Alarm]:
        """Turn what has waited long enough."""
        for key in [key for key, due in self._turning.items() if due <= now]:
            while (due := self._turning.get(key, now + 1)) <= now:
                self._levels[key].turn(due)
                yield from self._told(key, due, self._newest[key].value)

    def due(self) -> Instant | None:
        """Return when the first delay is over."""
        return min(self._turning.values(), default=None)

    def _judge(self, observation: Observation) -> Iterable[Alarm]:
        if observation.quality is Quality.BAD:
            return ()
        key = observation.key
        levels = self._levels.get(key)
        if levels is None:
            self._unjudged[key] = observation
            return ()
        received = observation.received or self._context.now()
        number = _Number(observation.value, observation.at, received)
        before = self._newest.get(key)
        if before and not follows(number.at, number.received, before.at, before.received):
            if before.effective - number.at > AHEAD or number.value <= before.value:
                return ()
            # Within what clocks may differ: it was there, whichever of the two came first.
            levels.judge(number.value, number.effective, number.received)
            levels.judge(before.value, before.effective, number.received)
            return self._told(key, number.effective, number.value)
        self._newest[key] = number
        if levels.is_calm(number.value):
            return ()
        levels.judge(number.value, number.effective, number.received)
        return self._told(key, number.effective, number.value)

    def _learn(self, stream: Stream) -> Iterable[Alarm]:
        known = self._streams.get(stream.key)
        if known and (known.limits, known.unit) == (stream.limits, stream.unit):
            return ()
        levels = self._describe(stream)
        newest = self._newest.get(stream.key)
        if newest is None or levels is None:
            return ()
        levels.judge(newest.value, newest.effective, newest.received)
        return self._told(stream.key, self._context.now(), newest.value)

    def _describe(self, stream: Stream) -> Levels | None:
        """Learn a stream's limits; None where nothing is to be judged. What would turn is due."""
        key = stream.key
        self._streams[key] = stream
        before = self._levels.pop(key, None)
        stands = before.stands if before else self._standing.get(key)
        limits = [limit for limit in stream.limits if limit.severity > Severity.NONE]
        if not limits and stands is None:
            self._turning.pop(key, None)
            self._newest.pop(key, None)
            return None
        bands = [(limit, band_of(limit, stream.unit, key, self._own)) for limit in limits]
        levels = self._levels[key] = Levels(bands, stands)
        newest = self._newest.get(key) or self._not_judged_yet(key)
        if newest:
            self._newest[key] = newest
            levels.weigh(newest.value, newest.effective, newest.received)
        self._wait(key, levels)
        return levels

    def _not_judged_yet(self, stream: str) -> _Number | None:
        latest = self._unjudged.pop(stream, None) or self._context.picture.latest.get(stream)
        if latest is None or latest.quality is Quality.BAD:
            return None
        return _Number(latest.value, latest.at, latest.received or self._context.now())

    def _told(self, key: str, at: Instant, value: float) -> Iterable[Alarm]:
        """Return the alarm that a change comes to, and note when the stream turns next."""
        levels = self._levels[key]
        self._wait(key, levels)
        change = levels.change()
        if change is None:
            return ()
        before, reached = change
        self._standing.pop(key, None)
        limit = reached or before
        return (
            Alarm(
                feed=self._context.feed,
                key=self._context.key(key),
                at=at,
                rule=RULE,
                subject=key,
                raised=reached is not None,
                severity=limit.severity if limit else Severity.NONE,
                value=value,
                limit=limit,
            ),
        )

    def _wait(self, key: str, levels: Levels) -> None:
        due = levels.due
        if due is None:
            self._turning.pop(key, None)
        else:
            self._turning[key] = due


def limits_plan(own: Sequence[LimitSettings] = ()) -> RulePlan:
    """Return the rule with the site's deadbands and delays."""
    return RulePlan(RULE, lambda context: Limits(context, own))
