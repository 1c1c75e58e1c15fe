"""What a feed is, and the little that it gets to know of the program."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

import msgspec

from paser_command.records import AnyRecord
from paser_command.times import Instant, Now

if TYPE_CHECKING:
    from paser_command.feeds.http import Http


class FeedContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed gets: its name, its settings, a way out, a clock and a log.

    `lon` and `lat` are where the room's city is, in degrees, for what is measured from there.
    `settings` hold what plugin.toml declares, already checked, with its defaults put in.
    `latest(key)` is the instant of the newest observation of a stream that the journal has, or
    None: what a feed that asks "since when" starts from.
    """

    feed: str
    url: str
    settings: Mapping[str, str | int | float | bool]
    exercise: bool
    lon: float
    lat: float
    http: "Http"
    now: Now
    latest: Callable[[str], Instant | None]
    log: logging.Logger

    def key(self, own: str) -> str:
        """Return the record key of the source's own id: unique over all feeds."""
        return f"{self.feed}/{own}"


class Feed(Protocol):
    """A feed plugin's class. It is made once, in the collector, and polled in its own thread."""

    def __init__(self, context: FeedContext) -> None: ...

    def poll(self) -> Iterable[AnyRecord]:
        """Fetch, parse, and give records with feed, key and at; raise FeedError where it fails.

        What was given before the error is kept, so a generator may hand over the good part first.
        Called again after the interval; nothing new is an empty answer. Records that are the same
        as the last of their key are dropped by the inbox: a feed needs no memory of them.
        """
        ...
