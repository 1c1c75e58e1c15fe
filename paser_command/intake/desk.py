"""The desk that a batch goes over: only what is new, tagged, judged by the rules, journalled.

A record that cannot be judged or written goes into quarantine, and is told of its feed; all others
are written. What is not written yet stays here, so that `flush` can be called again.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from paser_command.errors import FeedError
from paser_command.feeds.handover import put_aside
from paser_command.feeds.inbox import Novelty
from paser_command.feeds.marks import Item, Mark, Pushed, PutAside, Remember, Whole
from paser_command.intake.blame import is_of_data
from paser_command.intake.known import Known
from paser_command.journal import feed_states, quarantine
from paser_command.journal.store import Journal
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord, Record
from paser_command.rules.rule import RulePlan
from paser_command.rules.rules import Rules
from paser_command.rules.tagging import Tagging
from paser_command.times import Now

T = TypeVar("T")
Blame = Callable[[str, FeedError], None]
"""Tells a feed that a record of its own was refused."""

_log = logging.getLogger(__name__)


class Desk:
    """Takes batches from the inbox. Used by one thread.

    `plans` are the rules that judge. `catch_up` brings the picture behind `known` to the journal's
    end; `begin` is called before the first batch, and again where the journal is another than it
    was.
    """

    def __init__(
        self,
        journal: Journal,
        tagging: Tagging,
        known: Known,
        catch_up: Callable[[], None],
        blame: Blame,
        now: Now,
        plans: Sequence[RulePlan] = (),
    ) -> None:
        self._plans = plans
        self._journal = journal
        self._writer = Writer(journal, now)
        self._tagging = tagging
        self._known = known
        self._catch_up = catch_up
        self._blame = blame
        self._now = now
        self._parts: deque[list[AnyRecord]] = deque()
        self._marks: deque[Mark] = deque()
        self._aside: list[quarantine.Quarantined] = []
        self._logged: set[tuple[str, str]] = set()
        self._acted: dict[tuple[str, str], Whole] = {}

    def begin(self, picture: Picture) -> None:
        """Take what the journal has for what was said: it is another journal, or the first."""
        self._novelty = Novelty(picture)
        self._rules = Rules(picture, self._now, self._plans)
        self._acted.clear()
        self._tagging.follow(picture)

    def put(self, batch: Sequence[Item]) -> None:
        """Take a batch; `flush` writes it."""
        records = [item for item in batch if isinstance(item, Record)]
        self._judge(records)
        if len(records) < len(batch):
            self._marks.extend(_due([item for item in batch if not isinstance(item, Record)]))

    def flush(self) -> None:
        """Write all that was put, and act upon the marks. Raises JournalError: call it again."""
        self._write()
        while self._marks:
            self._act_upon(self._marks[0])
            self._write()
            self._marks.popleft()
        self._keep_aside()

    @property
    def waiting(self) -> int:
        """Return how many records are not written yet."""
        return sum(map(len, self._parts))

    def _judge(self, records: Iterable[AnyRecord]) -> None:
        fresh = [record for record in records if self._sound(record, self._novelty.passes)]
        if judged := self._ruled(self._tagged(fresh)):
            self._parts.append(judged)

    def tick(self) -> bool:
        """Put what the rules raise because time has passed; tell whether there was any."""
        if raised := self._rules.ticked():
            self._parts.append(raised)
        return bool(raised)

    def _ruled(self, records: list[AnyRecord]) -> list[AnyRecord]:
        try:
            return self._rules.judged(records)
        except Exception as error:
            if not is_of_data(error):
                raise
        # One of them cannot be judged: each by itself. What is heard twice says nothing new.
        judged: list[AnyRecord] = []
        for record in records:
            judged += self._sound(record, lambda one: self._rules.judged((one,))) or ()
        return judged

    def _tagged(self, records: list[AnyRecord]) -> list[AnyRecord]:
        try:
            return self._tagging.tagged(records)
        except Exception as error:
            if not is_of_data(error):
                raise
        # One of them cannot be tagged: each by itself, as tagging remembers nothing.
        tagged: list[AnyRecord] = []
        for record in records:
            tagged += self._sound(record, lambda one: self._tagging.tagged([one])) or ()
        return tagged

    def _sound(self, record: AnyRecord, judge: Callable[[AnyRecord], T]) -> T | None:
        """Return what a judgement says; None where the record makes it fail."""
        try:
            return judge(record)
        except Exception as error:
            if not is_of_data(error):
                raise
            self._put_aside(record, FeedError("judging_fault", kind=type(error).__name__), error)
            return None

    def _write(self) -> None:
        while self._parts:
            part = self._parts[0]
            try:
                self._writer.append(part)
            except Exception as error:
                if not is_of_data(error):
                    raise
                # Where not even an empty batch is taken, it is no record's fault.
                self._writer.append(())
                self._parts.popleft()
                self._halve(part, error)
            else:
                self._parts.popleft()

    def _halve(self, part: list[AnyRecord], error: Exception) -> None:
        if len(part) > 1:
            middle = len(part) // 2
            self._parts.extendleft((part[middle:], part[:middle]))
            return
        kind = type(error.__cause__ or error).__name__
        self._put_aside(part[0], FeedError("refused_record", kind=kind), error)

    def _put_aside(self, record: AnyRecord, fault: FeedError, error: Exception) -> None:
        if (record.key, fault.code) not in self._logged:
            _log.error("record %s: %s", record.key[:80], fault.code, exc_info=error)
            if len(self._logged) >= 1000:
                self._logged.clear()
            self._logged.add((record.key, fault.code))
        self._aside.append(put_aside(record, record.feed, fault))
        self._blame(record.feed, fault)

    def _act_upon(self, mark: Mark) -> None:
        match mark:
            case Whole():
                self._take_away(mark)
            case Pushed():
                self._keep_aside()
                mark.receipt.finish()
            case Remember():
                feed_states.save(self._journal, {mark.feed: mark.body})
            case PutAside():
                self._aside.append(mark.quarantined)

    def _take_away(self, whole: Whole) -> None:
        """Take away what a whole answer no longer holds, of what the journal knows.

        The same answer as the last time takes nothing away, and costs nothing.
        """
        of = (whole.feed, whole.prefix)
        before = self._acted.get(of)
        if before is None or before.keys != whole.keys:
            self._catch_up()
            self._judge(self._known.gone(whole.feed, whole.prefix, whole.keys, self._now()))
            self._acted[of] = whole

    def _keep_aside(self) -> None:
        if self._aside:
            quarantine.put(self._journal, self._aside, self._now())
            self._aside.clear()


def _due(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks without the snapshots that another one of the batch has replaced."""
    last = {(one.feed, one.prefix): one for one in marks if isinstance(one, Whole)}
    return [one for one in marks if not isinstance(one, Whole) or last[one.feed, one.prefix] is one]
