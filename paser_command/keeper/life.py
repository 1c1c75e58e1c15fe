"""One console's process: forked by the keeper, heard, asked for its stacks, and ended.

A fork, so that the first start pays for no second interpreter; the keeper has loaded next to
nothing and has no threads, so that nothing is torn apart by it.
"""

import faulthandler
import os
import select
import signal
import sys
import time
import traceback
from contextlib import suppress
from types import TracebackType

from paser_command.errors import PaserError
from paser_command.keeper.heart import Heart
from paser_command.keeper.notify import NOTIFY_VARIABLE

DUMP_SIGNAL = signal.SIGUSR2
"""Has the console write the stacks of all its threads, though C code holds Python's lock."""

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGINT)

_DUMPED_WITHIN_S, _STEP_S = 2.0, 0.05
_LARGEST_BYTES = 256 * 1024


class Life:
    """The keeper's side of one console."""

    def __init__(self, pid: int, pipe: int, stacks: int) -> None:
        self.pid = pid
        self._pipe = pipe
        self._stacks = stacks
        self._told = 0
        self._deaf = False
        self._asked = False
        self._code: int | None = None

    def listen(self, longest_s: float) -> bytes:
        """Return what the console says, empty where it says nothing for so long."""
        if self._deaf:
            # Its end of the pipe is closed, so it is as good as gone.
            time.sleep(min(longest_s, _STEP_S))
        elif select.select([self._pipe], [], [], longest_s)[0]:
            said = os.read(self._pipe, 4096)
            self._deaf = not said
            return said
        return b""

    def ended(self) -> int | None:
        """Return the exit code once the process is gone (negative: by that signal)."""
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def ask(self) -> None:
        """Ask the process to end, once; from a signal's handler, too."""
        if not self._asked and self._code is None:
            self._asked = True
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    def send(self, number: signal.Signals) -> None:
        """Send the process a signal, unless it is gone."""
        if self.ended() is None:
            os.kill(self.pid, number)

    def dump(self) -> bytes:
        """Return where all threads stand; empty where the process cannot even tell that."""
        self.send(DUMP_SIGNAL)
        end_s, size = time.monotonic() + _DUMPED_WITHIN_S, 0
        while time.monotonic() < end_s and self.ended() is None:
            time.sleep(_STEP_S)
            before, size = size, os.fstat(self._stacks).st_size
            if size == before and size > self._told:
                break
        return self.stacks()

    def stacks(self) -> bytes:
        """Return the stacks that were left since this was asked last."""
        found = os.pread(self._stacks, _LARGEST_BYTES, self._told)
        self._told += len(found)
        return found

    def close(self) -> None:
        """Forget the process, which has ended."""
        os.close(self._pipe)
        os.close(self._stacks)


def fork_console() -> Life | Heart:
    """Fork: the keeper gets the console's life, the console its heart.

    PaserError, in the keeper alone, where the system has no room for another process.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
    try:
        pid, hearing, telling, stacks = _forked()
        if pid == 0:
            os.close(hearing)
            _settle(stacks)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)
    if pid == 0:
        # Taken away, so that no child of the console speaks for the window's loop.
        return Heart(telling, os.environ.pop(NOTIFY_VARIABLE, None))
    os.close(telling)
    return Life(pid, hearing, stacks)


def _forked() -> tuple[int, int, int, int]:
    """Return, twice, the process id (0 in the child), the pipe's ends, and the file of stacks."""
    opened: list[int] = []
    try:
        hearing, telling = os.pipe()
        opened += hearing, telling
        stacks = os.memfd_create("console-stacks")
        opened.append(stacks)
        return os.fork(), hearing, telling, stacks
    except OSError as cause:
        for descriptor in opened:
            os.close(descriptor)
        raise PaserError("no console can be started: {cause}", cause=cause.strerror) from cause


def _settle(stacks: int) -> None:
    """Make the fork a process of its own, which leaves its stacks when it falls or is asked to."""
    # What a terminal sends to the whole group, such as Ctrl+C, comes by the keeper, and once.
    with suppress(OSError):
        os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    faulthandler.enable(stacks, all_threads=True)
    faulthandler.register(DUMP_SIGNAL, stacks, all_threads=True)

    def leave_trace(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        os.write(stacks, "".join(traceback.format_exception(kind, error, trace)).encode())
        sys.__excepthook__(kind, error, trace)

    sys.excepthook = leave_trace
