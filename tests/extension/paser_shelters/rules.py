"""A rule that tells of a shelter which is full."""

from collections.abc import Iterable

from paser_shelters.core import Shelter

from paser_command.api import Alarm, Instant, Record, RuleContext, Severity


class FullShelters:
    """Raises an alarm for each shelter that holds as many people as it has room for."""

    kinds = (Shelter,)

    def __init__(self, context: RuleContext) -> None:
        self._context = context

    def on(self, record: Record) -> Iterable[Record]:
        assert isinstance(record, Shelter)
        if record.people >= record.room:
            yield Alarm(
                feed=self._context.feed,
                key=self._context.key(record.key),
                at=self._context.now(),
                rule="shelters_full",
                subject=record.key,
                raised=True,
                severity=Severity.HIGH,
            )

    def on_tick(self, now: Instant) -> Iterable[Record]:
        return ()

    def due(self) -> Instant | None:
        return None
