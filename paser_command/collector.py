"""The collector: runs the feeds, judges what they tell, and is its process's one writer."""

import logging
import random
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from paser_command.clocks import SteadyClock
from paser_command.config import FeedSettings, SiteConfig, settings_of
from paser_command.errors import FeedError, JournalAwayError, JournalError, JournalReplacedError
from paser_command.extensions import extensions
from paser_command.feeds.apart.messages import Build
from paser_command.feeds.apart.proxy import Surroundings, feed_apart
from paser_command.feeds.doors import AnyFeed
from paser_command.feeds.inbox import Inbox
from paser_command.feeds.making import FeedSetup, make_feed
from paser_command.feeds.passed import Passed
from paser_command.feeds.runner import FeedPlan, FeedRunner
from paser_command.intake.desk import Desk
from paser_command.intake.known import Known
from paser_command.intake.pace import Pace
from paser_command.intake.replaying import replay
from paser_command.journal import feed_states
from paser_command.journal.caller import Caller
from paser_command.journal.identity import reopen
from paser_command.journal.keyframes import KeyframeKeeper
from paser_command.journal.lease import Lease, LeaseLostError
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.language import in_all_languages
from paser_command.maps.districts import districts_of_site
from paser_command.memory import give_back
from paser_command.picture.picture import Picture
from paser_command.plugin.discovery import Plugins, load_object
from paser_command.plugin.kinds import feed_kind
from paser_command.records import Record
from paser_command.rules.limits import limits_plan
from paser_command.rules.rule import RulePlan
from paser_command.rules.tagging import Tagging
from paser_command.times import now

GATHER_S = 0.03
"""How long records gather before a batch: one sync serves all that came in that time."""

TAKE_S = 0.2
LOOK_S = 0.5
FOLLOW_S = 1.0
FOLLOWING_S = 0.3
"""How long the picture is followed at a time: then there may be records to be written."""

REPLAY_S = 5.0
STANDBY_S = 0.5
RETRY_S = 1.0
GIVE_BACK_S = 1.0
ENDING_S = 1.0
"""How long what waits is still written when it is time to end."""

Tell = Callable[[str, Mapping[str, object]], None]
"""Tells whoever started the collector: the name of what happened, and facts."""

_log = logging.getLogger(__name__)


class Collector:
    """One site's collector at a seat. `run` returns when `until` is set; the rest is its business.

    `alive` is called at least once a second while the main thread does its work or waits for it.
    `rules` are those of plugins; they hear what our own raise. `program` is the command line that
    starts this program: feeds of other makers run in processes of their own.

    InputError where the site's districts cannot be read.
    """

    def __init__(
        self,
        config: SiteConfig,
        plugins: Plugins,
        tell: Tell,
        alive: Callable[[], None] = lambda: None,
        rules: Sequence[RulePlan] = (),
        *,
        seat: str,
        program: Sequence[str] = (sys.executable, "-m", "paser_command.cli"),
    ) -> None:
        self._program = program
        self._caller = Caller("collector", seat)
        self._config = config
        self._rules = rules
        self._added = extensions(plugins)
        for fault in self._added.faults:
            _log.error("%s", fault)
        self._plugins = plugins
        self._tell = tell
        self._alive = alive
        self._failing = False
        districts = districts_of_site(config)
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
        model = self._added.model()
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
        """Collect; come back where the lease is lost, or the journal is away or another one."""
        try:
            self._work(journal, lease, until)
        except LeaseLostError as error:
            _log.warning("%s", error)
        except JournalReplacedError as error:
            self._lost(error)
            self._reopen(journal, until)
        except JournalAwayError as error:
            self._lost(error)
            until.wait(RETRY_S)

    def _reopen(self, journal: Journal, until: threading.Event) -> None:
        """Take up the journal that stands where ours was, as soon as there is one."""
        while not until.wait(RETRY_S):
            self._alive()
            try:
                reopen(journal)
            except JournalError as error:
                self._lost(error)
            else:
                return

    def _work(self, journal: Journal, lease: Lease, until: threading.Event) -> None:
        """Collect into the journal as it is now: whatever was known of another one is forgotten."""
        start = _picture(journal, until, self._alive)
        if start is None:
            return
        picture, seq = start
        known = Known(picture, journal.model.kinds)
        keeper = KeyframeKeeper(journal, picture, seq)
        plans = (limits_plan(self._config.limits), *self._added.rules, *self._rules)
        work = _Work(journal, keeper, known, self._tagging, picture, plans, self._alive)
        work.runners = {feed.id: self._runner(feed, work) for feed in self._config.feeds}
        for runner in work.runners.values():
            runner.start()
        self._tell("ready", {"feeds": len(work.runners)})
        try:
            self._collect(work, lease, until)
        finally:
            for runner in work.runners.values():
                runner.stop()
            work.inbox.close()
            keeper.close()

    def _collect(self, work: "_Work", lease: Lease, until: threading.Event) -> None:
        pace = Pace()
        looks = _Every(LOOK_S), _Every(FOLLOW_S), _Every(REPLAY_S), _Every(GIVE_BACK_S)
        look, follow, ask, tidy = looks
        while not until.is_set():
            self._alive()
            lease.require()
            if work.inbox.wait(TAKE_S):
                until.wait(GATHER_S)
                self._take(work, pace, until)
            if work.desk.tick():
                self._take(work, pace, until)
            if look.due():
                for runner in work.runners.values():
                    runner.look()
            if not self._failing and follow.due():
                self._attempt(work.follow)
            if not self._failing and ask.due():
                self._attempt(work.replay)
            if tidy.due():
                give_back()
        self._end(work, pace, until)

    def _take(self, work: "_Work", pace: Pace, until: threading.Event) -> bool:
        """Write the next batch; False where there is none, or it cannot be written at the end."""
        batch = work.inbox.take(0, pace.most)
        began = time.monotonic()
        work.desk.put(batch)
        while not self._attempt(work.desk.flush):
            self._alive()
            if until.wait(RETRY_S):
                return False
        pace.took(time.monotonic() - began, len(batch))
        return bool(batch)

    def _end(self, work: "_Work", pace: Pace, until: threading.Event) -> None:
        """Stop the feeds, and write for a moment: what is left then was never acknowledged."""
        for runner in work.runners.values():
            runner.stop()
        work.inbox.close()
        ends = time.monotonic() + ENDING_S
        while time.monotonic() < ends and self._take(work, pace, until):
            pass
        if left := work.inbox.waiting + work.desk.waiting:
            _log.error("%s records were not written at the end", left)

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except JournalReplacedError:
            raise
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

    def _runner(self, feed: FeedSettings, work: "_Work") -> FeedRunner:
        plugin, manifest = self._plugins.feed(feed.type)
        kind = feed_kind(manifest)
        passed = Passed(time.monotonic)
        state = feed_states.load(work.journal, feed.id)

        site, log = self._config.site, logging.getLogger(f"feed.{feed.id}")
        setup = FeedSetup(
            feed=feed.id,
            url=feed.url,
            settings=settings_of(feed, kind),
            exercise=self._config.exercise is not None,
            lon=site.lon,
            lat=site.lat,
            zone=site.zone,
            hosts=tuple(feed.hosts),
        )
        interval_s = manifest.interval_s if feed.interval_s is None else feed.interval_s

        def known(record: type[Record]) -> Mapping[str, Record]:
            return work.known.of(feed.id, record)

        def build() -> AnyFeed:
            if plugin.ours:
                return make_feed(
                    setup,
                    load_object(plugin, manifest.class_path),
                    latest=work.known.latest,
                    known=known,
                    passed_over=passed.over,
                    state=state,
                    log=log,
                )
            added = tuple(piece.object for piece in plugin.manifest.kinds)
            built = Build(plugin.package, manifest.class_path, added, setup, state)
            around = Surroundings(
                kinds=work.journal.model.kinds,
                latest=work.known.latest,
                known=known,
                passed_over=passed.over,
                state=state,
                log=log,
            )
            return feed_apart(self._program, built, around, interval_s)

        plan = FeedPlan(
            feed=feed.id,
            source=feed.type,
            interval_s=interval_s,
            build=build,
            passed=passed,
            kinds=work.journal.model.kinds,
            known=known,
            state=state,
        )
        return FeedRunner(plan, work.inbox, now, random.Random())


