"""All rules, in the one place that every new record passes."""

from collections.abc import Iterable

from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord, Observation, Report, Stream
from paser_command.rules.correlation import Correlation
from paser_command.rules.limits import Limits


class Rules:
    """Judges records on their way into the journal. Starts from the picture. One thread."""

    def __init__(self, picture: Picture) -> None:
        self._correlation = Correlation(picture)
        self._limits = Limits(picture)

    def judged(self, records: Iterable[AnyRecord]) -> list[AnyRecord]:
        """Return the records with their links, each followed by the alarm that it makes."""
        judged: list[AnyRecord] = []
        for record in records:
            if isinstance(record, Observation):
                judged.append(record)
                if alarm := self._limits.judge(record):
                    judged.append(alarm)
                continue
            if isinstance(record, Report):
                record = self._correlation.link(record)
            elif isinstance(record, Stream):
                self._limits.describe(record)
            judged.append(record)
        return judged
