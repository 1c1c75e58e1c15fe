"""What a feed gets to know of the program."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

import msgspec

from paser_command.errors import FeedError
from paser_command.feeds.documents import PassedOver
from paser_command.feeds.doors import Feed
from paser_command.records import Record
from paser_command.times import Instant, Now

if TYPE_CHECKING:
    from paser_command.feeds.http import Http

__all__ = ["Feed", "FeedContext"]


def _raise(error: FeedError, count: int = 1, of: int = 0) -> None:
    raise error


class FeedContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed gets: its name, its settings, a way out, a clock and a log.

    `lon` and `lat` are where the room's city is, in degrees, for what is measured from there, and
    `zone` is its time zone. `settings` hold what plugin.toml declares, already checked, with its
    defaults put in. `latest(key)` is the instant of the newest observation of a stream that the
    journal has, or None: what a feed that asks "since when" starts from.

    `passed_over(error, count, of)` says that items could not be read: they are counted and told,
    and the feed is live. `known(kind)` gives the feed's own records of a kind (Report, ...) that
    the journal has, by key. `state` is a small table of the feed's own, remembered behind the
    records that were given before: after a restart it is as it was.
    """

    feed: str
    url: str
    settings: Mapping[str, Any]
    exercise: bool
    lon: float
    lat: float
    http: "Http"
    now: Now
    latest: Callable[[str], Instant | None]
    log: logging.Logger
    zone: tzinfo = UTC
    passed_over: PassedOver = _raise
    known: Callable[[type[Record]], Mapping[str, Record]] = lambda kind: {}
    state: dict[str, str | int | float | bool] = {}

    def key(self, own: str) -> str:
        """Return the record key of the source's own id: unique over all feeds."""
        return f"{self.feed}/{own}"
