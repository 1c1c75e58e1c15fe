"""A ticket: what became of an act that a person did here."""

import threading
import time
from enum import StrEnum

import msgspec

from paser_command.errors import InputError
from paser_command.records import Command
from paser_command.times import Instant
from paser_command.verbs.verb import Lost


class TicketState(StrEnum):
    """What became of an act.

    `saving`: it is on its way. `waiting`: the journal is away. `saved`: the journal has it.
    `lost`: it came too late. `refused`: it was not accepted, or the journal cannot hold it.
    """

    SAVING = "saving"
    WAITING = "waiting"
    SAVED = "saved"
    LOST = "lost"
    REFUSED = "refused"


OPEN = (TicketState.SAVING, TicketState.WAITING)
"""The states of an act that the journal does not have yet."""


class Unsaved(msgspec.Struct, frozen=True):
    """How many acts the journal does not have yet; `late` where one has waited over a second."""

    count: int = 0
    late: bool = False


class Ticket:
    """Read by the main thread, moved on by those that save. A refused act may have no command.

    `saved_s` is the second of the monotonic clock by which the journal had it.
    `lost` is set where the state says so, `error` where it is refused, `away_since` where it waits
    for the journal. `late` says that it is not saved after a second; it was done at `begun_s` of
    the monotonic clock.
    """

    def __init__(
        self,
        verb: str,
        subject: str,
        *,
        command: Command | None = None,
        begun_s: float = 0.0,
        error: InputError | None = None,
        lost: Lost | None = None,
    ) -> None:
        self.verb = verb
        self.subject = subject
        self.command = command
        self.begun_s = begun_s
        self.error = error
        self.lost = lost
        self.away_since: Instant | None = None
        self.late = False
        self.saved_s: float | None = None
        self.state = TicketState.SAVING
        if error is not None:
            self.state = TicketState.REFUSED
        elif lost is not None:
            self.state = TicketState.LOST
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Tell whether the journal does not have the act yet."""
        return self.state in OPEN

    def wait_for_journal(self, since: Instant) -> None:
        """Say that the journal has been away since the instant."""
        with self._lock:
            if self.is_open:
                self.away_since, self.state = since, TicketState.WAITING

    def save(self) -> None:
        """Say that the journal has the act."""
        with self._lock:
            if self.is_open:
                self.saved_s, self.state = time.monotonic(), TicketState.SAVED

    def save_again(self) -> None:
        """Say that the journal has the act no more, and is given it again."""
        with self._lock:
            if self.state is TicketState.SAVED:
                self.saved_s, self.state = None, TicketState.SAVING

    def refuse(self, error: InputError) -> None:
        """Say that the journal cannot hold the act."""
        with self._lock:
            if self.is_open:
                self.error, self.state = error, TicketState.REFUSED

    def settle(self, lost: Lost | None) -> None:
        """Say what the act came to by the journal's order."""
        with self._lock:
            self.lost = lost
            self.state = TicketState.SAVED if lost is None else TicketState.LOST
