"""`layer`: vector files looked at by a person, and read for a console."""

import os
import tempfile
import threading
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from paser_command.cli.output import language, say
from paser_command.errors import InputError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector import streaming
from paser_command.maps.vector.messages import (
    ChunkAt,
    Done,
    Failed,
    Message,
    Understood,
    take_shapes,
)
from paser_command.maps.vector.shapes import Kind

_LESS_URGENT = 10
"""The console's window goes before the reading of its files."""


def read(options: Namespace) -> int:
    """Read a file into columns for the console that started this process; it ends with it."""
    threading.Thread(target=_leave_with_starter, daemon=True).start()
    streaming.limit_memory()
    os.nice(_LESS_URGENT)
    streaming.stream(_source(options), Path(options.into), streaming.say)
    return 0


def check(options: Namespace) -> int:
    """Read a file and tell what was understood of it, what was left out, and what was mended."""
    seen = _Seen()
    streaming.limit_memory()
    with tempfile.TemporaryDirectory(prefix="paser-layer-") as folder:
        seen.folder = Path(folder)
        streaming.stream(_source(options), seen.folder, seen.hear)
    if seen.failed:
        raise InputError(seen.failed.template, **seen.failed.facts)
    told = seen.told(options.file)
    say(told, [f"{name}: {_line(value)}" for name, value in told.items()], as_json=options.json)
    return 0


class _Seen:
    """What a reading told."""

    def __init__(self) -> None:
        self.folder = Path()
        self.understood = Understood(format="")
        self.kinds: Counter[str] = Counter()
        self.fields: dict[str, None] = {}
        self.done = Done(skipped={}, mended={})
        self.failed: Failed | None = None

    def hear(self, message: Message) -> None:
        if isinstance(message, ChunkAt):
            shapes = take_shapes(message, self.folder)
            self.kinds.update(Kind(kind).name.lower() for kind in shapes.kinds.tolist())
            self.fields |= dict.fromkeys(shapes.fields)
        elif isinstance(message, Understood):
            self.understood = message
        elif isinstance(message, Done):
            self.done = message
        else:
            self.failed = message

    def told(self, file: str) -> Mapping[str, object]:
        understood = self.understood
        return {
            "file": file,
            "format": understood.format,
            "tables": [table.name for table in understood.tables],
            "table": understood.table,
            "system": understood.system,
            "system_name": understood.system_name,
            "system_from": understood.system_from,
            "encoding": understood.encoding,
            "fields": list(self.fields),
            "features": dict(self.kinds),
            "skipped": self.done.skipped,
            "mended": self.done.mended,
        }


def _source(options: Namespace) -> FileSource:
    return FileSource(
        path=options.file,
        table=options.table,
        crs=options.crs,
        encoding=options.encoding,
        x_field=options.x_field,
        y_field=options.y_field,
    )


def _line(value: object) -> str:
    number = language().number
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {number(count)}" for name, count in value.items()) or "-"
    return ", ".join(value) or "-" if isinstance(value, list) else str(value) or "-"


def _leave_with_starter() -> None:
    # Reading descriptor 0 itself: at exit nobody may hold the lock of sys.stdin's buffer.
    while os.read(0, 4096):
        pass
    os._exit(1)
