"""What a running console is told of its own package: files that differ, a newer version."""

import logging
import os
import queue
import threading
from collections.abc import Iterator

from paser_command.errors import PaserError
from paser_command.installed.compare import CHANGE_WORDS, differences
from paser_command.installed.manifest import Installation, trusted_manifest

LOOK_S = 10.0
FILES, VERSION = "installed.files", "installed.version"
"""What the news is about."""

_log = logging.getLogger(__name__)


class InstallationWatch:
    """Compares the installed files once, and looks now and then which version would be started.

    Nothing happens where the program runs from its source. `news` may be asked from any thread.
    """

    def __init__(
        self, installed: Installation | None, *, look_s: float = LOOK_S, owner: int = 0
    ) -> None:
        self._installed = installed
        self._look_s = look_s
        self._owner = owner
        self._news: queue.SimpleQueue[tuple[str, PaserError]] = queue.SimpleQueue()
        self._ending = threading.Event()

    def start(self) -> None:
        """Begin; returns at once."""
        if self._installed is not None:
            threading.Thread(
                target=self._watch, args=(self._installed,), name="installation", daemon=True
            ).start()

    def close(self) -> None:
        """End; a comparison under way ends with the process."""
        self._ending.set()

    def news(self) -> Iterator[tuple[str, PaserError]]:
        """Give what was found since the last question: what it is about, and the sentence."""
        while not self._news.empty():
            yield self._news.get_nowait()

    def _watch(self, installed: Installation) -> None:
        try:
            self._compare(installed)
        except PaserError as error:
            self._news.put((FILES, error))
        while not self._ending.wait(self._look_s):
            other = _started_version(installed)
            if other not in ("", installed.folder.name):
                self._news.put((VERSION, _other_version(installed.folder.name, other)))
                return

    def _compare(self, installed: Installation) -> None:
        found = differences(trusted_manifest(installed.folder), installed, owner=self._owner)
        for difference in found:
            _log.error("%s: %s", difference.path, difference.change.value)
        if found:
            raise PaserError(
                "Files of this program differ from its package: {path} ({change}), {n} in all. "
                "Call the administrator: paser-command verify names them.",
                path=found[0].path,
                change=CHANGE_WORDS[found[0].change],
                n=len(found),
            )


def _other_version(own: str, other: str) -> PaserError:
    return PaserError(
        "Paser Command {other} is installed; this console still is {own}. "
        "Start it anew when the room allows.",
        other=other,
        own=own,
    )


def _started_version(installed: Installation) -> str:
    """Return the name of the version that the next start takes, "" where that cannot be told."""
    try:
        return os.path.basename(os.readlink(installed.base / "current"))
    except OSError:
        return ""
