"""The pages of one window: one in front, the others behind its tab."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import HELP_PX
from paser_ui.widgets.plain import cleaned, put_name
from paser_ui.windows.page import PageView


class PageStack(QWidget):
    """Tabs are seen where there are several pages.

    `retitled` tells that the page in front is another one, or is called something else.
    """

    turned = Signal()
    retitled = Signal()

    def __init__(self, tr: Callable[[str], str]) -> None:
        """Show names of pages as `tr` has them: those of delivered workspaces are words of ours."""
        super().__init__()
        self.setObjectName("pages")
        self._tr = tr
        self.tabs = QTabBar()
        self.tabs.setObjectName("pageTabs")
        self.tabs.setFont(font(HELP_PX))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._pages: list[PageView] = []
        self._stack = QStackedWidget()
        self.tabs.currentChanged.connect(self._turn)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.tabs)
        rows.addWidget(self._stack, 1)
        self.tabs.hide()

    @property
    def pages(self) -> list[PageView]:
        """The pages in the order of their tabs."""
        return list(self._pages)

    @property
    def front(self) -> PageView | None:
        """The page that is seen."""
        number = self.tabs.currentIndex()
        return self._pages[number] if 0 <= number < len(self._pages) else None

    def add(self, page: PageView, number: int | None = None) -> None:
        """Put a page among the others: behind them all, where no number is given."""
        number = len(self._pages) if number is None else number
        self._pages.insert(number, page)
        self._stack.addWidget(page)
        page.renamed.connect(self.retitle)
        self.tabs.insertTab(number, "")
        self.retitle()

    def take(self, page: PageView) -> None:
        """Take a page out; it lives on without a window."""
        number = self._pages.index(page)
        self._pages.pop(number)
        page.renamed.disconnect(self.retitle)
        self._stack.removeWidget(page)
        page.setParent(None)
        self.tabs.removeTab(number)
        self.retitle()

    def turn_to(self, page: PageView) -> None:
        """Bring a page to the front."""
        self.tabs.setCurrentIndex(self._pages.index(page))

    def turn(self, by: int) -> None:
        """Bring the next page to the front, or the one before."""
        if self._pages:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._pages))

    def retitle(self) -> None:
        """Write the pages' names on their tabs."""
        for number, page in enumerate(self._pages):
            name = self._tr(page.name) if page.name else str(number + 1)
            self.tabs.setTabText(number, cleaned(name).replace("&", "&&"))
        self.tabs.setVisible(len(self._pages) > 1)
        self.retitled.emit()

    def say_what(self, words: str) -> None:
        """Say what the tabs are to those who do not see them."""
        put_name(self.tabs, words)

    def _turn(self, number: int) -> None:
        if 0 <= number < len(self._pages):
            self._stack.setCurrentWidget(self._pages[number])
            self.turned.emit()
            self.retitled.emit()
