"""Facts about this machine and this installation."""

import os
import platform
import shutil
import sys
from importlib.metadata import distributions
from pathlib import Path

from paser_command import __version__
from paser_command.times import iso, now

_OS_RELEASE = Path("/etc/os-release")
_MEMORY = Path("/proc/meminfo")
_SHOWN = ("QT_", "PASER_", "XDG_SESSION_", "XDG_CURRENT_", "LC_")
_NAMED = ("DISPLAY", "WAYLAND_DISPLAY", "LANG", "TZ", "NOTIFY_SOCKET", "WATCHDOG_USEC")
_TOLD_OF_MEMORY = ("MemTotal", "MemAvailable", "SwapTotal", "SwapFree")


def system_facts(home: Path) -> dict[str, object]:
    """Return the facts; of the environment only what windows, languages and we go by."""
    environment = {
        name: value
        for name, value in sorted(os.environ.items())
        if name in _NAMED or name.startswith(_SHOWN)
    }
    return {
        "made": iso(now()),
        "version": __version__,
        "python": sys.version,
        "frozen": bool(getattr(sys, "frozen", False)),
        "system": platform.platform(),
        "distribution": _first_line(_OS_RELEASE, "PRETTY_NAME="),
        "processors": os.cpu_count(),
        "load": os.getloadavg(),
        "memory": _memory(),
        "home": str(home),
        "disk": _disk(home),
        "environment": environment,
        "packages": {found.name: found.version for found in distributions()},
    }


def _first_line(path: Path, begins: str) -> str:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line[len(begins) :].strip('"') for line in lines if line.startswith(begins)), "")


def _memory() -> dict[str, str]:
    return {name: _first_line(_MEMORY, f"{name}:").strip() for name in _TOLD_OF_MEMORY}


def _disk(folder: Path) -> dict[str, int]:
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return {}
    return {"total": usage.total, "free": usage.free}
