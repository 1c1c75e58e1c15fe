"""A collector that runs on trial feeds, and what it put into the journal."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from paser_command.collector import Collector
from paser_command.config import FeedSettings, JournalSettings, Site, SiteConfig
from paser_command.journal.reader import Reader, all_records
from paser_command.journal.store import Journal
from paser_command.picture.picture import Picture
from paser_command.plugin.discovery import Plugin, Plugins
from paser_command.plugin.manifest import About, FeedManifest, Manifest, SettingManifest
from paser_command.records import AnyRecord
from paser_command.times import now
from tests import trial_feeds

SLOWEST_S = 60.0


def trial(feed_class: type, feed: str = "", url: str = "trial:x", **settings: Any) -> FeedSettings:
    """Return a feed of one of the trial classes; its id is the class' name."""
    name = feed_class.__name__.lower()
    return FeedSettings(
        id=feed or name, type=f"trial.{name}", url=url, interval_s=0.1, settings=settings
    )


@contextmanager
def collecting(
    journal_url: str, *feeds: FeedSettings, plugins: Plugins | None = None
) -> Iterator[None]:
    """Run a collector meanwhile, on the trial feeds or those of `plugins`."""
    config = SiteConfig(
        site=Site(name="Paser", zone="Asia/Makassar", lon=116.19, lat=-1.9),
        journal=JournalSettings(url=journal_url),
        feeds=feeds,
    )
    trial_feeds.Trial.made.clear()
    until, ready = threading.Event(), threading.Event()
    collector = Collector(
        config, plugins or _plugins(), lambda event, facts: ready.set(), seat="Meja 1"
    )
    running = threading.Thread(target=collector.run, args=(until,))
    running.start()
    try:
        assert ready.wait(SLOWEST_S)
        yield
        assert running.is_alive()
    finally:
        until.set()
        for made in trial_feeds.Trial.made:
            if not isinstance(made, trial_feeds.Blocked):
                made.closed.set()
        running.join(SLOWEST_S)
        assert not running.is_alive()


def until(met: Callable[[], Any]) -> Any:
    """Wait until it is so; return what it gave."""
    deadline = time.monotonic() + SLOWEST_S
    while not (found := met()):
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.02)
    return found


def pictured(journal: Journal) -> Picture:
    """Return the picture of now."""
    reader = Reader(journal)
    try:
        return reader.picture(now())[0]
    finally:
        reader.close()


def records(journal: Journal) -> list[AnyRecord]:
    """Return all records in their order."""
    return [record for _, record in sorted(all_records(journal), key=lambda one: one[0])]


def _plugins() -> Plugins:
    settings = (SettingManifest("count", "integer", default=0),)
    kinds = [
        FeedManifest(
            f"trial.{name.lower()}",
            name,
            f"trial_feeds:{name}",
            settings=settings,
            schemes=("trial", "file"),
        )
        for name, made in vars(trial_feeds).items()
        if isinstance(made, type) and issubclass(made, trial_feeds.Trial)
    ]
    manifest = Manifest(About("trial", "Trial", "1", 1), tuple(kinds))
    return Plugins((Plugin("tests", manifest),))
