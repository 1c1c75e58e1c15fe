"""What all panels and bars of one desk share: the session, the selection, the language."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from paser_command.language import Language
from paser_command.session.frames import Selection
from paser_command.session.session import Session

ACKNOWLEDGE = "acknowledge"


class Desk(QObject):
    """One selection, one language, one session."""

    selection_changed = Signal()
    language_changed = Signal()

    def __init__(
        self,
        session: Session,
        *,
        language: str,
        zone: str,
        catalogues: Sequence[str] = ("paser_resources",),
    ) -> None:
        super().__init__()
        self.session = session
        self.selection = Selection()
        self._zone = zone
        self._catalogues = tuple(catalogues)
        self.language = self._speak(language)

    @property
    def tr(self) -> Callable[..., str]:
        """Return the language's own `tr`."""
        return self.language.tr

    def select(self, selection: Selection) -> None:
        """Pick a thing for all panels."""
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()

    def speak(self, code: str) -> None:
        """Change the language of the whole screen."""
        if code != self.language.code:
            self.language = self._speak(code)
            self.language_changed.emit()

    def acknowledge(self, subject: str) -> None:
        """Write to the journal that somebody here took notice."""
        self.session.command(ACKNOWLEDGE, subject)

    def _speak(self, code: str) -> Language:
        return Language(code, self._zone, self._catalogues)
