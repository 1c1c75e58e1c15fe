"""One tile server: few requests at a time, not too often, and none while it is ill."""

import re
import threading
import time
from collections.abc import Callable

from paser_command.errors import TransportError
from paser_command.feeds.http import Answer, Http
from paser_command.maps.tiles.cache import Kept, TileCache
from paser_command.maps.tiles.faults import is_absent, is_away, told
from paser_command.maps.tiles.grid import Tile
from paser_command.maps.tiles.images import is_picture, no_picture
from paser_command.maps.tiles.store import TileStore
from paser_command.times import DAY, MINUTE, SECOND, Now

AT_ONCE = 2
"""Requests under way to one server, as the tile policy of OpenStreetMap asks for."""

GAP_S = 0.02
"""Least time between the beginnings of two requests to a server."""

LONGEST_PAUSE_S = 60.0
DEADLINE_S = 10.0
CAP_BYTES = 4 * 2**20
LEAST_FRESH_S = MINUTE / SECOND
MOST_FRESH_S = 30 * DAY / SECOND
USUAL_FRESH_S = DAY / SECOND
"""How long a tile holds of which its server says nothing."""

_LOOK_AGAIN_S = 0.5
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)

Url = Callable[[Tile], str]


class Host:
    """The way to one server for all layers that have tiles there, by turns.

    A server that stalls keeps its own threads waiting, nobody else's. After each failure in a row
    it is left alone for twice as long, up to a minute.
    """

    def __init__(
        self,
        origin_url: str,
        name: str,
        cache: TileCache,
        *,
        user_agent: str,
        now: Now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._origin_url = origin_url
        self._cache = cache
        self._user_agent = user_agent
        self._now = now
        self._clock = clock
        self._turn = threading.Condition()
        self._stores: dict[TileStore, Url] = {}
        self._ready_s = 0.0
        self._failures = 0
        self._threads = 0

    def add(self, store: TileStore, url: Url) -> None:
        """Fetch for this store too."""
        store.wake = self.wake
        with self._turn:
            self._stores[store] = url
            missing = AT_ONCE - self._threads
            self._threads += missing
        for _ in range(missing):
            threading.Thread(target=self._run, name=f"tiles of {self.name}", daemon=True).start()

    def remove(self, store: TileStore) -> None:
        """Fetch for this store no more; the threads end with the last one."""
        with self._turn:
            self._stores.pop(store, None)
            self._turn.notify_all()

    def wake(self) -> None:
        """Look whether something is due."""
        with self._turn:
            self._turn.notify_all()

    def _run(self) -> None:
        http = Http(
            self._origin_url,
            user_agent=self._user_agent,
            deadline_s=DEADLINE_S,
            cap_bytes=CAP_BYTES,
            clock=self._clock,
        )
        while (job := self._next()) is not None:
            self._fetch(http, *job)
        http.close()

    def _next(self) -> tuple[TileStore, Tile, str] | None:
        with self._turn:
            while self._stores:
                wait_s = self._ready_s - self._clock()
                if wait_s <= 0 and (job := self._due()):
                    self._ready_s = self._clock() + GAP_S
                    return job
                self._turn.wait(wait_s if wait_s > 0 else _LOOK_AGAIN_S)
            self._threads -= 1
            return None

    def _due(self) -> tuple[TileStore, Tile, str] | None:
        for store, url in list(self._stores.items()):
            if tile := store.next_due():
                self._stores[store] = self._stores.pop(store)  # the others' turn is before its own
                return store, tile, url(tile)
        return None

    def _fetch(self, http: Http, store: TileStore, tile: Tile, url: str) -> None:
        kept = self._cache.get(url)
        known = (
            Answer(kept.url, 200, "", b"", False, kept.etag, kept.last_modified) if kept else None
        )
        http.accept(known or Answer(url, 200, "", b""))
        try:
            answer = http.get(url)
        except TransportError as error:
            self._fail(store, tile, error)
            return
        if answer.unchanged and kept is None:  # a mark of a tile that was thrown away since
            http.accept(Answer(answer.url, 200, "", b""))
            self._fail(store, tile, TransportError("broken_transfer"))
        elif answer.unchanged or is_picture(answer.body):
            self._failures = 0
            self._keep(store, tile, url, kept, answer)
        else:
            self._pause()
            store.failed(tile, no_picture(answer.body, self.name))

    def _keep(
        self, store: TileStore, tile: Tile, url: str, kept: Kept | None, answer: Answer
    ) -> None:
        fresh_s = _fresh_s(answer.cache_control)
        if answer.unchanged and kept:
            etag, last_modified, body = kept.etag, kept.last_modified, kept.body
        else:
            etag, last_modified, body = answer.etag, answer.last_modified, answer.body
        if "no-store" not in answer.cache_control.lower():
            self._cache.put(url, Kept(self._now(), fresh_s, answer.url, etag, last_modified, body))
        store.fetched(tile, None if answer.unchanged else body, self._clock() + fresh_s)

    def _fail(self, store: TileStore, tile: Tile, error: TransportError) -> None:
        if is_absent(error):
            self._failures = 0
            store.absent(tile)
            return
        self._pause()
        if is_away(error):
            store.away(tile, told(error, self.name))
        else:
            store.failed(tile, told(error, self.name))

    def _pause(self) -> None:
        with self._turn:
            self._failures += 1
            self._ready_s = self._clock() + min(2.0 ** (self._failures - 1), LONGEST_PAUSE_S)


def _fresh_s(cache_control: str) -> float:
    """Return how long an answer holds, within our own bounds."""
    said = _MAX_AGE.search(cache_control)
    if said is None:
        held = 0.0 if "no-cache" in cache_control.lower() else USUAL_FRESH_S
    else:
        held = float(said[1])
    return min(max(held, LEAST_FRESH_S), MOST_FRESH_S)
