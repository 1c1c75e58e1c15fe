"""A file under reading, seen from the console: started, polled, and ended whenever it must be.

The file is parsed in a process of its own. Whatever it does there, the console loses no more than
that process: it gets an error to show.
"""

import logging
import shutil
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from paser_command.errors import InputError, PaserError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.messages import (
    LINE,
    ChunkAt,
    Done,
    Failed,
    Message,
    Understood,
    take_shapes,
)
from paser_command.maps.vector.shapes import Shapes

_log = logging.getLogger(__name__)

_MOST_WAITING = 64
_LONGEST_LINE = 4 << 20


class Reading:
    """One file under reading. All is asked from the main thread; nothing here waits.

    `understood` is None until the file told what it is; `share` (0 to 1) is how much of it was
    read, and `complete` that all of it was. Once `ended`, `error` tells why it failed, or `skipped`
    and `mended` what was left out and mended, by the codes of `shapes.Skip` and `shapes.Mend`.
    """

    def __init__(self, source: FileSource, program: Sequence[str]) -> None:
        self.source = source
        self.understood: Understood | None = None
        self.share = 0.0
        self.skipped: Mapping[str, int] = {}
        self.mended: Mapping[str, int] = {}
        self.error: PaserError | None = None
        self.complete = False
        self._ready: deque[Shapes] = deque()
        self._room = threading.Semaphore(_MOST_WAITING)
        self._over = threading.Event()
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="paser-layer-"))
        command = (*program, "layer", "read", "--into", str(self._folder))
        self._command = (*command, *_options(source), "--", source.path)
        threading.Thread(target=self._run, name="layer reading", daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to come than what `poll` still gives."""
        return self._over.is_set()

    def poll(self, most: int = _MOST_WAITING) -> list[Shapes]:
        """Return what was read since, in the file's order: at most so many pieces."""
        pieces: list[Shapes] = []
        while self._ready and len(pieces) < most:
            pieces.append(self._ready.popleft())
            self._room.release()
        return pieces

    @property
    def waiting(self) -> int:
        """How many pieces `poll` has to give."""
        return len(self._ready)

    def cancel(self) -> None:
        """Read no further. Returns at once; what was polled stays."""
        self._cancelled.set()
        self._room.release()
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def _run(self) -> None:
        try:
            code = self._read()
        except (OSError, ValueError, KeyError, msgspec.MsgspecError) as cause:
            _log.warning("reading %s: %s", self.source.path, cause)
            code = None
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
        if not self.complete and self.error is None and not self._cancelled.is_set():
            _log.warning("the reading of %s ended with %s", self.source.path, code)
            self.error = InputError(
                "{file} ended the program that read it: the file is damaged, or too large",
                file=Path(self.source.path).name,
            )
        self._over.set()

    def _read(self) -> int | None:
        process = self._started()
        if process is None:
            return None
        assert process.stdout is not None
        try:
            while (line := process.stdout.readline(_LONGEST_LINE)) and not self._cancelled.is_set():
                self._hear(LINE.decode(line))
        finally:
            process.kill()
            code = process.wait()
            process.stdout.close()
            if process.stdin is not None:
                process.stdin.close()
        return code

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._cancelled.is_set():
                return None
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            return self._process

    def _hear(self, message: Message) -> None:
        if isinstance(message, Understood):
            self.understood = message
        elif isinstance(message, ChunkAt):
            # The process waits behind a full pipe while the window takes what there is.
            self._room.acquire()
            if not self._cancelled.is_set():
                self._ready.append(take_shapes(message, self._folder))
                self.share = message.share
        elif isinstance(message, Done):
            self.skipped, self.mended = message.skipped, message.mended
            self.share, self.complete = 1.0, True
        elif isinstance(message, Failed):
            self.error = InputError(message.template, **message.facts)


def _options(source: FileSource) -> list[str]:
    given = {
        "--table": source.table,
        "--crs": source.crs,
        "--encoding": source.encoding,
        "--x-field": source.x_field,
        "--y-field": source.y_field,
    }
    return [f"{option}={value}" for option, value in given.items() if value]
