"""Puts into the log which screens there are: of a fault on a wall nobody else can tell."""

import logging

from PySide6.QtGui import QGuiApplication, QScreen

_LOG = logging.getLogger(__name__)


def tell_screens(app: QGuiApplication) -> None:
    """Log all screens, now and whenever one comes or goes."""
    _LOG.info("the screens are shown by %s", app.platformName())
    for screen in app.screens():
        _tell("there is", screen)
    app.screenAdded.connect(lambda screen: _tell("there comes", screen))
    app.screenRemoved.connect(lambda screen: _tell("there goes", screen))


def _tell(what: str, screen: QScreen) -> None:
    area = screen.geometry()
    _LOG.info(
        "%s the screen %s: %d x %d at %d, %d, scaled %.2f, %.0f dpi, %.0f Hz",
        what,
        screen.name(),
        area.width(),
        area.height(),
        area.x(),
        area.y(),
        screen.devicePixelRatio(),
        screen.logicalDotsPerInch(),
        screen.refreshRate(),
    )
