"""The collector: runs the feeds, judges what they tell, and is its process's one writer."""

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from paser_command import __version__
from paser_command.config import FeedSettings, SiteConfig, settings_of
from paser_command.errors import JournalAwayError, JournalError
from paser_command.extensions import extensions
from paser_command.feeds.context import Feed, FeedContext
from paser_command.feeds.http import Http
from paser_command.feeds.inbox import Inbox, Novelty
from paser_command.feeds.runner import FeedPlan, FeedRunner
from paser_command.journal.caller import Caller
from paser_command.journal.keyframes import KeyframeKeeper
from paser_command.journal.lease import Lease, LeaseLostError
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.journal.writer import Writer
from paser_command.language import in_all_languages
from paser_command.maps.districts import districts_of
from paser_command.memory import give_back
from paser_command.picture.picture import Picture
from paser_command.plugin.discovery import Plugins, load_object
from paser_command.plugin.kinds import feed_kind
from paser_command.records import AnyRecord
from paser_command.rules.rules import Rules
from paser_command.rules.tagging import Tagging
from paser_command.times import Instant, now

GATHER_S = 0.03
"""How long records gather before a batch: one sync serves all that came in that time."""

TAKE_S = 0.2
LOOK_S = 0.5
FOLLOW_S = 1.0
STANDBY_S = 0.5
RETRY_S = 1.0
GIVE_BACK_S = 1.0

Tell = Callable[[str, Mapping[str, object]], None]
"""Tells whoever started the collector: the name of what happened, and facts."""

_log = logging.getLogger(__name__)


