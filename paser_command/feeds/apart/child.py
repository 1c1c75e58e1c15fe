"""The process of a feed, seen from the collector: started, asked, watched and ended."""

import logging
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Sequence

import msgspec

from paser_command.errors import FeedError
from paser_command.feeds.apart import messages
from paser_command.feeds.apart.messages import FROM_CHILD, FromChild, ToChild

HANG_S = 15.0
"""A process that says nothing for so long holds Python's lock, or is stopped: it is killed."""

ENDING_S = 1.0
_MOST_WAITING = 64

_log = logging.getLogger(__name__)


class Child:
    """One process. Used by the feed's thread; `end` by any."""

    def __init__(self, program: Sequence[str], build: messages.Build) -> None:
        self._heard_s = time.monotonic()
        self._waiting: queue.Queue[FromChild | None] = queue.Queue(_MOST_WAITING)
        self._ended = threading.Event()
        self._process = subprocess.Popen(
            [*program, "collect", "--one-feed"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        name = f"feed {build.setup.feed} is read"
        threading.Thread(target=self._read, name=name, daemon=True).start()
        self.send(build)

    def send(self, message: ToChild) -> None:
        """Tell the process something; one that has ended says so at the next `next`."""
        assert self._process.stdin is not None
        try:
            messages.put(self._process.stdin, message)
        except (OSError, ValueError):
            _log.debug("the process of a feed listens no more")

    def next(self, timeout_s: float) -> FromChild | None:
        """Return what the process says next, None where it says nothing in time.

        FeedError process_ended or process_hung where there is nothing to wait for.
        """
        end_s = time.monotonic() + timeout_s
        while True:
            left_s = end_s - time.monotonic()
            try:
                message = self._waiting.get(timeout=max(0.0, min(left_s, 0.5)))
            except queue.Empty:
                silent_s = time.monotonic() - self._heard_s
                if silent_s > HANG_S:
                    self.kill()
                    raise FeedError("process_hung", seconds=round(silent_s)) from None
                if left_s <= 0:
                    return None
                continue
            if message is None:
                self._waiting.put(None)
                raise FeedError("process_ended", how=self._how())
            return message

    def end(self) -> None:
        """Have it stop, and kill it where it does not in a moment."""
        self.send(messages.Stop())
        try:
            self._process.wait(ENDING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._let_go()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._let_go()

    def _let_go(self) -> None:
        self._ended.set()
        self._process.wait()
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except OSError:
            _log.debug("the process of a feed had ended already")

    def _how(self) -> str:
        """Return how the process ended: a signal's name, or its exit code."""
        code = self._process.wait()
        self._let_go()
        if code >= 0:
            return str(code)
        try:
            return signal.Signals(-code).name
        except ValueError:
            return str(code)

    def _read(self) -> None:
        """Take what the process says; one that says what is no message is ended."""
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            try:
                while (body := messages.take(pipe)) is not None:
                    self._heard_s = time.monotonic()
                    message = FROM_CHILD.decode(body)
                    if not isinstance(message, messages.Beat):
                        self._put(message)
            except (OSError, ValueError, msgspec.MsgspecError) as cause:
                _log.warning("the process of a feed says what nobody understands: %s", cause)
                self._process.kill()
        self._put(None)

    def _put(self, message: FromChild | None) -> None:
        """Wait while much is waiting, unless nobody will take it any more."""
        while not self._ended.is_set() or message is None:
            try:
                self._waiting.put(message, timeout=0.5)
                return
            except queue.Full:
                if self._ended.is_set():
                    return
