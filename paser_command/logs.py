"""Logs: JSON lines, rotated, one file a process, and nothing raw in them."""

import faulthandler
import json
import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from paser_command.redaction import blanked
from paser_command.times import iso, now

SIZE = 5 * 1024 * 1024
FILES = 5

HELD_S = 60.0
"""For so long a line is not written again."""

MOST_KNOWN = 500
REPEATED = "repeated"


class Repeats(logging.Filter):
    """Lets a line through that was not there in the last minute, and counts those that are held.

    The next one of the same words says by `repeated` how many were: a server that is away for a
    night is told once a minute, not at each try.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now_s = now_s
        self._lock = threading.Lock()
        self._told: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the line is to be written. Any thread."""
        said, now_s = (record.name, record.getMessage()), self._now_s()
        with self._lock:
            since_s, held = self._told.get(said, (-math.inf, 0))
            if now_s - since_s < HELD_S:
                self._told[said] = (since_s, held + 1)
                return False
            self._told[said] = (now_s, 0)
            self._told.move_to_end(said)
            while len(self._told) > MOST_KNOWN:
                self._told.popitem(last=False)
        if held:
            setattr(record, REPEATED, held)
        return True


class JsonLines(logging.Formatter):
    """One line of ASCII JSON a record: no text from outside can break out of it, no secret gets in.

    `known` are secrets that the patterns of an address or a key would not tell.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known: frozenset[str] = frozenset()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, str | int] = {
            "at": iso(now()),
            "level": record.levelname,
            "logger": record.name,
            "message": blanked(record.getMessage(), self.known),
        }
        if repeated := getattr(record, REPEATED, 0):
            line[REPEATED] = repeated
        if record.exc_info:
            line["trace"] = blanked(self.formatException(record.exc_info), self.known)
        return json.dumps(line, ensure_ascii=True)


def hide(secrets: frozenset[str]) -> None:
    """Keep these out of this process's log from now on."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, JsonLines):
            handler.formatter.known |= secrets


def log_to(folder: Path, process: str, *, crashes: bool = True) -> None:
    """Send this process's log, and what it says when it crashes, to files in the folder.

    Without `crashes` somebody else takes down what it says when it crashes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / f"{process}.log", maxBytes=SIZE, backupCount=FILES, encoding="ascii"
    )
    handler.setFormatter(JsonLines())
    handler.addFilter(Repeats())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    if not crashes:
        return
    # Kept open for ever: it is written to when nothing else works any more.
    crash = (folder / f"{process}.crash").open("a")
    faulthandler.enable(crash)