class Collector:
    """One site's collector at a seat. `run` returns when `until` is set; the rest is its business.

    `alive` is called at least once a second while the main thread does its work or waits for it.

    InputError where the site's districts cannot be read.
    """

    def __init__(
        self,
        config: SiteConfig,
        plugins: Plugins,
        tell: Tell,
        alive: Callable[[], None] = lambda: None,
        *,
        seat: str,
    ) -> None:
        self._caller = Caller("collector", seat)
        self._config = config
        self._plugins = plugins
        self._tell = tell
        self._alive = alive
        self._inbox = Inbox()
        self._failing = False
        districts = districts_of(config.areas)
        self._tagging = Tagging(districts.areas, schematic=districts.schematic)

    def run(self, until: threading.Event) -> None:
        """Collect, or stand by while another does. Waits for a journal that is away.

        Raises JournalError where the journal is there and cannot be opened.
        """
        journal = self._opened(until)
        if journal is None:
            return
        try:
            while not until.is_set():
                with Lease(journal) as lease:
                    if self._leased(journal, lease, until):
                        self._work_while_leased(journal, lease, until)
        finally:
            journal.close()

    def _opened(self, until: threading.Event) -> Journal | None:
        """Open the journal as soon as it is there; None if told to end before."""
        purpose = self._config.exercise.scenario if self._config.exercise else REAL
        model = extensions(self._plugins).model()
        while not until.is_set():
            try:
                journal = open_journal(
                    self._config.journal.url, purpose, model=model, caller=self._caller
                )
            except JournalAwayError as error:
                self._lost(error)
                self._alive()
                until.wait(RETRY_S)
            else:
                self._found()
                return journal
        return None

    def _leased(self, journal: Journal, lease: Lease, until: threading.Event) -> bool:
        """Wait until no other collector works on the journal; a viewer's waits for ever."""
        told = False
        while not until.is_set():
            taken = False
            try:
                taken = journal.may_write and lease.take()
                self._found()
            except JournalAwayError as error:
                self._lost(error)
            if taken:
                return True
            if not told and not self._failing:
                self._tell("standby", {})
                told = True
            self._alive()
            until.wait(STANDBY_S)
        return False

    def _work_while_leased(self, journal: Journal, lease: Lease, until: threading.Event) -> None:
        try:
            self._work(journal, lease, until)
        except LeaseLostError as error:
            _log.warning("%s", error)
        except JournalAwayError as error:
            self._lost(error)
            until.wait(RETRY_S)

    def _work(self, journal: Journal, lease: Lease, until: threading.Event) -> None:
        self._inbox = Inbox()
        picture, seq = _picture(journal)
        writer = Writer(journal, now)
        keeper = KeyframeKeeper(journal, writer, picture, seq)
        self._tagging.follow(picture)
        desk = _Desk(writer, Novelty(picture), self._tagging, Rules(picture))

        def follow() -> None:
            keeper.follow()
            self._tagging.follow(picture)

        runners = self._runners(picture)
        for runner in runners:
            runner.start()
        self._tell("ready", {"feeds": len(runners)})
        try:
            self._collect(desk, lease, follow, runners, until)
        finally:
            for runner in runners:
                runner.stop()
            self._inbox.close()
            keeper.close()

    def _collect(
        self,
        desk: "_Desk",
        lease: Lease,
        follow: Callable[[], None],
        runners: Sequence[FeedRunner],
        until: threading.Event,
    ) -> None:
        look_due = follow_due = give_back_due = time.monotonic()
        while not until.is_set():
            self._alive()
            lease.require()
            batch = self._inbox.take(TAKE_S)
            if batch:
                until.wait(GATHER_S)
                self._write(desk, batch + self._inbox.take(0), until)
            if time.monotonic() >= look_due:
                for runner in runners:
                    runner.look()
                look_due = time.monotonic() + LOOK_S
            if time.monotonic() >= follow_due and not self._failing:
                self._attempt(follow)
                follow_due = time.monotonic() + FOLLOW_S
            if time.monotonic() >= give_back_due:
                give_back()
                give_back_due = time.monotonic() + GIVE_BACK_S
        for runner in runners:
            runner.stop()
        self._inbox.close()
        while batch := self._inbox.take(0):
            if not self._write(desk, batch, until):
                return

    def _write(self, desk: "_Desk", batch: list[AnyRecord], until: threading.Event) -> bool:
        """Write the batch, again and again until it is on the disk or we are told to end."""
        judged = desk.judged(batch)
        while not self._attempt(lambda: desk.append(judged)):
            self._alive()
            if until.wait(RETRY_S):
                _log.error("%s records were not written at the end", len(judged))
                return False
        return True

    def _attempt(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except JournalError as error:
            self._lost(error)
            return False
        self._found()
        return True

    def _lost(self, error: JournalError) -> None:
        if not self._failing:
            _log.error("%s", error)
            self._tell("journal_failing", {"error": in_all_languages(error)})
        self._failing = True

    def _found(self) -> None:
        if self._failing:
            _log.info("the journal can be written again")
            self._tell("journal_ok", {})
        self._failing = False

    def _runners(self, picture: Picture) -> list[FeedRunner]:
        return [
            FeedRunner(self._plan(feed, picture), self._inbox, now, random.Random())
            for feed in self._config.feeds
        ]

    def _plan(self, feed: FeedSettings, picture: Picture) -> FeedPlan:
        plugin, manifest = self._plugins.feed(feed.type)
        latest = {stream: number.at for stream, number in picture.latest.items()}
        kind = feed_kind(manifest)

        def since(stream: str) -> Instant | None:
            return latest.get(stream)

        def build() -> Feed:
            feed_class = load_object(plugin, manifest.class_path)
            context = FeedContext(
                feed=feed.id,
                url=feed.url,
                settings=settings_of(feed, kind),
                exercise=self._config.exercise is not None,
                lon=self._config.site.lon,
                lat=self._config.site.lat,
                http=Http(feed.url, user_agent=f"PaserCommand/{__version__}"),
                now=now,
                latest=since,
                log=logging.getLogger(f"feed.{feed.id}"),
            )
            made: Feed = feed_class(context)
            return made

        interval_s = manifest.interval_s if feed.interval_s is None else feed.interval_s
        return FeedPlan(feed=feed.id, source=feed.type, interval_s=interval_s, build=build)


class _Desk:
    """What a batch goes through: only what is new, tagged, judged by the rules, journalled."""

    def __init__(self, writer: Writer, novelty: Novelty, tagging: Tagging, rules: Rules) -> None:
        self._writer = writer
        self._novelty = novelty
        self._tagging = tagging
        self._rules = rules

    def judged(self, batch: list[AnyRecord]) -> list[AnyRecord]:
        return self._rules.judged(self._tagging.tagged(self._novelty.fresh(batch)))

    def append(self, records: list[AnyRecord]) -> None:
        if records:
            self._writer.append(records)


def _picture(journal: Journal) -> tuple[Picture, int]:
    reader = Reader(journal)
    try:
        picture, seq = reader.picture(now())
        return picture, reader.fold(picture, seq)
    finally:
        reader.close()
