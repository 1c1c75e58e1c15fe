"""The console's side: what it tells its keeper and a service manager, from the window's loop.

The keeper is told a byte at a time, through a pipe of which it holds the other end.
"""

import os

from paser_command.keeper.notify import notify

OPENING, WIRED, BEAT, LEAVE, NORMAL = b"o", b"w", b".", b"l", b"n"


class Heart:
    """Beats while the window's loop runs. Never waits, whatever became of those who listen."""

    def __init__(self, pipe: int, notify_to: str | None = None) -> None:
        os.set_blocking(pipe, False)
        self._pipe = pipe
        self._notify_to = notify_to

    def opening(self) -> None:
        """Say that a window that asked is gone, and that the journal is opened now."""
        self._tell(OPENING)

    def wired(self) -> None:
        """Say that the journal is open: what takes long from here on is a hang."""
        self._tell(WIRED)

    def beat(self) -> bool:
        """Say that the window's loop runs; False where the keeper is gone."""
        notify(self._notify_to, "READY=1\nWATCHDOG=1")
        return self._tell(BEAT)

    def leave(self) -> None:
        """Say that the coming end is meant, however it comes out."""
        notify(self._notify_to, "STOPPING=1")
        self._tell(LEAVE)

    def start_normally(self) -> None:
        """Ask to be started again after this end, with all that safe mode leaves off."""
        self._tell(NORMAL)

    def _tell(self, byte: bytes) -> bool:
        try:
            os.write(self._pipe, byte)
        except BlockingIOError:
            # The pipe is full: the keeper was stopped, and hears it all when it goes on.
            return True
        except BrokenPipeError:
            return False
        return True
