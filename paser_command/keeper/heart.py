"""The console's side: what it tells its keeper and a service manager, from the window's loop.

The keeper is told a byte at a time, through a pipe of which it holds the other end.
"""

import os
from contextlib import suppress

OPENING, WIRED, BEAT, LEAVE, NORMAL = b"o", b"w", b".", b"l", b"n"

NOTIFY_VARIABLE = "NOTIFY_SOCKET"


class Heart:
    """Beats while the window's loop runs. Never waits, whatever became of those who listen."""

    def __init__(self, pipe: int, notify_to: str | None = None) -> None:
        os.set_blocking(pipe, False)
        self._pipe = pipe
        self._notify = _notifying(notify_to)

    def opening(self) -> None:
        """Say that a window that asked is gone, and that the journal is opened now."""
        self._tell(OPENING)

    def wired(self) -> None:
        """Say that the journal is open: what takes long from here on is a hang."""
        self._tell(WIRED)

    def beat(self) -> bool:
        """Say that the window's loop runs; False where the keeper is gone."""
        self._notify("READY=1\nWATCHDOG=1")
        return self._tell(BEAT)

    def leave(self) -> None:
        """Say that the coming end is meant, however it comes out."""
        self._notify("STOPPING=1")
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


class _Notifying:
    """Datagrams for a service manager, as sd_notify(3) has them."""

    def __init__(self, address: str) -> None:
        # Only where it is wanted: the keeper itself loads as little as it can.
        import socket

        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    def __call__(self, state: str) -> None:
        with suppress(OSError):
            self._socket.sendto(state.encode(), self._address)


def _notifying(address: str | None) -> "_Notifying | _Silent":
    return _Notifying(address) if address else _Silent()


class _Silent:
    def __call__(self, state: str) -> None:
        pass
