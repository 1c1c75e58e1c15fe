"""P17: from a jump of the clock to the paint of every panel in view, with 10,000 incidents."""

import os
import random
import time
from functools import partial

from PySide6.QtCore import QTimer

from paser_command.journal.keyframes import KeyframeKeeper
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture
from paser_command.records import Report
from paser_command.session.frames import Frame
from paser_command.times import HOUR, MINUTE, SECOND, Instant, now
from paser_ui.app import Console
from paser_ui.panel_host import PanelHost
from tests.benchmarks import city
from tests.benchmarks.figures import Figure
from tests.benchmarks.rig import LoopGaps, console, percentile, producing, run_until, see_all

SEEKS = int(os.environ.get("P17_SEEKS", "60"))
STANDING = 10_000
HOURS = 3
_SEED = 20261201


def fill(url: str) -> None:
    """Put 10,000 open incidents into the journal, and a change of one in each second since."""
    journal = open_journal(url, REAL)
    begin = now() - HOURS * HOUR
    Writer(journal, lambda: begin).append([_report(n, begin, 0) for n in range(STANDING)])
    seconds = iter(range(10**9))
    keeper = KeyframeKeeper(journal, Picture(), 0, lambda: float(next(seconds)) * 60)
    keeper.follow()
    for minute in range(HOURS * 60):
        at = begin + minute * MINUTE
        told = [
            _report((minute * 60 + second) % STANDING, at + second * SECOND, 1 + minute)
            for second in range(60)
        ]
        Writer(journal, partial(_stands, at)).append(told)
        # As the collector does: with each batch.
        keeper.follow()
    keeper.close()
    journal.close()


class Watch:
    """Notes when every panel in view has painted a frame of the moment that was sought."""

    def __init__(self, shown: Console) -> None:
        self.times_ms: list[float] = []
        self._shown = shown
        self._began_s = 0.0
        self._waited_for: set[PanelHost] = set()
        shown.bridge.on_frame.append(self._given)

    @property
    def done(self) -> bool:
        """Whether all that is seen has been painted."""
        return not self._waited_for

    def seek(self, instant: Instant) -> None:
        """Jump, and wait for the panels that are in view."""
        self._waited_for = {one for one in self._shown.front.panels.all() if one.isVisible()}
        self._began_s = time.monotonic()
        self._shown.desk.session.seek(instant)

    def _given(self, host: PanelHost, frame: Frame) -> None:
        if host in self._waited_for and frame.current:
            self._waited_for.discard(host)
            if not self._waited_for:
                # What was drawn into is painted by an event that is posted already.
                QTimer.singleShot(0, self._note)

    def _note(self) -> None:
        self.times_ms.append((time.monotonic() - self._began_s) * 1000)


def measure() -> dict[str, Figure]:
    """Return the 95th percentile over random moments of the last three hours."""
    chance = random.Random(_SEED)
    with producing(1, 600) as producer, console(producer.url, fill) as (shown, _):
        session = shown.desk.session
        run_until(lambda: len(session.picture.incidents) >= STANDING, 120)
        see_all(shown)
        watch, gaps, unseen = Watch(shown), LoopGaps(), 0
        for _ in range(SEEKS):
            watch.seek(now() - chance.randrange(MINUTE, HOURS * HOUR - MINUTE))
            unseen += not run_until(lambda: watch.done, 10, every_ms=5)
            run_until(lambda: False, 0.3, every_ms=10)
        standing = len(session.picture.incidents)
    return {
        "P17": Figure(
            what=f"a jump of the clock to the paint of every panel in view, {standing:,} incidents",
            value=percentile(watch.times_ms, 0.95),
            unit="ms",
            goal=400,
            part="loop",
            also_holds=not unseen,
            seen={
                "seeks": float(len(watch.times_ms)),
                "seeks not seen within 10 s": float(unseen),
                "p50 ms": percentile(watch.times_ms, 0.5),
                "worst ms": max(watch.times_ms),
                "gap of the window's loop p99 ms": percentile(gaps.late_ms, 0.99),
            },
        )
    }


def _stands(instant: Instant) -> Instant:
    return instant


def _report(number: int, at: Instant, change: int) -> Report:
    return city.report(f"warga/{number}", number, at, change=change)
