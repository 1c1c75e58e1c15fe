"""Keeps the displays awake: a screen saver on the wall of a room is a wall that failed."""

import ctypes
import ctypes.util
import logging

from PySide6.QtCore import QObject, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtGui import QGuiApplication

_LOG = logging.getLogger(__name__)
_EVERY_MS = 30_000
_SERVICE, _PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
_REASON = "what the wall shows is watched"


class Awake(QObject):
    """Asks the desktop not to save the screen while the console runs; on X11 the server, too.

    The desktop's own service holds the request as long as this process lives. An X server without
    such a desktop is reset now and then, as if somebody had moved the pointer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.resets = 0
        self._display: int | None = None
        self._x11: ctypes.CDLL | None = None
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.reset)

    def start(self) -> None:
        """Begin to keep awake."""
        self._ask_desktop()
        if QGuiApplication.platformName() == "xcb":
            self._open_x11()
            self._timer.start()
            self.reset()

    def stop(self) -> None:
        """Let the screen be saved again."""
        self._timer.stop()
        if self._x11 is not None and self._display is not None:
            self._x11.XCloseDisplay(ctypes.c_void_p(self._display))
        self._display = None

    def reset(self) -> None:
        """Have the X server count from now until it saves the screen."""
        if self._x11 is not None and self._display is not None:
            self._x11.XResetScreenSaver(ctypes.c_void_p(self._display))
            self._x11.XFlush(ctypes.c_void_p(self._display))
            self.resets += 1

    def _ask_desktop(self) -> None:
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        # Nobody waits for the answer: where no desktop is, there is nobody to ask.
        wish = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "Inhibit")
        wish.setArguments(["paser-command", _REASON])
        bus.asyncCall(wish)

    def _open_x11(self) -> None:
        name = ctypes.util.find_library("X11") or "libX11.so.6"
        try:
            self._x11 = ctypes.CDLL(name)
        except OSError as error:
            _LOG.info("the X server's screen saver cannot be held off: %s", error)
            return
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._display = self._x11.XOpenDisplay(None)
