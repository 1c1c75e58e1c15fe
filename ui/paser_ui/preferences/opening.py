"""Opens the settings dialog, one at a time, and lets it speak as the screen does."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.desk import Desk
from paser_ui.preferences.dialog import KEYS, SETTINGS, PreferencesDialog
from paser_ui.preferences.preferences import Preferences


class PreferencesOpening(QObject):
    """Has the acts that open the dialog. `window` gives the one that it stands before."""

    def __init__(
        self,
        preferences: Preferences,
        acts: Acts,
        desk: Desk,
        window: Callable[[], QWidget],
        fixed: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._acts = acts
        self._desk = desk
        self._window = window
        self._fixed = fixed or {}
        self.dialog: PreferencesDialog | None = None
        desk.language_changed.connect(self._retranslate)
        acts.add(
            Act(
                id="settings.open",
                words="Settings",
                group="Console",
                key="Ctrl+,",
                while_typing=True,
                run=lambda: self.open(SETTINGS),
            ),
            Act(
                id="keys.open",
                words="Change keys",
                group="Console",
                while_typing=True,
                run=lambda: self.open(KEYS),
            ),
        )

    def open(self, page: str) -> None:
        """Open the dialog at a page, or bring it to the front."""
        if self.dialog is None:
            self.dialog = PreferencesDialog(
                self._preferences,
                self._acts,
                self._desk.language_of,
                fixed=self._fixed,
                parent=self._window(),
            )
        self.dialog.show_page(page)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _retranslate(self) -> None:
        if self.dialog is not None:
            self.dialog.retranslate()
