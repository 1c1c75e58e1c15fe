"""Keeps a console on the screen: one that hangs or falls is started again, until one ends by will.

Wrong input, a missing display and a plain end are ends by will: the console says so before.
"""

import gc
import signal
import time
from collections.abc import Callable
from pathlib import Path

from paser_command.errors import PaserError, Words
from paser_command.keeper.heart import Heart
from paser_command.keeper.life import ENDING_SIGNALS, Life, fork_console
from paser_command.keeper.reports import write_report
from paser_command.keeper.restarts import Restarts, Start
from paser_command.keeper.watch import Phase, Verdict, Watch
from paser_command.times import now

TICK_S = 0.25
RETRY_S = 5.0
_BY_SIGNAL = 128

Show = Callable[[Start, Heart], int]
"""Shows a console until it ends, and returns its exit code; runs in the console's process."""

Tell = Callable[[PaserError], None]


class Keeper:
    """Runs consoles, one after the other. `tell` is given what happens, in the keeper's process."""

    def __init__(self, show: Show, reports: Path, tell: Tell) -> None:
        self._show = show
        self._reports = reports
        self._tell = tell
        self._restarts = Restarts()
        self._ending = False
        self._life: Life | None = None
        self._file: Path | None = None

    def run(self, *, safe_mode: bool = False) -> int:
        """Return the exit code of the last console. Both processes return: each with its own."""
        for number in ENDING_SIGNALS:
            signal.signal(number, self._end)
        # So that the console's collecting does not touch, and thereby copy, what both share.
        gc.freeze()
        start = Start(safe_mode=safe_mode)
        while not self._ending:
            try:
                forked = fork_console()
            except PaserError as error:
                self._tell(error)
                self._pause(RETRY_S)
                continue
            if isinstance(forked, Heart):
                code = self._show(start, forked)
                forked.leave()
                return code
            then = self._kept(forked, start)
            if isinstance(then, int):
                return then
            start = then
            self._pause(start.after_s)
        return 0

    def _kept(self, life: Life, start: Start) -> Start | int:
        """Watch one console to its end; return how to go on, or the exit code."""
        watch = Watch()
        code = self._keep(life, watch)
        try:
            return self._after(start, life, watch, code)
        finally:
            self._life = None
            life.close()

    def _end(self, *_: object) -> None:
        self._ending = True
        if self._life is not None:
            self._life.ask()

    def _keep(self, life: Life, watch: Watch) -> int:
        """Watch the console to its end; return how it ended."""
        self._file, self._life, asked, before_s = None, life, False, time.monotonic()
        while (code := life.ended()) is None:
            said = life.listen(TICK_S)
            if said:
                self._hear(watch, said)
            if self._ending and not asked:
                asked = True
                watch.ask()
                # Where the signal came before there was somebody to ask.
                life.ask()
            now_s = time.monotonic()
            verdict, before_s = watch.wait(now_s - before_s), now_s
            if verdict is Verdict.DUMP:
                self._tell_hang(life, watch)
            elif verdict is Verdict.KILL:
                life.send(signal.SIGKILL)
        while said := life.listen(0.0):
            watch.hear(said)
        return code

    def _hear(self, watch: Watch, said: bytes) -> None:
        if self._file is not None:
            self._file = None
            self._tell(PaserError("the console answers again"))
        watch.hear(said)

    def _tell_hang(self, life: Life, watch: Watch) -> None:
        seconds = round(watch.silent_s)
        what = f"process {life.pid}, {watch.phase.name.lower()}, silent for {seconds} s"
        self._file = write_report(self._reports, "hang", now(), what, life.dump())
        self._tell(
            PaserError(
                "the console has not answered for {n} s; where it stands is told in {file}",
                n=seconds,
                file=self._file or "-",
            )
        )

    def _after(self, start: Start, life: Life, watch: Watch, code: int) -> Start | int:
        """Return how to go on after that end, or the exit code where it was meant."""
        if watch.phase is Phase.LEAVING and watch.wants_normal and not self._ending:
            return Start()
        if self._ending and code == -signal.SIGTERM:
            return 0
        if self._ending or watch.phase is Phase.LEAVING:
            if code == -signal.SIGKILL:
                self._tell(PaserError("the console was to end and did not: it was killed"))
            return code if code >= 0 else _BY_SIGNAL - code
        fall = self._fall(life, watch, code)
        self._tell(fall)
        then = self._restarts.after(start, watch.alive_s, fall)
        if then.safe_mode and not start.safe_mode:
            self._tell(PaserError("the console fell three times in a minute: safe mode is next"))
        if then.after_s:
            self._tell(
                PaserError("safe mode fell too: it is started again in {n} s", n=then.after_s)
            )
        return then

    def _fall(self, life: Life, watch: Watch, code: int) -> PaserError:
        """Return what is said of the fall, and leave a file that says more."""
        how = _how(watch, code, hung=self._file is not None)
        file = self._file
        if file is None:
            what = f"process {life.pid}, {watch.phase.name.lower()}: {how}"
            file = write_report(self._reports, "crash", now(), what, life.stacks())
        if file is None:
            return PaserError("the console fell ({how}) and was started again", how=how)
        return PaserError(
            "the console fell ({how}) and was started again; what is known of it stands in {file}",
            how=how,
            file=file,
        )

    def _pause(self, seconds: float) -> None:
        """Let time pass, unless the keeper is to end."""
        end_s = time.monotonic() + seconds
        while not self._ending and (left_s := end_s - time.monotonic()) > 0:
            time.sleep(min(TICK_S, left_s))


def _how(watch: Watch, code: int, *, hung: bool) -> Words:
    if hung and code == -signal.SIGKILL:
        return Words("it did not answer for {n} s", n=round(watch.silent_s))
    if code < 0:
        return Words("by the signal {number}", number=-code)
    return Words("with the exit code {code}", code=code)
