"""What the seats' displays show, and what rules did there, as a part of the picture."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from paser_command.picture.part import Changed, Part
from paser_command.picture.screens import SCREEN_VERBS, Automated, Screens, Shown
from paser_command.records import Command


class _State(msgspec.Struct):
    screens: list[Screens]
    automation: list[Automated]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_State)


class ScreensPart(Part):
    """The screens by seat, and the rules' acts by key."""

    name = "screens"
    tables = ("screens", "automation")
    kinds = (Command,)

    def __init__(self, changed: Changed) -> None:
        super().__init__(changed)
        self.seats = Shown([], [])

    def table(self, name: str) -> Mapping[str, Screens] | Mapping[str, Automated]:
        """Return what the table holds, by key."""
        return self.seats.screens if name == "screens" else self.seats.automation

    def fold(self, record: Command) -> None:
        """Take in what a seat shows now, or what a rule did there."""
        if record.verb in SCREEN_VERBS and (changed := self.seats.apply(record)):
            self._changed(*changed)

    def dump(self) -> Iterator[bytes]:
        """Give all in one row."""
        state = _State(list(self.seats.screens.values()), list(self.seats.automation.values()))
        yield _encoder.encode(state)

    def load(self, rows: Iterable[bytes]) -> None:
        """Take the screens up."""
        (row,) = rows
        state = _decoder.decode(row)
        self.seats = Shown(state.screens, state.automation)

    def held(self) -> Any:
        """Return the screens and the rules' acts."""
        return self.seats.screens, self.seats.automation
