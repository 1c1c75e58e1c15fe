"""Rules with a clock of the test's own, and short ways to ask them."""

from collections.abc import Iterable, Sequence

import msgspec

from paser_command.config import LimitSettings
from paser_command.picture.picture import Picture
from paser_command.records import Alarm, AnyRecord, Limit, Record, Report, Severity, Stream
from paser_command.rules.limits import limits_plan
from paser_command.rules.rule import Moment, RulePlan
from paser_command.rules.rules import Rules
from paser_command.times import Instant
from tests.records import LEVEL, START

LADDER = Stream(
    feed="muka-air",
    key=LEVEL,
    at=START,
    name="Kandilo",
    unit="m",
    limits=(
        Limit("Siaga 3", 2.2, Severity.MEDIUM),
        Limit("Siaga 1", 3.2, Severity.CRITICAL),
        Limit("Normal", 0.0, Severity.NONE),
    ),
)


class Room:
    """A journal's end with its rules: what they judge is received at the clock's instant."""

    def __init__(
        self, picture: Picture | None = None, plans: Sequence[RulePlan] | None = None
    ) -> None:
        self.clock = Moment(START)
        self.steady = 0.0
        self.picture = picture or Picture()
        self.plans = (limits_plan(),) if plans is None else tuple(plans)
        self.journal: list[Record] = []
        self.rules = self._rules()

    def restart(self) -> None:
        """Start the rules anew from the picture."""
        self.rules = self._rules()

    def hear(self, *records: AnyRecord, at: Instant | None = None) -> list[Record]:
        """Judge records at an instant, and return what the rules added."""
        self.clock.at = self.clock.at if at is None else at
        return self._received(self.rules.judged(records), records)

    def wait(self, until: Instant) -> list[Record]:
        """Let time pass, with a tick each second."""
        raised: list[Record] = []
        while self.clock.at < until:
            self.clock.at = min(until, self.clock.at + 1_000_000)
            raised += self._received(self.rules.ticked(), ())
        return raised

    def _rules(self) -> Rules:
        return Rules(self.picture, self.clock, self.plans, lambda: self.steady)

    def _received(self, judged: Sequence[Record], given: Sequence[Record]) -> list[Record]:
        stamped = [stamp(record, self.clock.at) for record in judged]
        self.journal += stamped
        self.picture.apply_all(stamped)
        keys = {(type(record), record.key) for record in given}
        return [record for record in stamped if (type(record), record.key) not in keys]


def stamp(record: Record, received: Instant) -> Record:
    """Return the record as the writer stamps it."""
    return msgspec.structs.replace(record, received=received)


def told(records: Iterable[Record]) -> list[tuple[str, bool]]:
    """Return what alarms say: which limit, and whether it is raised."""
    return [
        (record.limit.name, record.raised)
        for record in records
        if isinstance(record, Alarm) and record.limit
    ]


def by_site(**settings: object) -> tuple[RulePlan, ...]:
    """Return the limit rule as a site sets it for all streams."""
    return (limits_plan((LimitSettings(stream="*", **settings),)),)  # type: ignore[arg-type]


def incidents(records: Iterable[Record]) -> dict[str, str]:
    """Return the incident of each report by its key."""
    return {record.key: record.incident for record in records if isinstance(record, Report)}
