"""Where panels stand: our own small interface on the docking library, and its pitfalls kept in."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from PySide6QtAds import (
    BottomDockWidgetArea,
    CDockAreaWidget,
    CDockContainerWidget,
    CDockManager,
    CDockSplitter,
    CDockWidget,
    CenterDockWidgetArea,
    RightDockWidgetArea,
    TitleBarButtonClose,
    TitleBarButtonMinimize,
    TitleBarButtonTabsMenu,
    TitleBarButtonUndock,
)

from paser_command.workspaces.definition import Node
from paser_ui.drop_marks import DropMarks
from paser_ui.on_screen import seen_whole
from paser_ui.widgets.icons import icon
from paser_ui.widgets.plain import cleaned, put_title, put_tooltip

_BUTTON_NAMES = {
    TitleBarButtonTabsMenu: "List All Tabs",
    TitleBarButtonUndock: "Detach Group",
    TitleBarButtonClose: "Close Group",
    TitleBarButtonMinimize: "Minimize",
}


class Docking(QObject):
    """The docks of all windows of a console. There is one for the console's life.

    The library has one manager, which owns every dock and shows nothing itself; each page has a
    container of its own. Panels go from page to page without being made anew, by hand too. Areas
    of the library are asked for by the name of a panel each time, and never kept: they come and go.
    """

    floated = Signal(str, bool)
    """A panel's name, and whether it is in a window by itself now."""
    menu_wanted = Signal(str)
    """The name of a panel whose menu was asked for in its title bar."""
    stood = Signal()
    """Panels came to be seen where they stand: perhaps since a hand moved them there."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        _configure()
        self._manager: CDockManager = CDockManager(window)
        self._manager.hide()
        self._manager.floatingWidgetCreated.connect(_keep_above)
        self._marks = DropMarks(self._manager)
        self._docks: dict[str, CDockWidget] = {}
        self._locked: set[str] = set()
        self._title = ""
        self._raising = QTimer(self, interval=0, singleShot=True)
        self._raising.timeout.connect(self._bring_back)
        self._standing = QTimer(self, interval=0, singleShot=True)
        self._standing.timeout.connect(self.stood)
        window.installEventFilter(self)

    def add(self, name: str, title: str, widget: QWidget) -> None:
        """Take a panel in; a page shows it."""
        dock = CDockWidget(self._manager, name)
        dock.setObjectName(name)
        dock.setWidget(widget, CDockWidget.eInsertMode.ForceNoScrollArea)
        dock.topLevelChanged.connect(lambda floating: self.floated.emit(name, floating))
        menu = QAction(icon("more"), "", dock)
        menu.setObjectName("panelMenu")
        menu.triggered.connect(lambda: self.menu_wanted.emit(name))
        dock.setTitleBarActions([menu])
        dock.installEventFilter(self)
        self._docks[name] = dock
        self.lock(name, False)
        self.set_title(name, title)

    def drop(self, name: str) -> None:
        """Take a panel out for good; its widget goes with it."""
        dock = self._docks.pop(name)
        self._manager.removeDockWidget(dock)
        dock.deleteLater()

    def names(self) -> list[str]:
        """Return the names of all panels."""
        return list(self._docks)

    def set_title(self, name: str, title: str) -> None:
        """Name the panel's tab."""
        put_title(self._docks[name], title)
        self._docks[name].setTabToolTip("")

    def lock(self, name: str, locked: bool) -> None:
        """Keep a panel where it stands, or let it be moved by hand."""
        feature = CDockWidget.DockWidgetFeature
        movable = feature.DockWidgetMovable | feature.DockWidgetFloatable
        self._docks[name].setFeatures(feature.NoDockWidgetFeatures if locked else movable)

    def page(self, parent: QWidget) -> "DockPage":
        """Return a new page, whose `widget` is to be laid out in the parent."""
        return DockPage(self, CDockContainerWidget(self._manager, parent))

    def float(self, name: str, at: QRect | None = None) -> None:
        """Make the panel a window by itself, at a place of the desktop where one is given."""
        dock = self._docks[name]
        if dock.dockContainer() is None:
            self._manager.addDockWidgetFloating(dock)
        elif not dock.isInFloatingContainer():
            dock.setFloating()
        window = dock.floatingDockContainer()
        if at is not None and window is not None:
            window.setGeometry(seen_whole(at))
        self._bring_back()

    def floating(self, name: str) -> bool:
        """Tell whether the panel is in a window by itself."""
        return bool(self._docks[name].isInFloatingContainer())

    def park(self, name: str) -> None:
        """Take a panel off the screen; it lives on."""
        if self._docks[name].dockContainer() is not None:
            self._manager.removeDockWidget(self._docks[name])

    def raise_tab(self, name: str) -> None:
        """Bring a panel to the front among its tabs."""
        self._docks[name].setAsCurrentTab()

    def windows(self) -> list[QWidget]:
        """Return the windows that panels float in."""
        return [window for window in self._manager.floatingWidgets() if window.isVisible()]

    def floats(self) -> list[tuple[QRect, Node]]:
        """Return what stands in windows of its own, and where on the desktop."""
        found = []
        for window in self._manager.floatingWidgets():
            node = read_layout(window.dockContainer())
            if window.isVisible() and any(node.panels()):
                found.append((window.geometry(), node))
        return found

    def show_floating(self, node: Node, at: QRect) -> None:
        """Stand panels in a window of their own."""
        first, *others = node.panels()
        self.float(first, at)
        container = self._docks[first].dockContainer()
        for name in others:
            area = self._docks[first].dockAreaWidget()
            container.addDockWidget(CenterDockWidgetArea, self._docks[name], area)
        _build(container, node, self._docks)

    def set_window_title(self, title: str) -> None:
        """Name the floating windows."""
        self._manager.setFloatingContainersTitle(cleaned(title))

    def retranslate(self) -> None:
        """Name the title bars' buttons anew: the library does it only once."""
        for container in self._manager.dockContainers():
            for area in container.openedDockAreas():
                for button, word in _BUTTON_NAMES.items():
                    found = area.titleBarButton(button)
                    if found is not None:
                        put_tooltip(found, QCoreApplication.translate("ads", word))

    def dock(self, name: str) -> CDockWidget:
        """Return the library's own dock of a panel: for pages only."""
        return self._docks[name]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate):
            # WORKAROUND(QtAds 5): it then raises its floating windows, which hides them but on X11.
            self._raising.start()
        elif event.type() == QEvent.Type.Show:
            self._standing.start()
        return super().eventFilter(watched, event)

    def bring_back(self) -> None:
        """Let all of each floating window be seen: displays came, went, or are others."""
        self._bring_back()
        for window in self.windows():
            window.setGeometry(seen_whole(window.geometry()))

    def _bring_back(self) -> None:
        for window in self._manager.floatingWidgets():
            if window.dockContainer().dockAreaCount():
                _bring_back(window)


