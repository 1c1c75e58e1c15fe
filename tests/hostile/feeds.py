"""Feeds as the collector makes them: settings from plugin.toml, a real way out, a fixed clock."""

import logging
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from paser_command.errors import FeedError
from paser_command.feeds.context import Feed, FeedContext
from paser_command.feeds.doors import Snapshot
from paser_command.feeds.http import Http
from paser_command.plugin.manifest import FeedManifest, read_manifest
from paser_command.records import AnyRecord
from paser_command.times import Instant, parse

Setting = str | int | float | bool
NOW = parse("2026-11-20T03:00:00Z")
PLUGINS = Path(import_module("paser_plugins").__file__ or "").parent


def manifest_of(plugin: str) -> FeedManifest:
    """Return the feed that is so named ("geojson.positions"), or a plugin's first."""
    feeds = read_manifest(PLUGINS / plugin.partition(".")[0] / "plugin.toml").feeds
    return next((feed for feed in feeds if feed.id == plugin), feeds[0])


class Passed:
    """What a feed passed over: the first error of each call, with its counts."""

    def __init__(self) -> None:
        self.errors: list[tuple[FeedError, int, int]] = []

    def over(self, error: FeedError, count: int = 1, of: int = 0) -> None:
        self.errors.append((error, count, of))


def passed_by(context: FeedContext) -> list[tuple[FeedError, int, int]]:
    """Return what was passed over by a feed with that context: error, how many, of how many."""
    passed: Passed = context.passed_over.__self__  # type: ignore[attr-defined]
    return passed.errors


def context_for(
    plugin: str,
    url: str = "http://127.0.0.1:9",
    *,
    http: Http | None = None,
    exercise: bool = False,
    now: Callable[[], Instant] = lambda: NOW,
    latest: Callable[[str], Instant | None] = lambda key: None,
    settings: Mapping[str, Setting] | None = None,
    state: dict[str, Setting] | None = None,
) -> FeedContext:
    """Return a context of a plugin's feed ("geojson": its first), its id being "f"."""
    feed = manifest_of(plugin)
    defaults = {kind.name: kind.default for kind in feed.settings if kind.default is not None}
    return FeedContext(
        feed="f",
        url=url,
        settings={**defaults, **(settings or {})},
        exercise=exercise,
        lon=116.19,
        lat=-1.91,
        http=http or Http(url, user_agent="PaserCommand/0.1.0", deadline_s=2.0),
        now=now,
        latest=latest,
        log=logging.getLogger("test"),
        passed_over=Passed().over,
        state={} if state is None else state,
    )


def feed_of(plugin: str, context: FeedContext) -> Feed:
    """Return a plugin's feed, found as its manifest says."""
    module, _, name = manifest_of(plugin).class_path.partition(":")
    package = plugin.partition(".")[0]
    made: Feed = getattr(import_module(f"paser_plugins.{package}.{module}"), name)(context)
    return made


def polled(feed: Feed) -> tuple[list[Any], Any]:
    """Return what a poll gave, and the fault at its end, or the first that it passed over."""
    passed = passed_by(feed._context)  # type: ignore[attr-defined]
    passed.clear()
    given, fault = drained(feed.poll())
    return given, fault or (passed[0][0] if passed else None)


def drained(items: Iterable[AnyRecord | Snapshot]) -> tuple[list[Any], Any]:
    """Return the records that an iterator gave before its FeedError, and that."""
    given: list[AnyRecord] = []
    try:
        for item in items:
            given += item.records if isinstance(item, Snapshot) else (item,)
    except FeedError as fault:
        return given, fault
    return given, None
