"""The public warnings that were received, and which of them were cancelled."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from paser_command.picture.part import KEPT, Changed, Part
from paser_command.picture.summary import Shown, Summary
from paser_command.records import Alert
from paser_command.times import Instant

_encoder = msgspec.msgpack.Encoder()
_cancelled = msgspec.msgpack.Decoder(dict[str, Instant])
_alert = msgspec.msgpack.Decoder(Alert)


class AlertsPart(Part):
    """Warnings by key, and by key the instant at which one was cancelled or replaced."""

    name = "alerts"
    tables = ("alerts",)
    kinds = (Alert,)
    shown = {"alerts": Shown(kind="alert", words="Warnings", searchable=False)}  # noqa: RUF012

    def __init__(self, changed: Changed) -> None:
        super().__init__(changed)
        self.by_key: dict[str, Alert] = {}
        self.cancelled: dict[str, Instant] = {}

    def table(self, name: str) -> Mapping[str, Alert]:
        """Return what the table holds, by key."""
        return self.by_key

    def summary(self, table: str, key: str) -> Summary:
        """Return a warning; it has areas, and no one place."""
        alert = self.by_key[key]
        return Summary(
            kind="alert",
            key=key,
            name=alert.headline or alert.event,
            words=alert.area,
            severity=alert.severity,
            at=alert.at,
            over=key in self.cancelled,
        )

    def fold(self, record: Alert) -> None:
        """Take a warning in, and cancel those that it replaces."""
        self.by_key[record.key] = record
        if record.msg_type in ("Cancel", "Update"):
            for reference in record.references:
                self.cancelled[reference] = record.at
                self._changed("alerts", reference)
        self._changed("alerts", record.key)

    def sweep(self, hour: Instant) -> None:
        """Let go of warnings that expired a day ago."""
        oldest = hour - KEPT
        for alert in [a for a in self.by_key.values() if a.expires < oldest]:
            del self.by_key[alert.key]
            self._changed("alerts", alert.key)
        self.cancelled = {key: at for key, at in self.cancelled.items() if at >= oldest}

    def dump(self) -> Iterator[bytes]:
        """Give the cancelled keys, then a row for each warning."""
        yield _encoder.encode(self.cancelled)
        yield from map(_encoder.encode, self.by_key.values())

    def load(self, rows: Iterable[bytes]) -> None:
        """Take the warnings up."""
        first, *others = rows
        self.cancelled = _cancelled.decode(first)
        self.by_key = {alert.key: alert for alert in map(_alert.decode, others)}

    def held(self) -> Any:
        """Return the warnings and what is cancelled."""
        return self.by_key, self.cancelled