class DockPage:
    """What one page shows: panels in tabs and splits."""

    def __init__(self, docking: Docking, container: CDockContainerWidget) -> None:
        self.widget: QWidget = container
        self._docking = docking
        self._container = container

    def build(self, node: Node) -> None:
        """Stand just these panels here; those that stood here and are not named are parked."""
        wanted = set(node.panels())
        for name in self.panels():
            if name not in wanted:
                self._docking.park(name)
        docks = {name: self._docking.dock(name) for name in wanted}
        for name in wanted:
            self._docking.park(name)
        _build(self._container, node, docks)
        self._docking.retranslate()

    def put(self, name: str, beside: str | None = None) -> None:
        """Add a panel: as a tab beside another, else at the right of all."""
        dock = self._docking.dock(name)
        area = self._docking.dock(beside).dockAreaWidget() if beside else None
        if area is not None:
            self._container.addDockWidget(CenterDockWidgetArea, dock, area)
        elif self._container.dockAreaCount():
            self._container.addDockWidget(RightDockWidgetArea, dock)
        else:
            self._container.addDockWidget(CenterDockWidgetArea, dock)
        self._docking.retranslate()

    def read(self) -> Node:
        """Return what stands here and how."""
        return read_layout(self._container)

    def panels(self) -> list[str]:
        """Return the names of the panels that stand here."""
        return [dock.objectName() for dock in self._container.dockWidgets()]

    def widgets(self) -> list[QWidget]:
        """Return the panels that stand here, as they are read."""
        return [self._docking.dock(name).widget() for name in self.read().panels()]

    def show_titles(self, shown: bool) -> None:
        """Show the panels' title bars, or leave their room to the panels."""
        for area in self._container.openedDockAreas():
            area.titleBar().setVisible(shown)

    def resize_parts(self, node: Node) -> None:
        """Give the parts their shares anew: after the page has got its size."""
        splitter = self._container.rootSplitter()
        if splitter is not None:
            _share(splitter, _merged(node))


def read_layout(container: CDockContainerWidget) -> Node:
    """Return the tree of what stands in a container."""
    splitter = container.rootSplitter()
    return _read(splitter) if splitter is not None else Node()


