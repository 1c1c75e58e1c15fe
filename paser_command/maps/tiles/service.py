"""The tiles of all layers: opens sources, shares servers and the cache, asks what servers have."""

import math
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from paser_command import __version__
from paser_command.errors import PaserError, TransportError
from paser_command.maps.definition import TileSource
from paser_command.maps.tiles import wms, wmts
from paser_command.maps.tiles.cache import Kept, TileCache
from paser_command.maps.tiles.faults import told
from paser_command.maps.tiles.grid import Tile
from paser_command.maps.tiles.mbtiles import open_mbtiles
from paser_command.maps.tiles.offers import Offers, decode_capabilities
from paser_command.maps.tiles.servers import TileServer, host_of
from paser_command.maps.tiles.store import Found, Opened, TileStore
from paser_command.maps.tiles.xyz import XyzServer
from paser_command.times import SECOND, Now
from paser_command.times import now as system_now

if TYPE_CHECKING:
    from paser_command.maps.tiles.host import Host

QUOTA_BYTES = 512 * 2**20
FOLDER = "tiles"
USER_AGENT = f"PaserCommand/{__version__}"

_ASK_S = 20.0


class TileService:
    """The console's way to tiles: one for all maps. `folder` is where tiles are kept."""

    def __init__(
        self,
        folder: Path,
        *,
        quota_bytes: int = QUOTA_BYTES,
        now: Now = system_now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cache = TileCache(folder, quota_bytes)
        self._now = now
        self._clock = clock
        self._lock = Lock()
        self._hosts: dict[str, Host] = {}
        self._stores: set[TileStore] = set()

    def open(self, source: TileSource) -> TileStore:
        """Return the source's tiles at once; it is opened in its own thread."""
        store = TileStore(
            _name_of(source),
            lambda store: self._opened(source, store),
            now=self._now,
            clock=self._clock,
            on_close=self._leave,
        )
        with self._lock:
            self._stores.add(store)
        return store

    def ask(self, address: str, service: Literal["wms", "wmts"]) -> "Future[Offers]":
        """Ask a server which layers it has. The future's error is a PaserError.

        A question that is not waited for any more is left to itself: it ends at its deadline.
        """
        future: Future[Offers] = Future()

        def answer() -> None:
            try:
                offers = self._offers(address, service)
            except PaserError as error:
                future.set_exception(error)
            else:
                future.set_result(offers)

        Thread(target=answer, name="capabilities", daemon=True).start()
        return future

    def close(self) -> None:
        """Close all sources; requests under way are left to themselves."""
        with self._lock:
            stores = list(self._stores)
        for store in stores:
            store.close()

    def _leave(self, store: TileStore) -> None:
        with self._lock:
            self._stores.discard(store)
            hosts = list(self._hosts.values())
        for host in hosts:
            host.remove(store)

    def _opened(self, source: TileSource, store: TileStore) -> Opened:
        if source.service == "mbtiles":
            return open_mbtiles(Path(source.address), source.tile_px)
        if source.service == "pmtiles":
            from paser_command.maps.tiles.pmtiles_archive import open_pmtiles

            return open_pmtiles(Path(source.address), source.tile_px)
        server = self._server(source)
        host = self._host(source.address)
        host.add(store, server.url)
        return Opened(
            grid=server.grid,
            attribution=server.attribution,
            look=lambda tile: self._look(server, tile),
            drop=lambda tile: self._cache.drop(server.url(tile)),
        )

    def _server(self, source: TileSource) -> TileServer:
        if source.service == "xyz":
            return XyzServer(source)
        if source.service == "wms":
            return wms.WmsServer(source)
        host = host_of(source.address)
        url = wmts.capabilities_url(source.address)
        try:
            return wmts.WmtsServer(source, self._capabilities(url, host))
        except PaserError:
            # A server that is away was here once: what it said then finds what is kept of it.
            kept = self._cache.get(url)
            if kept is None:
                raise
            return wmts.WmtsServer(source, decode_capabilities(kept.body, host))

    def _capabilities(self, url: str, host: str) -> Element:
        from paser_command.feeds.http import Http

        http = Http(url, user_agent=USER_AGENT, deadline_s=_ASK_S)
        try:
            answer = http.get(url)
        except TransportError as error:
            raise told(error, host) from error
        finally:
            http.close()
        root = decode_capabilities(answer.body, host)
        self._cache.put(url, Kept(self._now(), 0.0, answer.url, "", "", answer.body))
        return root

    def _offers(self, address: str, service: str) -> Offers:
        host = host_of(address)
        if service == "wmts":
            root = self._capabilities(wmts.capabilities_url(address), host)
            return wmts.read_offers(root, host)
        newest, *older = wms.VERSIONS
        try:
            return wms.read_offers(
                self._capabilities(wms.capabilities_url(address, newest), host), host
            )
        except PaserError:
            # Old servers should answer with what they know, and some do with an error.
            return wms.read_offers(
                self._capabilities(wms.capabilities_url(address, older[0]), host), host
            )

    def _host(self, address: str) -> "Host":
        # What speaks to servers is loaded once one is asked: many maps have none.
        from paser_command.maps.tiles.host import Host

        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            if origin not in self._hosts:
                self._hosts[origin] = Host(
                    origin,
                    host_of(address),
                    self._cache,
                    user_agent=USER_AGENT,
                    now=self._now,
                    clock=self._clock,
                )
            return self._hosts[origin]

    def _look(self, server: TileServer, tile: Tile) -> Found:
        kept = self._cache.get(server.url(tile))
        if kept is None:
            return Found(None, -math.inf)
        left_s = (kept.fresh_until() - self._now()) / SECOND
        return Found(kept.body, self._clock() + left_s)


def _name_of(source: TileSource) -> str:
    if source.service in ("mbtiles", "pmtiles"):
        return Path(source.address).name
    return host_of(source.address)
