"""Where panels stand: our own small interface on the docking library, and its pitfalls kept in."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from PySide6QtAds import (
    BottomDockWidgetArea,
    CDockManager,
    CDockWidget,
    CenterDockWidgetArea,
    LeftDockWidgetArea,
    RightDockWidgetArea,
    TitleBarButtonClose,
    TitleBarButtonMinimize,
    TitleBarButtonTabsMenu,
    TitleBarButtonUndock,
)

from paser_ui.widgets.plain import cleaned, put_title, put_tooltip

LAYOUT_VERSION = 1


class Place(Enum):
    """Where a panel stands in the layout that we deliver."""

    LEFT = auto()
    RIGHT = auto()
    BOTTOM = auto()
    BOTTOM_RIGHT = auto()
    TAB = auto()


_SHARES = {Place.LEFT: 56, Place.RIGHT: 44, Place.BOTTOM: 66, Place.BOTTOM_RIGHT: 34}
_BUTTON_NAMES = {
    TitleBarButtonTabsMenu: "List All Tabs",
    TitleBarButtonUndock: "Detach Group",
    TitleBarButtonClose: "Close Group",
    TitleBarButtonMinimize: "Minimize",
}
_UPPER, _LOWER = 65, 35


class Docking(QObject):
    """The docks of one window. There is one for the window's life: it is never rebuilt.

    Areas of the library are asked for by the name of a panel each time, and never kept: after a
    restore they are other ones.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        _configure()
        parent.installEventFilter(self)
        self.widget: QWidget = CDockManager(parent)
        self._manager: CDockManager = self.widget
        self._docks: dict[str, CDockWidget] = {}
        self._places: dict[str, Place] = {}

    def add(self, name: str, title: str, widget: QWidget, place: Place) -> None:
        """Take a panel in; `arrange` puts it where it belongs."""
        dock = CDockWidget(self._manager, name)
        dock.setObjectName(name)
        feature = CDockWidget.DockWidgetFeature
        dock.setFeatures(feature.DockWidgetMovable | feature.DockWidgetFloatable)
        dock.setWidget(widget, CDockWidget.eInsertMode.ForceNoScrollArea)
        self._docks[name] = dock
        self._places[name] = place
        self.set_title(name, title)

    def set_title(self, name: str, title: str) -> None:
        """Name the panel's tab."""
        put_title(self._docks[name], title)
        self._docks[name].setTabToolTip("")

    def retranslate(self) -> None:
        """Name the title bars' buttons anew: the library does it only once."""
        for area in self._manager.openedDockAreas():
            for button, word in _BUTTON_NAMES.items():
                found = area.titleBarButton(button)
                if found is not None:
                    put_tooltip(found, QCoreApplication.translate("ads", word))

    def arrange(self) -> None:
        """Put every panel where the delivered layout has it."""
        upper = self._row((Place.LEFT, Place.RIGHT), CenterDockWidgetArea)
        lower = self._row((Place.BOTTOM, Place.BOTTOM_RIGHT), BottomDockWidgetArea)
        for name in self._named(Place.TAB):
            beside = lower or upper
            if beside is None:
                self._manager.addDockWidget(CenterDockWidgetArea, self._docks[name])
                upper = name
            else:
                area = self._docks[beside].dockAreaWidget()
                self._manager.addDockWidgetTabToArea(self._docks[name], area)
                area.setCurrentIndex(0)
        self._share()

    def save(self) -> bytes:
        """Return the layout as it stands."""
        return bytes(self._manager.saveState(LAYOUT_VERSION).data())

    def restore(self, layout: bytes) -> bool:
        """Put the panels where they stood; False, and nothing moved, where the layout is none.

        After the window was shown, else floating windows stay hidden.
        """
        restored = bool(self._manager.restoreState(QByteArray(layout), LAYOUT_VERSION))
        self._bring_back()
        return restored

    def on_floating(self, tell: Callable[[str, bool], None]) -> None:
        """Call with a panel's name whenever it becomes a window by itself, or docks again."""
        for name, dock in self._docks.items():
            dock.topLevelChanged.connect(lambda floating, name=name: tell(name, floating))

    def floating(self, name: str) -> bool:
        """Tell whether the panel is in a window by itself."""
        return bool(self._docks[name].isInFloatingContainer())

    def float(self, name: str) -> None:
        """Make the panel a window by itself."""
        self._docks[name].setFloating()

    def bring(self, name: str) -> None:
        """Let the panel be seen: the first of its tabs, its window before others."""
        self._docks[name].raise_()

    def windows(self) -> list[QWidget]:
        """Return the windows that panels float in."""
        return [window for window in self._manager.floatingWidgets() if window.isVisible()]

    def set_window_title(self, title: str) -> None:
        """Name the floating windows."""
        self._manager.setFloatingContainersTitle(cleaned(title))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate):
            # WORKAROUND(QtAds 4): it then raises its floating windows, which hides them but on X11.
            QTimer.singleShot(0, self, self._bring_back)
        return super().eventFilter(watched, event)

    def _bring_back(self) -> None:
        """Show floating windows that were left hidden, or stand on a screen that has gone."""
        if self.widget.isVisible():
            for window in self._manager.floatingWidgets():
                _bring_back(window)

    def _row(self, places: tuple[Place, ...], where: object) -> str | None:
        """Stand the panels of the places side by side; return the first one's name."""
        first: str | None = None
        for place in places:
            for number, name in enumerate(self._named(place)):
                dock = self._docks[name]
                if first is None:
                    self._manager.addDockWidget(where, dock)
                    first = name
                elif number:
                    beside = self._docks[self._named(place)[0]].dockAreaWidget()
                    self._manager.addDockWidgetTabToArea(dock, beside)
                    beside.setCurrentIndex(0)
                else:
                    side = RightDockWidgetArea if place is not Place.LEFT else LeftDockWidgetArea
                    self._manager.addDockWidget(side, dock, self._docks[first].dockAreaWidget())
        return first

    def _share(self) -> None:
        for places in ((Place.LEFT, Place.RIGHT), (Place.BOTTOM, Place.BOTTOM_RIGHT)):
            names = [self._named(place)[0] for place in places if self._named(place)]
            if len(names) == 2:
                area = self._docks[names[0]].dockAreaWidget()
                self._manager.setSplitterSizes(area, [_SHARES[place] * 10 for place in places])
        root = self._manager.rootSplitter()
        if root.count() == 2:
            root.setSizes([_UPPER * 10, _LOWER * 10])

    def _named(self, place: Place) -> list[str]:
        return [name for name, own in self._places.items() if own is place]


def _bring_back(window: QWidget) -> None:
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not any(screen.intersects(window.geometry()) for screen in screens):
        window.move(screens[0].topLeft())
    if window.isHidden():
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window.show()


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
