"""Acts of one console: checked, refused or handed on to be saved, settled when they are back."""

import logging
import time
from collections import deque
from collections.abc import Callable

from paser_command.errors import InputError, Words
from paser_command.outbox.saving import Saving
from paser_command.outbox.ticket import Ticket, TicketState, Unsaved
from paser_command.picture.picture import Picture
from paser_command.records import Command
from paser_command.session.identity import Identity
from paser_command.times import Now
from paser_command.verbs.verb import Verb, VerbValue
from paser_command.verbs.verbs import Verbs

LATE_S = 1.0
"""An act that is not saved by then is told as not saved yet."""

TOLD_S = 10.0
"""How long it is told that an act was lost or refused."""


_log = logging.getLogger(__name__)


class Acting:
    """The acts of a console on their way, shared by its sessions. Main thread only.

    `on_act` is called with each act that goes on its way. `require_write` raises an InputError
    where this console may only look.
    """

    def __init__(
        self,
        verbs: Verbs,
        saving: Saving,
        now: Now,
        monotonic_s: Callable[[], float] = time.monotonic,
        *,
        require_write: Callable[[], None] = lambda: None,
    ) -> None:
        self._require_write = require_write
        self.saving = saving
        self._verbs = verbs
        self._now = now
        self._monotonic_s = monotonic_s
        self.on_act: Callable[[], None] = lambda: None
        self._tickets: dict[str, Ticket] = {}
        self._told: deque[tuple[float, Ticket]] = deque()
        self._again: set[str] = set()
        self._seen: tuple[object, ...] = ()

    def start(self) -> None:
        """Begin to save, first what an earlier console left behind."""
        for ticket in self.saving.start():
            assert ticket.command is not None
            self._tickets[ticket.command.key] = ticket

    def act(
        self, value: VerbValue, subject: str, *, identity: Identity, seen: Picture, past: bool
    ) -> Ticket:
        """Do it upon the picture that is seen; of the same act that waits return that ticket."""
        try:
            self._require_write()
            verb = self._verbs.of(value)
            if past and not verb.in_past:
                raise _is_past(verb)
            command = self._verbs.command(
                value,
                subject,
                who=identity.who,
                seat=identity.seat,
                at=self._now(),
                seen=seen,
            )
            same = self._waiting_same(verb, command)
            if same is not None:
                return same
            lost = verb.lost(seen, command)
            ticket = Ticket(
                verb.name, subject, command=command, begun_s=self._monotonic_s(), lost=lost
            )
            if lost is None:
                self.saving.save(command, ticket)
                self._tickets[command.key] = ticket
                self.on_act()
                return ticket
        except InputError as error:
            ticket = Ticket(type(value).__name__, subject, error=error)
        self._told.append((self._monotonic_s(), ticket))
        return ticket

    def refusal(self, kind: type[VerbValue], *, past: bool) -> InputError | None:
        """Return why an act of this kind would be refused now, None where it would not."""
        try:
            verb = self._verbs.of(kind)
        except InputError as error:
            return error
        return _is_past(verb) if past and not verb.in_past else None

    def settle(self, command: Command, before: Picture) -> None:
        """Say what an own act came to, when it comes back: `before` is the picture right before."""
        ticket = self._tickets.pop(command.key, None)
        self._again.discard(command.key)
        verb = self._verbs.named(command.verb)
        if ticket is None or verb is None:
            return
        ticket.settle(verb.lost(before, command))
        if ticket.state is TicketState.LOST:
            self._told.append((self._monotonic_s(), ticket))

    def settle_saved(self) -> None:
        """Follow no longer what is saved. What was refused meanwhile is still to be told."""
        self._tickets = {
            key: one for key, one in self._tickets.items() if one.state is not TicketState.SAVED
        }

    def save_again(self) -> None:
        """Save once more what was saved and has not come back: the picture was read anew.

        The journal takes each act once, so that one it has is none the worse for it.
        """
        for key, ticket in list(self._tickets.items()):
            if ticket.state is TicketState.SAVED:
                self._save_again(key, ticket)

    def look(self, held_s: float | None) -> bool:
        """Tell whether anything about the acts is other than at the last look.

        The picture has all that was saved until `held_s`, if that is known. What was, and did not
        come back, is lost: a server fell, and the one in its place lagged behind.
        """
        if not self._tickets and not self._told and not self._seen:
            return False
        now_s = self._monotonic_s()
        while self._told and now_s - self._told[0][0] > TOLD_S:
            self._told.popleft()
        for key, ticket in list(self._tickets.items()):
            ticket.late = ticket.is_open and now_s - ticket.begun_s > LATE_S
            if ticket.state is TicketState.REFUSED:
                self._told.append((now_s, self._tickets.pop(key)))
            elif held_s is not None and ticket.saved_s is not None and ticket.saved_s < held_s:
                self._save_again(key, ticket)
        seen = tuple((id(one), one.state, one.late) for one in self.tickets())
        changed, self._seen = seen != self._seen, seen
        return changed

    def on_way(self) -> bool:
        """Tell whether an act of the last second is being saved, or has not come back yet."""
        now_s = self._monotonic_s()
        return any(now_s - ticket.begun_s < LATE_S for ticket in self._tickets.values())

    def tickets(self) -> tuple[Ticket, ...]:
        """Return the acts on their way, and those that were lost or refused just now, in order."""
        return (*(ticket for _, ticket in self._told), *self._tickets.values())

    def unsaved(self) -> Unsaved:
        """Return how many acts the journal does not have yet."""
        waiting = [ticket for ticket in self._tickets.values() if ticket.is_open]
        return Unsaved(len(waiting), any(ticket.late for ticket in waiting))

    def _save_again(self, key: str, ticket: Ticket) -> None:
        """Save an act that the journal may have lost; at the second time it is followed no more."""
        if key in self._again:
            self._again.remove(key)
            del self._tickets[key]
            return
        assert ticket.command is not None
        _log.warning("an act that was saved did not come back, and is saved again: %s", key)
        ticket.save_again()
        try:
            self.saving.save(ticket.command, ticket)
        except InputError:
            ticket.save()
        else:
            self._again.add(key)

    def _waiting_same(self, verb: Verb, command: Command) -> Ticket | None:
        """Return the ticket of an act that waits and says the same, so that it is done once."""
        for ticket in reversed(self._tickets.values()):
            before = ticket.command
            if before is None or not ticket.is_open or before.subject != command.subject:
                continue
            if _says(before) == _says(command):
                return ticket
            if not verb.once:
                return None
        return None


def _says(command: Command) -> tuple[object, ...]:
    return (
        command.verb,
        command.subject,
        command.arguments,
        command.who,
        command.seat,
        command.expected,
    )


def _is_past(verb: Verb) -> InputError:
    return InputError("You are looking at the past: go back to now to {act}", act=Words(verb.words))
