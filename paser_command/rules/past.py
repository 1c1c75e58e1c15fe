"""A rule over a recorded past: what it would have raised."""

from collections.abc import Iterable, Iterator

from paser_command.picture.picture import Picture
from paser_command.records import Record
from paser_command.rules.rule import Moment, Rule, RuleContext, RulePlan
from paser_command.times import Instant


def over_past(
    plan: RulePlan, picture: Picture, records: Iterable[Record], until: Instant
) -> Iterator[Record]:
    """Give what the rule raises over records in the journal's order, and then up to `until`.

    `picture` is that of the moment before the first record; it is moved on. Between two records
    the rule has its ticks at the instants that it asks for. Raises whatever the rule raises.
    """
    moment = Moment()
    rule = plan.build(RuleContext(plan.name, picture, moment, plan.settings))
    for record in records:
        yield from _ticks(rule, moment, record.received)
        moment.at = record.received
        if isinstance(record, rule.kinds):
            yield from rule.on(record)
        picture.apply(record)
    yield from _ticks(rule, moment, until)


def _ticks(rule: Rule, moment: Moment, end: Instant) -> Iterator[Record]:
    due = rule.due()
    while due is not None and due <= end:
        moment.at = max(moment.at, due)
        yield from rule.on_tick(moment.at)
        before, due = due, rule.due()
        if due is not None and due <= before:
            return  # it stays due, whatever the time: live, too, it is asked once a round
