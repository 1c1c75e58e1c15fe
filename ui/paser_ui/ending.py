"""The console ends when the console says so: whatever else asks Python or Qt to exit is refused."""

import builtins
import logging
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

_LOG = logging.getLogger(__name__)


class ExitRefusedError(Exception):
    """Somebody's code asked the program to end: an error like any other, blamed on who did."""

    kind = "exit"

    def __init__(self, *_: object) -> None:
        super().__init__("asked the program to end")


def _refuse(*_: object) -> NoReturn:
    raise ExitRefusedError


class Ending:
    """Runs the application's loop until `end`.

    What a slot or a paint event raises PySide hands to Python's own printing, which for a
    `SystemExit` ends the process in C, past every handler. So from `refuse_others` to `allow` that
    name, `sys.exit` and their like mean an error that is caught and blamed like others (ADR 0032).
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._code: int | None = None
        self._exit: Callable[[int], None] = QCoreApplication.exit
        self._replaced: list[tuple[Any, str, object]] = []

    def end(self, code: int = 0) -> None:
        """End the loop, and with it the console."""
        # Not `quit`: it asks every window first, and a floating panel's says no.
        self._code = code
        self._exit(code)

    def run(self) -> int:
        """Run the loop; return the code with which the console ended it."""
        while self._code is None:
            self._app.exec()
            if self._code is None:
                _LOG.error("something asked Qt to end the console, which goes on")
        return self._code

    def refuse_others(self) -> None:
        """Make all that ends a program raise, from now on."""
        self._replace(builtins, "SystemExit", ExitRefusedError)
        for where, name in ((sys, "exit"), (os, "_exit"), (builtins, "exit"), (builtins, "quit")):
            if hasattr(where, name):
                self._replace(where, name, _refuse)
        for name in ("exit", "quit"):
            self._replace(QCoreApplication, name, staticmethod(_refuse))

    def allow(self) -> None:
        """Give everything its meaning back."""
        while self._replaced:
            setattr(*self._replaced.pop())

    def _replace(self, where: Any, name: str, by: object) -> None:
        self._replaced.append((where, name, vars(where)[name]))
        setattr(where, name, by)
