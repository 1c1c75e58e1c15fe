"""Whether there is a display to show a window on: Qt itself aborts where there is none."""

import os
import socket
import sys
from pathlib import Path

from paser_command.errors import InputError

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

_X_SOCKETS = "/tmp/.X11-unix/X"
_X_PORT = 6000
_ANSWERS_WITHIN_S = 3.0


def need_display(*, unseen: bool) -> None:
    """Draw into memory where there is no display and an end is set; InputError where none is."""
    if sys.platform != "linux":
        return
    if any(os.environ.get(name) for name in DISPLAYS):
        _need_answer()
        return
    if not unseen:
        raise InputError(
            "there is no display here; to run unseen, give --for SECONDS and --screenshot DIR"
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _need_answer() -> None:
    """Refuse displays whose server has gone, as it does when a person logs out."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith(("xcb", "wayland")):
        return
    x, wayland = os.environ.get("DISPLAY", ""), os.environ.get("WAYLAND_DISPLAY", "")
    named = [name for name in (x, wayland) if name]
    if named and not (_x_answers(x) or _wayland_answers(wayland)):
        raise InputError(
            "the display {display} does not answer: is its server still running?",
            display=", ".join(named),
        )


def _x_answers(display: str) -> bool:
    """Tell whether a server answers there; DISPLAY as in X(7), HOST:NUMBER.SCREEN."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        place = f"{_X_SOCKETS}{number}"
        return _socket_answers(f"\0{place}") or _socket_answers(place)
    try:
        address = (host, _X_PORT + int(number))
        socket.create_connection(address, _ANSWERS_WITHIN_S).close()
    except OSError:
        return False
    return True


def _wayland_answers(display: str) -> bool:
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(display) and _socket_answers(str(Path(folder, display)))


def _socket_answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
        asked.settimeout(_ANSWERS_WITHIN_S)
        return asked.connect_ex(address) == 0
