"""Files under way: made in one thread beside the console, then written whole or not at all."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from paser_command.errors import PaserError
from paser_command.export.file import write_whole
from paser_command.export.plan import ExportPlan
from paser_command.export.planned import made
from paser_command.export.web_map import Origin, WebMap, web_map
from paser_command.language import Language
from paser_command.times import Instant

Make = Callable[[Callable[[float], None]], bytes]
"""Makes a file's body; tells the share done, from 0 to 1, as it goes."""


class _CancelledError(Exception):
    """Somebody wants the file no more."""


class Export:
    """One file under way: asked by the console's main thread, made by another."""

    def __init__(self, make: Make, path: Path, pool: ThreadPoolExecutor) -> None:
        self.path = path
        self.share = 0.0
        self._make = make
        self._cancelled = threading.Event()
        self._written: Future[None] = pool.submit(self._run)

    def cancel(self) -> None:
        """Want it no more: nothing is written, unless it is being written already."""
        self._cancelled.set()

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._written.done()

    @property
    def written(self) -> bool:
        """Whether the file is there."""
        return self.done and self._written.exception() is None

    @property
    def error(self) -> PaserError | None:
        """Return why there is no file; None where it was cancelled. Raises what is a fault of ours.

        Asked once it is done.
        """
        cause = self._written.exception()
        if cause is None or isinstance(cause, _CancelledError):
            return None
        if isinstance(cause, PaserError):
            return cause
        raise cause

    def _run(self) -> None:
        body = self._make(self._went_on)
        self._went_on(1.0)
        write_whole(self.path, body)

    def _went_on(self, share: float) -> None:
        if self._cancelled.is_set():
            raise _CancelledError
        self.share = share


class Exports:
    """What a console can put into files. Made by the main thread, and closed by it at the end."""

    def __init__(self, origin: Origin) -> None:
        self.site = origin.site
        self._origin = origin
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="export")
        self._under_way: list[Export] = []

    def web_map(self, wanted: WebMap, language: Language, path: Path) -> Export:
        """Begin to make a web map."""
        return self._begin(lambda on: web_map(self._origin, wanted, language, on), path)

    def planned(self, plan: ExportPlan, now: Instant, language: Language, path: Path) -> Export:
        """Begin to make a plugin's file of the picture of a moment."""
        return self._begin(lambda _: made(self._origin.journal, plan, now, language), path)

    def file(self, body: bytes, path: Path) -> Export:
        """Begin to write what is made already."""
        return self._begin(lambda _: body, path)

    def close(self) -> None:
        """End what is under way."""
        for export in self._under_way:
            export.cancel()
        self._pool.shutdown()

    def _begin(self, make: Make, path: Path) -> Export:
        self._under_way = [export for export in self._under_way if not export.done]
        self._under_way.append(Export(make, path, self._pool))
        return self._under_way[-1]