class _Work:
    """What one run of the collector works with: the journal, what is known of it, the way in."""

    def __init__(
        self,
        journal: Journal,
        keeper: KeyframeKeeper,
        known: Known,
        tagging: Tagging,
        picture: Picture,
        plans: Sequence[RulePlan],
        alive: Callable[[], None],
    ) -> None:
        self.journal = journal
        self.known = known
        self.inbox = Inbox()
        self.runners: dict[str, FeedRunner] = {}
        clock = SteadyClock()
        self.desk = Desk(journal, tagging, known, self._catch_up, self._blame, clock, plans)
        self.desk.begin(picture)
        self._keeper = keeper
        self._tagging = tagging
        self._picture = picture
        self._alive = alive

    def follow(self) -> None:
        """Follow the journal for a moment. Raises JournalError."""
        self._keeper.check()
        ends = time.monotonic() + FOLLOWING_S
        while self._follow_page() and time.monotonic() < ends:
            pass
        self._tagging.follow(self._picture)

    def replay(self) -> None:
        """Take up what is asked back from quarantine. Raises JournalError."""
        replay(self.journal, self.inbox)

    def _catch_up(self) -> None:
        while self._follow_page():
            self._alive()

    def _follow_page(self) -> bool:
        with self.known.following():
            return self._keeper.follow_page()

    def _blame(self, feed: str, fault: FeedError) -> None:
        if runner := self.runners.get(feed):
            runner.pass_over(fault)


class _Every:
    """Due so often, by a clock that nobody sets back."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._due = time.monotonic()

    def due(self) -> bool:
        """Tell whether it is due; then it is due again after its time."""
        if time.monotonic() < self._due:
            return False
        self._due = time.monotonic() + self._seconds
        return True


def _picture(
    journal: Journal, until: threading.Event, alive: Callable[[], None]
) -> tuple[Picture, int] | None:
    """Return the picture at the journal's end, and the last number in it; None if told to end."""
    reader = Reader(journal)
    try:
        last = reader.last_until(None)
        began_s = time.monotonic()
        picture, seq = reader.start(last)
        for _ in reader.slices(picture, seq, last):
            alive()
            if until.is_set():
                return None
        reader.leave(picture, last, time.monotonic() - began_s)
        return picture, max(seq, last)
    finally:
        reader.close()
