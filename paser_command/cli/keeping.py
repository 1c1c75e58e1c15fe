"""The console as a user starts it: kept on the screen by a small process in front of it."""

import logging
import os
import sys
import time
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from paser_command.cli.main import told
from paser_command.cli.sites import home_folder
from paser_command.errors import PaserError
from paser_command.keeper.heart import Heart
from paser_command.keeper.keeper import Keeper
from paser_command.keeper.restarts import START_ANEW, Start
from paser_command.memory import COLLECTING

_SHORTEST_S = 0.1

_log = logging.getLogger(__name__)


def keep(options: Namespace) -> int:
    """Show the console, and show it again where it hangs or falls, until it ends by will."""

    began_s = time.monotonic()

    def show(start: Start, heart: Heart) -> int:
        # What is loaded stays: to look for cycles among it takes a tenth of the start.
        with COLLECTING.held():
            # Loaded in the console's process alone.
            from paser_command.cli.console import console

            if options.for_s is not None:
                options.for_s = max(_SHORTEST_S, options.for_s - (time.monotonic() - began_s))
            return told(lambda: console(options, heart, start))

    logs, keeper = home_folder() / "log", os.getpid()
    code = Keeper(show, logs, _Telling(logs)).run(safe_mode=bool(options.safe_mode))
    # The console itself comes back from there too, and only ends.
    if code == START_ANEW and os.getpid() == keeper:
        _start_anew()
    return code


def _start_anew() -> None:
    """Become the version that is installed now, with the same command line."""
    from paser_command.installed.manifest import installation

    installed = installation()
    if installed is not None:
        program = installed.base / "current" / "paser-command"
        # Else a frozen program takes another for one of its own children.
        os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
        os.execv(program, [str(program), *sys.argv[1:]])


class _Telling:
    """Tells of what happened, on standard error and in a log that is begun when there is need."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begun = False

    def __call__(self, error: PaserError) -> None:
        # What most keepers never need: they have nothing to tell.
        from paser_command.cli.output import complain
        from paser_command.logs import log_to

        # A full disk or a terminal that has gone are no reason to leave the console alone.
        with suppress(OSError):
            if not self._begun:
                self._begun = True
                log_to(self._folder, "keeper")
            _log.error("%s", error)
        with suppress(OSError):
            complain(error)
