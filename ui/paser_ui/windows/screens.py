"""The displays that are plugged in now, by what they are known by."""

from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from paser_command.workspaces.display import Display

SETTLE_MS = 1_000
"""A display that is plugged in comes and goes a few times before it stays."""


class Present(NamedTuple):
    """A display, where its picture is on the desktop, and how many pixels a millimetre has.

    The place is in pixels as they are scaled now, by `dpr`; the millimetre's are the display's own.
    """

    display: Display
    geometry: QRect
    px_per_mm: float
    dpr: float = 1.0

    @property
    def pixels(self) -> QSize:
        """How many pixels the display has, before any scaling."""
        return self.geometry.size() * self.dpr


class Screens(QObject):
    """`changed` tells, a second after the last of them, that displays came, went or changed.

    Qt's own screens are asked for each time, and never kept: one that was unplugged is deleted.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, settle_ms: int = SETTLE_MS) -> None:
        super().__init__(parent)
        self._settling = QTimer(self, interval=settle_ms, singleShot=True)
        self._settling.timeout.connect(self.changed)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._listen)
        app.screenRemoved.connect(self._wait)
        app.primaryScreenChanged.connect(self._wait)
        for screen in QGuiApplication.screens():
            self._listen(screen)

    def present(self) -> list[Present]:
        """Return the displays, the main one first, then from left to right."""
        main = QGuiApplication.primaryScreen()
        screens = sorted(
            QGuiApplication.screens(),
            key=lambda screen: (screen is not main, screen.geometry().x(), screen.geometry().y()),
        )
        return [_present(screen) for screen in screens]

    def _listen(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._wait)
        screen.availableGeometryChanged.connect(self._wait)
        self._wait()

    def _wait(self, _what: object = None) -> None:
        self._settling.start()


def qscreen_at(geometry: QRect) -> QScreen | None:
    """Return Qt's screen that has this place of the desktop."""
    return QGuiApplication.screenAt(geometry.center())


def _present(screen: QScreen) -> Present:
    size = screen.physicalSize()
    display = Display(
        maker=screen.manufacturer(),
        model=screen.model(),
        serial=screen.serialNumber(),
        width_mm=round(size.width()),
        height_mm=round(size.height()),
        connector=screen.name(),
    )
    geometry, dpr = screen.geometry(), screen.devicePixelRatio()
    px_per_mm = geometry.width() * dpr / size.width() if size.width() else 0.0
    return Present(display, geometry, px_per_mm, dpr)
