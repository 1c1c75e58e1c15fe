"""The one Qt application: made at a person's scale and in their theme, before any widget."""

import logging
import os

from PySide6.QtCore import QLoggingCategory, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from paser_command.workspaces.room import Room
from paser_ui.settings import Settings
from paser_ui.theme.scale import scale_environment, screen_environment
from paser_ui.theme.style import apply_theme
from paser_ui.theme.tokens import THEMES

_LOG = logging.getLogger(__name__)
_IMAGE_LIMIT_MIB = 16
_OFFSCREEN_CHATTER = ("This plugin does not support",)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def make_application(settings: Settings, room: Room | None = None) -> QApplication:
    """Return the application; the one that there is keeps the scale that it has."""
    qInstallMessageHandler(_log_qt)
    running = QApplication.instance()
    if isinstance(running, QApplication):
        app = running
    else:
        os.environ.update(scale_environment(settings.scale, os.environ))
        os.environ.update(screen_environment(room or Room(), os.environ))
        app = QApplication(["paser-command"])
    app.setApplicationName("Paser Command")
    app.setDesktopFileName("paser-command")
    QImageReader.setAllocationLimit(_IMAGE_LIMIT_MIB)
    # Of a broken tile the layer says so once; the decoders would fill the log.
    QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")
    apply_theme(app, THEMES[settings.theme])
    return app


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if message.startswith(_OFFSCREEN_CHATTER):
        return
    _LOG.log(_LEVELS.get(kind, logging.WARNING), "Qt %s: %s", context.category, message[:1_000])
