"""What the kinds of tile servers have in common: a grid, an address for each tile, and queries."""

from typing import Protocol
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from paser_command.errors import InputError
from paser_command.maps.tiles.grid import Grid, Tile


class TileServer(Protocol):
    """A source of tiles over HTTP."""

    grid: Grid
    attribution: str
    """Whose data the server says it is; "" where it says nothing."""

    def url(self, tile: Tile) -> str:
        """Return the tile's address."""
        ...


def host_of(address: str) -> str:
    """Return the host of a web address; InputError where it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError("the address {address} is not one of http or https", address=address)
    return parts.hostname


def with_query(address: str, query: dict[str, str]) -> str:
    """Return the address with the query; of its own it keeps what the new one does not say."""
    parts = urlsplit(address)
    names = {name.lower() for name in query}
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in names
    ]
    text = urlencode([*kept, *query.items()], quote_via=quote, safe="/:,")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, text, ""))
