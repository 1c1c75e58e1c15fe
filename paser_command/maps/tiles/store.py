"""The tiles of one layer, as the map asks for them and as they come."""

import enum
import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import msgspec

from paser_command.errors import PaserError
from paser_command.maps.tiles.grid import Grid, Tile
from paser_command.times import Instant, Now

RETRY_S = 60.0
"""After so long a tile that failed is asked for again."""

ABSENT_S = 600.0
"""For so long a server's word holds that it has no such tile."""

MOST_WAITING_BYTES = 16 * 2**20
"""About how much waits to be taken; until it is, nothing more is read or fetched."""

_LONGEST_REOPEN_S = 60.0
_MOST_KNOWN = 20_000

_log = logging.getLogger(__name__)


class Phase(enum.StrEnum):
    """How a source does."""

    OPENING = "opening"
    READY = "ready"
    LOADING = "loading"
    OFFLINE = "offline"
    """The server is away: what is kept on the disk is shown."""
    FAILING = "failing"


class SourceState(msgspec.Struct, frozen=True):
    """How a source does: `since` when it is offline, `fault` why it is that or failing."""

    phase: Phase
    since: Instant | None = None
    fault: PaserError | None = None


class Found(msgspec.Struct, frozen=True):
    """What is here of a tile, and from which second of the clock on its server is to be asked.

    That is -inf for what is missing, and inf where there is nobody to ask.
    """

    body: bytes | None
    due_s: float


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A source that can be read. `look` reads from the disk, `drop` keeps nothing of a tile there.

    `look` and `close` are for the thread that opened the source.
    """

    grid: Grid
    attribution: str
    look: Callable[[Tile], Found]
    drop: Callable[[Tile], None] = lambda _tile: None
    close: Callable[[], None] = lambda: None


@dataclass(slots=True)
class _Known:
    """What is known of a tile: from when on it may be asked for, and why it failed.

    Of one that is `gone` nothing is on the disk either.
    """

    due_s: float = math.inf
    retry_s: float = -math.inf
    gone: bool = False
    fault: PaserError | None = None


class TileStore:
    """One source's tiles. The map's thread wants and takes; a thread of the store's own opens the
    source and reads the disk; the server's threads (`host.py`) fetch what is due.
    """

    def __init__(
        self,
        name: str,
        opening: Callable[["TileStore"], Opened],
        *,
        now: Now,
        clock: Callable[[], float] = time.monotonic,
        on_close: Callable[["TileStore"], None] = lambda _store: None,
    ) -> None:
        self.name = name
        self._opening = opening
        self._now = now
        self._clock = clock
        self._on_close = on_close
        self._turn = threading.Condition()
        self._closed = False
        self._opened: Opened | None = None
        self._opening_fault: PaserError | None = None
        self._away: SourceState | None = None
        self._said = False
        self._visible: dict[Tile, None] = {}
        self._to_look: deque[Tile] = deque()
        self._known: dict[Tile, _Known] = {}
        self._under_way: set[Tile] = set()
        self._arrived: dict[Tile, bytes] = {}
        self.wake: Callable[[], None] = lambda: None
        """Tells the server's threads that something may be due."""
        self._thread = threading.Thread(target=self._run, name=f"tiles {name}", daemon=True)
        self._thread.start()

    @property
    def grid(self) -> Grid | None:
        """Where the tiles lie; None until the source is open."""
        opened = self._opened
        return opened.grid if opened else None

    @property
    def attribution(self) -> str:
        """Whose data the source says that it is; "" where it says nothing."""
        opened = self._opened
        return opened.attribution if opened else ""

    @property
    def state(self) -> SourceState:
        """How the source does now."""
        with self._turn:
            if self._opened is None:
                phase = Phase.FAILING if self._opening_fault else Phase.OPENING
                return SourceState(phase, fault=self._opening_fault)
            known = [self._known[tile] for tile in self._visible if tile in self._known]
            if fault := next((one.fault for one in known if one.fault), None):
                return SourceState(Phase.FAILING, fault=fault)
            now_s = self._clock()
            due = any(one.due_s <= now_s and one.retry_s <= now_s for one in known)
            if due and self._away:
                return self._away
            return SourceState(Phase.LOADING if due or self._to_look else Phase.READY)

    def want(self, visible: Sequence[Tile], have: Container[Tile]) -> None:
        """Say what the map shows, the most wanted first, in place of what was said before.

        What is not in `have` comes to `take`, and so does everything that changes on the server.
        """
        with self._turn:
            self._visible = dict.fromkeys(visible)
            self._arrived = {t: body for t, body in self._arrived.items() if t in self._visible}
            self._to_look = deque(
                tile
                for tile in self._visible
                if tile not in have and tile not in self._arrived and not self._is_gone(tile)
            )
            self._forget_some()
            self._turn.notify_all()
        self.wake()

    def take(self) -> dict[Tile, bytes]:
        """Return the tiles that came since, as pictures' bytes that nobody has checked."""
        with self._turn:
            was_full = self._is_full()
            arrived, self._arrived = self._arrived, {}
            self._turn.notify_all()
        if was_full:
            self.wake()
        return arrived

    def reject(self, tile: Tile, fault: PaserError) -> None:
        """Say that what came for a tile is no tile: nothing of it is kept."""
        if self._opened:
            self._opened.drop(tile)
        self.failed(tile, fault)
        with self._turn:
            self._known[tile].gone = True

    def close(self) -> None:
        """Ask for nothing more. What is under way is left to itself."""
        with self._turn:
            self._closed = True
            self._visible = {}
            self._to_look.clear()
            self._turn.notify_all()

    def next_due(self) -> Tile | None:
        """Take what to fetch next: what is shown and missing, then what has grown old."""
        with self._turn:
            if self._is_full():
                return None
            now_s = self._clock()
            due = [
                tile
                for tile in self._visible
                if (known := self._known.get(tile))
                and known.due_s <= now_s
                and known.retry_s <= now_s
                and tile not in self._under_way
            ]
            if not due:
                return None
            first = min(due, key=lambda tile: self._known[tile].due_s)
            self._under_way.add(first)
            return first

    def fetched(self, tile: Tile, body: bytes | None, due_s: float) -> None:
        """Take in what the server has for a tile, None where it is what it was."""
        with self._turn:
            self._ended(tile, _Known(due_s))
            if body is not None and tile in self._visible:
                self._arrived[tile] = body
            self._log_back()

    def absent(self, tile: Tile) -> None:
        """Take in that the server has no such tile."""
        with self._turn:
            self._ended(tile, _Known(-math.inf, self._clock() + ABSENT_S, gone=True))
            self._log_back()

    def failed(self, tile: Tile, fault: PaserError) -> None:
        """Take in that a tile cannot be had."""
        with self._turn:
            self._under_way.discard(tile)
            self._known[tile] = _Known(-math.inf, self._clock() + RETRY_S, fault=fault)
            self._log_lost(fault)

    def away(self, tile: Tile, fault: PaserError) -> None:
        """Take in that the server cannot be reached."""
        with self._turn:
            self._under_way.discard(tile)
            since = self._away.since if self._away else self._now()
            self._away = SourceState(Phase.OFFLINE, since, fault)
            self._log_lost(fault)

    def _is_full(self) -> bool:
        return sum(map(len, self._arrived.values())) > MOST_WAITING_BYTES

    def _is_gone(self, tile: Tile) -> bool:
        known = self._known.get(tile)
        return known is not None and known.gone and known.retry_s > self._clock()

    def _ended(self, tile: Tile, known: _Known) -> None:
        self._under_way.discard(tile)
        self._known[tile] = known
        self._away = None

    def _log_lost(self, fault: PaserError) -> None:
        if not self._said:
            _log.warning("%s", fault)
        self._said = True

    def _log_back(self) -> None:
        if self._said and not any(
            known.fault for tile in self._visible if (known := self._known.get(tile))
        ):
            self._said = False
            _log.info("the tiles of %s come again", self.name)

    def _forget_some(self) -> None:
        spare = len(self._known) - _MOST_KNOWN
        if spare > 0:
            for tile in [one for one in self._known if one not in self._visible][:spare]:
                del self._known[tile]

    def _run(self) -> None:
        if opened := self._open():
            self._read(opened)
            opened.close()
        self._on_close(self)

    def _read(self, opened: Opened) -> None:
        while (tile := self._next_look()) is not None:
            try:
                found = opened.look(tile)
            except PaserError as error:
                self.failed(tile, error)
                continue
            self._take_in(tile, found)

    def _open(self) -> Opened | None:
        """Open the source, however often it takes; None where the store was closed before."""
        pause_s = 1.0
        while not self._closed:
            try:
                opened = self._opening(self)
            except PaserError as error:
                with self._turn:
                    self._opening_fault = error
                    self._log_lost(error)
                    self._turn.wait_for(lambda: self._closed, timeout=pause_s)
                pause_s = min(2 * pause_s, _LONGEST_REOPEN_S)
            else:
                self._opened = opened
                return opened
        return None

    def _next_look(self) -> Tile | None:
        with self._turn:
            self._turn.wait_for(lambda: self._closed or (self._to_look and not self._is_full()))
            return None if self._closed else self._to_look.popleft()

    def _take_in(self, tile: Tile, found: Found) -> None:
        with self._turn:
            known = self._known.setdefault(tile, _Known())
            known.due_s = found.due_s
            if found.body is None and found.due_s == math.inf:
                known.gone, known.retry_s = True, math.inf
            if found.body is not None and tile in self._visible:
                self._arrived[tile] = found.body
        if found.due_s < math.inf:
            self.wake()
