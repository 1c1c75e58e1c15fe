"""A page: what one display shows, which goes from window to window as a whole."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from paser_command.workspaces.definition import Node, Page
from paser_command.workspaces.display import Display
from paser_ui.docking import Docking
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, HELP_PX
from paser_ui.times import COMMON
from paser_ui.widgets.plain import plain_label, put_text

NEW = -1
"""The time of a page that wants one for itself, and has none yet: workspaces said no more once."""


class PageView(QWidget):
    """The panels of a page. `display` is where it belongs, which may not be there now.

    `full` pages fill their display; others have a window of their own at `at`, from their
    display's corner. `time` is the number of the time that its window is moved in, or NEW.
    """

    renamed = Signal()

    def __init__(self, docking: Docking, page: Page) -> None:
        super().__init__()
        self.setObjectName("page")
        self.name = page.name
        self.place = page.place
        self.display: Display | None = page.display
        self.full = page.window == "full"
        self.at = QRect(*page.at) if page.at is not None else None
        self.time = page.time or (NEW if page.own_time else COMMON)
        self._node = Node()
        self._sized = False
        self.dock = docking.page(self)
        self.hint: QLabel = plain_label(font=font(HELP_PX), role="2")
        self.hint.setObjectName("page.hint")
        self.hint.setContentsMargins(12, GAP_PX, 12, GAP_PX)
        self.hint.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.hint)
        rows.addWidget(self.dock.widget, 1)

    def build(self, node: Node) -> None:
        """Stand panels here, by the names of their docks."""
        self._node, self._sized = node, False
        self.dock.build(node)

    def say(self, hint: str) -> None:
        """Say above the panels why the page is here; nothing for an empty text."""
        put_text(self.hint, hint)
        self.hint.setVisible(bool(hint))

    def rename(self, name: str) -> None:
        """Give the page another name."""
        self.name = name
        self.renamed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Once the page has its size, the parts get theirs: before, nobody knows of what."""
        if not self._sized and self.isVisible() and self.width() > 1:
            self._sized = True
            self.dock.resize_parts(self._node)
