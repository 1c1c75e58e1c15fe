"""All rules, in the one place that every new record passes."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence

from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord, Record, Report
from paser_command.rules.correlation import Correlation
from paser_command.rules.rule import Moment, RuleContext, RulePlan
from paser_command.rules.running import Running
from paser_command.times import Now

_log = logging.getLogger(__name__)


class Rules:
    """Judges records on their way into the journal, and what comes of time alone. One thread.

    Starts from the picture. `now` is the clock of the journal's receipts. A rule hears what the
    rules before it raised, never its own, so that no two can keep one another going.
    """

    def __init__(
        self,
        picture: Picture,
        now: Now,
        plans: Sequence[RulePlan],
        steady_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now = now
        self._moment = Moment(now())
        self._correlation = Correlation(picture)
        self._running = [
            Running(plan, RuleContext(plan.name, picture, self._moment, plan.settings), steady_s)
            for plan in plans
        ]
        self._hearing: dict[type[Record], tuple[int, ...]] = {}

    def judged(self, records: Iterable[AnyRecord]) -> list[AnyRecord]:
        """Return the records with their links, each followed by what the rules raise at it."""
        self._moment.at = self._now()
        judged: list[AnyRecord] = []
        for record in records:
            if isinstance(record, Report):
                record = self._correlation.link(record)
            judged.append(record)
            self._hear(record, 0, judged)
        self._say(judged)
        return judged

    def ticked(self) -> list[AnyRecord]:
        """Return what the rules raise because time has passed. Call it a few times a second."""
        self._moment.at = self._now()
        raised: list[AnyRecord] = []
        if woken := [running for running in self._running if running.wakes()]:
            _log.info("%s rules are built anew", len(woken))
            self._hearing.clear()
        for number, running in enumerate(self._running):
            for record in running.on_tick(self._moment.at):
                raised.append(record)
                self._hear(record, number + 1, raised)
        self._say(raised)
        return raised

    def _hear(self, record: Record, first: int, judged: list[AnyRecord]) -> None:
        """Let the rules from the number `first` on hear a record."""
        hearing = self._hearing.get(type(record))
        if hearing is None:
            hearing = self._hearing[type(record)] = self._who_hears(type(record))
        for number in hearing:
            if number >= first:
                for raised in self._running[number].on(record):
                    judged.append(raised)
                    self._hear(raised, number + 1, judged)

    def _who_hears(self, kind: type[Record]) -> tuple[int, ...]:
        return tuple(number for number, rule in enumerate(self._running) if rule.hears(kind))

    def _say(self, judged: list[AnyRecord]) -> None:
        judged.extend(word for running in self._running if (word := running.word()))
