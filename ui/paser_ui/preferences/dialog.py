"""The settings dialog: one line to search, the settings, and the keys."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from paser_command.language import Language
from paser_ui.acts.acts import Acts
from paser_ui.acts.focus import is_plain_press
from paser_ui.preferences.form import SettingsForm
from paser_ui.preferences.keys_page import KeysPage
from paser_ui.preferences.preferences import Preferences
from paser_ui.theme.tokens import GAP_PX
from paser_ui.widgets.giving_back import give_back
from paser_ui.widgets.plain import put_name, put_text, put_title

SETTINGS, KEYS = "settings", "keys"
_MARGIN = 4 * GAP_PX
_SIZE = (860, 620)


class PreferencesDialog(QDialog):
    """Holds up nothing; what is changed is so at once, or at the next start where it says so."""

    def __init__(
        self,
        preferences: Preferences,
        acts: Acts,
        language_of: Callable[[str], Language],
        *,
        fixed: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`language_of` gives the screen's language with a package's own words before ours."""
        super().__init__(parent)
        self.setObjectName("settings")
        give_back(self, parent)
        self._language_of = language_of
        self.form = SettingsForm(preferences, fixed or {})
        self.keys = KeysPage(acts, language_of)
        self.box = QLineEdit()
        self.box.setObjectName("settings.search")
        self.box.setClearButtonEnabled(True)
        self._pages = QStackedWidget()
        self.buttons = {SETTINGS: QPushButton(), KEYS: QPushButton()}
        self.shut = QPushButton()
        self.shut.setObjectName("settings.close")
        self.shut.setAutoDefault(False)
        self.shut.clicked.connect(self.close)
        self._lay_out()
        self.box.textChanged.connect(self._find)
        self.retranslate()
        self.show_page(SETTINGS)

    @property
    def page(self) -> str:
        """Return which page is shown."""
        return KEYS if self._pages.currentWidget() is self.keys else SETTINGS

    def show_page(self, name: str) -> None:
        """Show the settings or the keys."""
        self._pages.setCurrentWidget(self.keys if name == KEYS else self.form)
        for one, button in self.buttons.items():
            button.setChecked(one == name)
        self.box.setFocus()

    def retranslate(self) -> None:
        """Put the words on."""
        language = self._language_of("")
        tr = language.tr
        put_title(self, tr("Settings"))
        put_text(self.buttons[SETTINGS], tr("Settings"))
        put_text(self.buttons[KEYS], tr("Keys"))
        put_text(self.shut, tr("Close"))
        self.box.setPlaceholderText(tr("Search"))
        put_name(self.box, tr("Search the settings"))
        self.form.retranslate(language)
        self.keys.retranslate()
        self._find(self.box.text())

    def event(self, event: QEvent) -> bool:
        # Enter, Esc and Space are the desk's keys elsewhere; here they are the dialog's.
        if is_plain_press(event):
            event.accept()
            return True
        return super().event(event)

    def _find(self, text: str) -> None:
        self.form.search(text)
        self.keys.search(text)

    def _lay_out(self) -> None:
        self.resize(*_SIZE)
        head = QHBoxLayout()
        head.setSpacing(_MARGIN)
        for name, button in self.buttons.items():
            button.setObjectName(f"settings.page.{name}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, name=name: self.show_page(name))
            head.addWidget(button)
        head.addStretch(1)
        head.addWidget(self.box, 1)
        head.addWidget(self.shut)
        self._pages.addWidget(self.form)
        self._pages.addWidget(self.keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
