"""The few words that Qt and the docking library put on the screen themselves, in our languages."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QTranslator

QT_WORDS = (
    "&Undo",
    "&Redo",
    "Cu&t",
    "&Copy",
    "&Paste",
    "Delete",
    "Select All",
    "Copy &Link Location",
    "Detach",
    "Detach Group",
    "Close",
    "Close Tab",
    "Close Group",
    "Close Other Groups",
    "Close Others",
    "List All Tabs",
    "Minimize",
    "Pin Active Tab (Press Ctrl to Pin Group)",
    "&Look in:",
    "File &name:",
    "Files of &type:",
    "&Open",
    "&Save",
    "Cancel",
    "Name",
    "Size",
    "Type",
    "Date Modified",
    "Computer",
    "Folder",
    "Back",
    "Forward",
    "Parent Directory",
    "Create New Folder",
    "&New Folder",
    "&Rename",
    "&Delete",
    "Show &hidden files",
    "List View",
    "Detail View",
)
"""Context menus of text fields; tabs, and the title bars that they stand in; choosing a file."""


class Speaker(Protocol):
    """What speaks a language that may change: a desk, or the window before there is one."""

    @property
    def tr(self) -> Callable[..., str]:
        """The `tr` of the language of now."""
        ...

    @property
    def language_changed(self) -> Any:
        """The signal that the language is another one."""
        ...


class QtWords(QTranslator):
    """Answers Qt from our catalogue. Qt ships no Indonesian."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        self._words: dict[str, str] = {}
        self._speak()
        QCoreApplication.installTranslator(self)
        speaker.language_changed.connect(self._speak_anew)

    def remove(self) -> None:
        """Leave Qt to itself again."""
        self._speaker.language_changed.disconnect(self._speak_anew)
        QCoreApplication.removeTranslator(self)

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,
        text: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        # None is Qt's "not known to me".
        return self._words.get(text)

    def _speak(self) -> None:
        self._words = {text: self._speaker.tr(text) for text in QT_WORDS}

    def _speak_anew(self) -> None:
        self._speak()
        # Taken out and put back, so that Qt tells every widget that the language is another one.
        QCoreApplication.removeTranslator(self)
        QCoreApplication.installTranslator(self)
