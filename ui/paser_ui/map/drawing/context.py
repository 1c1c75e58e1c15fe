"""What the drawing tools need of a panel's context."""

from typing import Protocol

from paser_command.language import Language
from paser_command.session.frames import Selection


class DrawingContext(Protocol):
    """A part of `PanelContext`."""

    @property
    def language(self) -> Language:
        """The language that the screen speaks now."""
        ...

    def command(self, verb: str, subject: str, **arguments: str) -> None:
        """Write an operator's command to the journal; InputError where it is none."""
        ...

    def select(self, selection: Selection) -> None:
        """Pick a thing for all panels."""
        ...

    def undo(self) -> bool:
        """Undo one's last act on a drawing; False where there is none."""
        ...

    def redo(self) -> bool:
        """Do again what was undone last; False where there is nothing."""
        ...
