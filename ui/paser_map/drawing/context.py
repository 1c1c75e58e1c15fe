"""What the drawing tools need of a panel's context."""

from typing import Protocol

from paser_command.errors import InputError
from paser_command.language import Language
from paser_command.outbox.ticket import Ticket
from paser_command.session.frames import Selection
from paser_command.verbs.verb import VerbValue


class DrawingContext(Protocol):
    """A part of `PanelContext`."""

    @property
    def language(self) -> Language:
        """The language that the screen speaks now."""
        ...

    def act(self, value: VerbValue, subject: str) -> Ticket:
        """Do something to a drawing; the ticket says what becomes of it."""
        ...

    def refusal(self, kind: type[VerbValue]) -> InputError | None:
        """Return why an act of this kind would be refused now, None where it would not."""
        ...

    def select(self, selection: Selection) -> None:
        """Pick a thing for all panels."""
        ...

    def undo(self) -> Ticket | None:
        """Undo one's last act on a drawing; None where there is none."""
        ...

    def redo(self) -> Ticket | None:
        """Do again what was undone last; None where there is nothing."""
        ...
