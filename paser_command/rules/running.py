"""One rule under guard: its faults stop neither the records nor the other rules."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from paser_command.errors import PluginError
from paser_command.plugin.guard import Guard
from paser_command.records import Command, FeedHealth, FeedState, Record
from paser_command.rules.rule import FEED, Rule, RuleContext, RulePlan
from paser_command.times import Instant

PAUSE_S = 300.0
"""How long a rule that faulted too often rests before it is built anew."""

_NEVER_LATE_S = 31_536_000.0
"""A rule that is well says so once, not at intervals."""

Result = TypeVar("Result")

_log = logging.getLogger(__name__)


class Running:
    """Runs one rule. Three faults in a minute pause it for five, and then it is built anew.

    A rule that is paused judges nothing, which nobody would see: so it stands among the feeds, as
    failing. `steady_s` is a monotonic clock in seconds.
    """

    def __init__(self, plan: RulePlan, context: RuleContext, steady_s: Callable[[], float]) -> None:
        self._plan = plan
        self._context = context
        self._steady_s = steady_s
        self._key = f"{FEED}/{plan.name}"
        self._guard = Guard(self._key, steady_s)
        self._faults = 0
        self._again_s = 0.0
        self._word: FeedHealth | None = None
        self._failing = _was_failing(context, self._key)
        self._rule: Rule | None = None
        self._kinds: tuple[type[Record], ...] = ()
        self._build()

    def hears(self, kind: type[Record]) -> bool:
        """Tell whether the rule hears records of the kind; none while it is paused."""
        return issubclass(kind, self._kinds)

    def on(self, record: Record) -> Sequence[Record]:
        """Return what the rule raises."""
        rule = self._rule
        if rule is None:
            return ()
        # Spelled out, not `_run`: this runs for every number.
        try:
            raised = rule.on(record)
            return () if raised == () else self._checked(raised)
        except Exception as error:  # noqa: BLE001 - strangers' code may raise anything
            self._guard.blame(error)
            self._note_fault()
            return ()

    def on_tick(self, now: Instant) -> Sequence[Record]:
        """Return what the rule raises where it is due."""
        rule = self._rule
        return self._run(lambda: self._ticked(rule, now)) or () if rule else ()

    def wakes(self) -> bool:
        """Build a rule anew that has rested long enough; tell whether it runs again."""
        if self._rule is None and self._steady_s() >= self._again_s:
            self._guard.resume()
            self._build()
            return self._rule is not None
        return False

    def word(self) -> FeedHealth | None:
        """Return what has to be said of the rule, once."""
        word, self._word = self._word, None
        return word

    def _build(self) -> None:
        built = self._run(self._built)
        if built is None:
            self._pause()
            return
        self._rule, self._kinds = built
        if self._failing:
            self._say(FeedState.LIVE)

    def _built(self) -> tuple[Rule, tuple[type[Record], ...]]:
        rule = self._plan.build(self._context)
        return rule, tuple(rule.kinds)

    def _ticked(self, rule: Rule, now: Instant) -> Sequence[Record]:
        due = rule.due()
        return self._checked(rule.on_tick(now)) if due is not None and due <= now else ()

    def _run(self, call: Callable[[], Result]) -> Result | None:
        """Return what the call returns, which is never None; None where it raised."""
        result = self._guard.run(call)
        if result is None:
            self._note_fault()
        return result

    def _note_fault(self) -> None:
        self._faults += 1
        trace = self._guard.fault.trace if self._guard.fault else ""
        _log.error("%s has a fault, its number %s: %s", self._key, self._faults, trace)
        if self._guard.paused:
            self._pause()

    def _pause(self) -> None:
        self._guard.pause()
        self._rule, self._kinds = None, ()
        self._again_s = self._steady_s() + PAUSE_S
        self._say(FeedState.FAILING)

    def _checked(self, raised: Iterable[Record]) -> Sequence[Record]:
        """Return the records; PluginError where one is not the rule's own word."""
        records = tuple(raised)
        for record in records:
            own = record.feed == FEED and record.key.startswith(f"{self._key}:")
            if not own or isinstance(record, Command | FeedHealth):
                raise PluginError("the rule {rule} speaks for another", rule=self._plan.name)
        return records

    def _say(self, state: FeedState) -> None:
        now, fault = self._context.now(), self._guard.fault
        self._failing = state is FeedState.FAILING
        self._word = FeedHealth(
            feed=FEED,
            key=self._key,
            at=now,
            state=state,
            since=now,
            interval_s=_NEVER_LATE_S,
            reason="rule_fault" if fault else "",
            facts={"kind": fault.kind, "faults": self._faults} if fault else {},
        )


def _was_failing(context: RuleContext, key: str) -> bool:
    health = context.picture.feeds.get(key)
    return health is not None and health.state is FeedState.FAILING
