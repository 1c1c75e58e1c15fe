"""How a feed is made of what its type and the site file say, in the collector or in a process."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from paser_command import __version__
from paser_command.feeds.context import FeedContext
from paser_command.feeds.documents import PassedOver
from paser_command.feeds.doors import AnyFeed
from paser_command.feeds.http import Http
from paser_command.records import Record
from paser_command.times import Instant, now

WEB = ("http", "https")
"""The schemes of addresses that are asked by HTTP."""


class FeedSetup(msgspec.Struct, frozen=True, kw_only=True):
    """One feed of the site: its address, its checked settings, and where its city is.

    `zone` is a name such as Asia/Makassar, `hosts` are those besides the address's that it may ask.
    """

    feed: str
    url: str
    settings: dict[str, Any]
    exercise: bool
    lon: float
    lat: float
    zone: str
    hosts: tuple[str, ...]


def make_feed(
    setup: FeedSetup,
    feed_class: Callable[[FeedContext], AnyFeed],
    *,
    latest: Callable[[str], Instant | None],
    known: Callable[[type[Record]], Mapping[str, Record]],
    passed_over: PassedOver,
    state: dict[str, str | int | float | bool],
    log: logging.Logger,
) -> AnyFeed:
    """Build the feed; whatever its class raises comes out."""
    web = setup.url.partition(":")[0] in WEB
    agent = f"PaserCommand/{__version__}"
    context = FeedContext(
        feed=setup.feed,
        url=setup.url,
        settings=setup.settings,
        exercise=setup.exercise,
        lon=setup.lon,
        lat=setup.lat,
        zone=ZoneInfo(setup.zone),
        http=Http(setup.url if web else None, user_agent=agent, further=setup.hosts),
        now=now,
        latest=latest,
        log=log,
        passed_over=passed_over,
        known=known,
        state=state,
    )
    return feed_class(context)