def _read(widget: QWidget) -> Node:
    if isinstance(widget, CDockAreaWidget):
        names = [dock.objectName() for dock in widget.dockWidgets() if not dock.isClosed()]
        current = widget.currentDockWidget()
        front = current.objectName() if current is not None and len(names) > 1 else ""
        return Node(tabs=tuple(names), current=front if front in names else "")
    if not isinstance(widget, CDockSplitter):
        return Node()
    read = [(_read(widget.widget(place)), size) for place, size in enumerate(widget.sizes())]
    parts = [(node, float(max(size, 1))) for node, size in read if any(node.panels())]
    if len(parts) < 2:
        return parts[0][0] if parts else Node()
    nodes, shares = tuple(node for node, _ in parts), tuple(share for _, share in parts)
    across = widget.orientation() is Qt.Orientation.Horizontal
    return Node(across=nodes, shares=shares) if across else Node(down=nodes, shares=shares)


def _build(container: CDockContainerWidget, node: Node, docks: dict[str, CDockWidget]) -> None:
    node = _merged(node)
    first = next(node.panels(), None)
    if first is None:
        return
    if docks[first].dockContainer() is not container:
        container.addDockWidget(CenterDockWidgetArea, docks[first])
    _part(container, node, docks)
    splitter = container.rootSplitter()
    if splitter is not None:
        _share(splitter, node)


def _part(container: CDockContainerWidget, node: Node, docks: dict[str, CDockWidget]) -> None:
    """Stand a part's panels about its first one, which stands already."""
    if node.tabs:
        area = docks[node.tabs[0]].dockAreaWidget()
        for name in node.tabs[1:]:
            container.addDockWidget(CenterDockWidgetArea, docks[name], area)
        area.setCurrentDockWidget(docks[node.current or node.tabs[0]])
        return
    side = RightDockWidgetArea if node.across else BottomDockWidgetArea
    firsts = [next(part.panels()) for part in node.parts]
    for before, name in pairwise(firsts):
        container.addDockWidget(side, docks[name], docks[before].dockAreaWidget())
    for part in node.parts:
        _part(container, part, docks)


def _share(widget: QWidget, node: Node) -> None:
    """Give the parts of a split their shares of its size."""
    if not isinstance(widget, CDockSplitter):
        return
    parts = _parts(widget)
    if len(parts) == 1 and not (node.parts and len(node.parts) == 1):
        _share(parts[0], node)
        return
    if len(parts) != len(node.parts):
        return
    shares = node.shares or (1.0,) * len(parts)
    across = widget.orientation() is Qt.Orientation.Horizontal
    room = max(widget.width() if across else widget.height(), 1_000)
    total = sum(shares)
    widget.setSizes([max(1, round(share / total * room)) for share in shares])
    for part, own in zip(parts, node.parts, strict=True):
        _share(part, own)


def _parts(splitter: CDockSplitter) -> Sequence[QWidget]:
    return [splitter.widget(place) for place in range(splitter.count())]


def _merged(node: Node) -> Node:
    """Return the tree without what the library does not keep: empty parts, splits of one part.

    A split in a split of the same direction is one split.
    """
    if node.tabs:
        return node
    kept = list(_kept(node, 1.0, bool(node.across)))
    if len(kept) == 1:
        return kept[0][0]
    nodes, shares = tuple(one for one, _ in kept), tuple(share for _, share in kept)
    if node.across:
        return Node(across=nodes, shares=shares)
    return Node(down=nodes, shares=shares) if nodes else Node()


def _kept(node: Node, whole: float, across: bool) -> Iterator[tuple[Node, float]]:
    shares = node.shares or (1.0,) * len(node.parts)
    total = sum(shares) or 1.0
    for part, share in zip(node.parts, shares, strict=True):
        merged, size = _merged(part), whole * share / total
        if not any(merged.panels()):
            continue
        if merged.parts and bool(merged.across) is across:
            yield from _kept(merged, size, across)
        else:
            yield merged, size


def _bring_back(window: QWidget) -> None:
    if window.isHidden():
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window.show()


def _keep_above(window: QWidget) -> None:
    """Have a window manager hold a floating window above all windows of its console.

    On X11 a utility window that names no other one belongs to its whole program. A normal one goes
    behind a window that fills a display and is clicked, out of the mouse's reach.
    """
    window.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeUtility)


def _configure() -> None:
    """Set the library's flags, which it reads when its first manager is made."""
    flag = CDockManager.eConfigFlag
    CDockManager.setConfigFlags(
        flag.OpaqueSplitterResize
        | flag.XmlCompressionEnabled
        | flag.DragPreviewIsDynamic
        | flag.FloatingContainerHasWidgetTitle
        | flag.DockAreaHideDisabledButtons
        | flag.DisableStylesheet
    )
    # Our own title bar on floating windows is left off: under the offscreen platform they hide.
    # Auto-hide crashes on some platforms, and a war room hides nothing by itself.
    CDockManager.setAutoHideConfigFlags(CDockManager.eAutoHideFlag(0))
