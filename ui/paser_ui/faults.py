"""What raised outside of any guard: attributed, counted, logged at a bounded rate, never lost.

Qt calls Python's slots, paint events and timers itself; what they raise ends in `sys.excepthook`,
and what a thread raises in `threading.excepthook`.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType, ModuleType, TracebackType
from typing import NamedTuple

from PySide6.QtCore import QObject
from shiboken6 import isValid

_LOG = logging.getLogger(__name__)
LOGGED_PER_SECOND = 10

Blame = Callable[[BaseException], None]

_ENDS_A_THREAD = SystemExit
"""Bound before that name means another thing to strangers' code (ending.py)."""


class _Watched(NamedTuple):
    part: QObject
    package: str
    blame: Blame


class Faults:
    """The one hook for exceptions that nobody caught.

    A part that has been `watch`ed is blamed for what it raised itself, or one of its children; else
    for what the code of its package raised. `count` is all that came here; `unlogged` is how many
    of them had no line of their own in the log.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self.count = 0
        self.unlogged = 0
        self._now_s = now_s
        self._watched: list[_Watched] = []
        self._lock = threading.Lock()
        self._second = 0
        self._logged = 0
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def install(self) -> None:
        """Take what nobody catches, from now on."""
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = lambda _kind, error, _trace: self.take(error)
        threading.excepthook = lambda args: self.take(args.exc_value, in_thread=True)
        sys.unraisablehook = lambda args: self.take(args.exc_value)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks

    def watch(self, part: QObject, blame: Blame) -> None:
        """Blame the part by this call from now on."""
        self._watched.append(_Watched(part, _package(type(part).__module__), blame))

    def forget(self, part: QObject) -> None:
        """Blame the part no more."""
        self._watched = [watched for watched in self._watched if watched.part is not part]

    def take(self, error: BaseException | None, *, in_thread: bool = False) -> None:
        """Count, log, and blame who raised."""
        if error is None or isinstance(error, _ENDS_A_THREAD):
            return
        if isinstance(error, KeyboardInterrupt):
            raise error
        self.count += 1
        self._log(error)
        if in_thread:
            return
        for blame in self._blamed(error):
            blame(error)

    def _blamed(self, error: BaseException) -> list[Blame]:
        """Return who owns the innermost frame that belongs to a watched part."""
        frames = _frames(error.__traceback__)
        for frame in frames:
            owner = _root(frame.f_locals.get("self"), [watched.part for watched in self._watched])
            if owner is not None:
                return [watched.blame for watched in self._watched if watched.part is owner]
        for frame in frames:
            # By name: in the installed program code has no path that leads to its file.
            name = f"{frame.f_globals.get('__name__', '')}."
            blames = [w.blame for w in self._watched if name.startswith(f"{w.package}.")]
            if blames:
                return blames
        return []

    def _log(self, error: BaseException) -> None:
        with self._lock:
            second = int(self._now_s())
            if second != self._second:
                self._second, self._logged = second, 0
            self._logged += 1
            over = self._logged > LOGGED_PER_SECOND
            self.unlogged += over
        if not over:
            trace = (type(error), error, error.__traceback__)
            _LOG.error("not caught anywhere: %s", type(error).__name__, exc_info=trace)


def _package(module: str) -> str:
    """Return whose code the module's is: its plugin's package, or the module where it is alone."""
    loaded: ModuleType | None = sys.modules.get(module)
    file = getattr(loaded, "__file__", None)
    if file and (Path(file).parent / "plugin.toml").is_file():
        return module.rpartition(".")[0]
    return module


def _frames(trace: TracebackType | None) -> list[FrameType]:
    """Return the frames, the innermost first."""
    frames: list[FrameType] = []
    while trace is not None:
        frames.insert(0, trace.tb_frame)
        trace = trace.tb_next
    return frames


def _root(thing: object, parts: Sequence[QObject]) -> QObject | None:
    """Return which of the parts the thing is, or is a child of."""
    while isinstance(thing, QObject) and isValid(thing):
        for part in parts:
            if thing is part:
                return part
        thing = thing.parent()
    return None
