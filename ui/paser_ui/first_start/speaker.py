"""The language before there is a desk."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from paser_command.language import Language


class Speaker(QObject):
    """Speaks one language, until another one is wanted."""

    language_changed = Signal()

    def __init__(self, code: str) -> None:
        super().__init__()
        self.language = Language(code)

    @property
    def tr(self) -> Callable[..., str]:
        """Return the language's own `tr`."""
        return self.language.tr

    def speak(self, code: str) -> None:
        """Speak another language."""
        self.language = Language(code)
        self.language_changed.emit()
