"""The alarms that stand, moved on by rules and by operators."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from paser_command.picture.alarms import AlarmState, acknowledged, evaluated
from paser_command.picture.incidents import ACKNOWLEDGE, acknowledgement
from paser_command.picture.part import Changed, Part
from paser_command.records import Alarm, Command

_encoder = msgspec.msgpack.Encoder()
_state = msgspec.msgpack.Decoder(AlarmState)


class AlarmsPart(Part):
    """Alarms by key; one that is normal again and acknowledged is not among them."""

    name = "alarms"
    tables = ("alarms",)
    kinds = (Alarm, Command)

    def __init__(self, changed: Changed) -> None:
        super().__init__(changed)
        self.by_key: dict[str, AlarmState] = {}

    def table(self, name: str) -> Mapping[str, AlarmState]:
        """Return what the table holds, by key."""
        return self.by_key

    def fold(self, record: Alarm | Command) -> None:
        """Move an alarm on."""
        if isinstance(record, Alarm):
            self._put(record.key, evaluated(self.by_key.get(record.key), record))
        elif record.verb == ACKNOWLEDGE and record.subject in self.by_key:
            state = acknowledged(self.by_key[record.subject], acknowledgement(record))
            self._put(record.subject, state)

    def dump(self) -> Iterator[bytes]:
        """Give a row for each alarm."""
        yield from map(_encoder.encode, self.by_key.values())

    def load(self, rows: Iterable[bytes]) -> None:
        """Take the alarms up."""
        self.by_key = {state.alarm.key: state for state in map(_state.decode, rows)}

    def held(self) -> Any:
        """Return the alarms by key."""
        return self.by_key

    def _put(self, key: str, state: AlarmState | None) -> None:
        if state:
            self.by_key[key] = state
        else:
            self.by_key.pop(key, None)
        self._changed("alarms", key)
