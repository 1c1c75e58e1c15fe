"""A person's settings of now, and who wants to hear of a change."""

import msgspec
from PySide6.QtCore import QObject, Signal

from paser_ui.preferences.schema import Value
from paser_ui.settings import Settings


class Preferences(QObject):
    """Holds the settings. `changed` gives the name of the one that is another now."""

    changed = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    def value(self, name: str) -> Value:
        """Return what a setting is."""
        value: Value = getattr(self.settings, name)
        return value

    def put(self, name: str, value: Value) -> None:
        """Set it."""
        if self.value(name) != value:
            self.settings = msgspec.structs.replace(self.settings, **{name: value})
            self.changed.emit(name)
