"""Logs: JSON lines, rotated, one file a process, and nothing raw in them."""

import faulthandler
import json
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from paser_command.redaction import blanked
from paser_command.times import iso, now

SIZE = 5 * 1024 * 1024
FILES = 5


class JsonLines(logging.Formatter):
    """One line of ASCII JSON a record: no text from outside can break out of it, no secret gets in.

    `known` are secrets that the patterns of an address or a key would not tell.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known: frozenset[str] = frozenset()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": iso(now()),
            "level": record.levelname,
            "logger": record.name,
            "message": blanked(record.getMessage(), self.known),
        }
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
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    if not crashes:
        return
    # Kept open for ever: it is written to when nothing else works any more.
    crash = (folder / f"{process}.crash").open("a")
    faulthandler.enable(crash)
