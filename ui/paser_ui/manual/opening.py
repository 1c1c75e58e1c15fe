"""Opens the manual where it tells of what has the focus."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.desk import Desk
from paser_ui.manual.sections import SECTION_OF
from paser_ui.manual.window import ManualWindow
from paser_ui.panel_host import PanelHost


class ManualOpening(QObject):
    """Has the act that opens the manual. `window` gives the one that it stands before."""

    def __init__(self, acts: Acts, desk: Desk, window: Callable[[], QWidget]) -> None:
        super().__init__()
        self._desk = desk
        self._window = window
        self.manual: ManualWindow | None = None
        desk.language_changed.connect(self._retranslate)
        acts.add(
            Act(
                id="manual.open",
                words="Manual for what has the focus",
                group="Console",
                key="F1",
                while_typing=True,
                run=self.open,
            )
        )

    def open(self) -> None:
        """Open it, or bring it to the front, at the section about what has the focus."""
        anchor = section_of(QApplication.focusWidget(), self._desk.language.code)
        if self.manual is None:
            self.manual = ManualWindow(self._desk.language, self._window())
        self.manual.show()
        self.manual.raise_()
        self.manual.activateWindow()
        if anchor is not None:
            self.manual.go_to(anchor)

    def _retranslate(self) -> None:
        if self.manual is not None:
            self.manual.retranslate(self._desk.language)


def section_of(widget: QWidget | None, code: str) -> str | None:
    """Return the anchor of the section about a widget, "" for the top; None in the manual."""
    while widget is not None:
        if isinstance(widget, ManualWindow):
            return None
        name = widget.type_id if isinstance(widget, PanelHost) else widget.objectName()
        if name in SECTION_OF:
            return SECTION_OF[name][code]
        widget = widget.parentWidget()
    return ""
