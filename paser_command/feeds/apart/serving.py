"""The process of a feed: builds it, polls or runs it when told, and says what it gives."""

import importlib
import logging
import os
import queue
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import IO, Any

from paser_command.errors import FeedError
from paser_command.feeds.apart import messages
from paser_command.feeds.apart.limits import limit_this_process
from paser_command.feeds.apart.messages import TO_CHILD, FromChild, ToChild
from paser_command.feeds.doors import AnyFeed, Receipt, Snapshot, Streamed
from paser_command.feeds.handover import HandOver, put_aside
from paser_command.feeds.making import make_feed
from paser_command.records import BUILT_IN_KINDS, Kinds, Record
from paser_command.times import Instant

BEAT_S = 1.0
GIVEN_S = 0.25
"""How long what a poll gave is kept back at the most."""

GIVEN_AT_ONCE = 500
ANSWER_S = 60.0
_LONGEST_LINE = 2_000


def serve_feed() -> int:
    """Serve one feed on standard input and output until told to stop, or nobody listens."""
    limit_this_process()
    # What a plugin prints, and reads, is none of our messages.
    orders, words = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    Serving(orders, words).run()
    # Threads of the plugin's own keep nothing alive.
    os._exit(0)


class Serving:
    """One feed, served over two pipes."""

    def __init__(self, orders: IO[bytes], words: IO[bytes]) -> None:
        self._reading, self._words = orders, words
        self._writing = threading.Lock()
        self._asking = threading.Lock()
        self._stopping = threading.Event()
        self._orders: queue.SimpleQueue[ToChild | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._receipts: dict[int, Receipt] = {}
        self._numbers = count(1)
        self._state: dict[str, Any] = {}
        self._said_state: dict[str, Any] = {}

    def run(self) -> None:
        """Serve until told to stop."""
        for work, name in ((self._read, "orders"), (self._beat, "beat")):
            threading.Thread(target=work, name=name, daemon=True).start()
        build = self._orders.get()
        if not isinstance(build, messages.Build):
            return
        feed = self._attempt(lambda: self._built(build))
        while feed is not None and (order := self._orders.get()) is not None:
            if isinstance(order, messages.Poll):
                self._attempt(lambda: self._poll(feed), ends=True)
            elif isinstance(order, messages.Run):
                self._attempt(lambda: feed.run(self, self._stopping), ends=True)
        if (close := getattr(feed, "close", None)) is not None:
            close()

    def push(self, items: Iterable[Record | Snapshot]) -> Receipt:
        """Hand over what a stream tells; as `Sink`."""
        receipt, number = Receipt(), next(self._numbers)
        self._receipts[number] = receipt
        self._say(messages.Gave(tuple(map(self._given, items)), number))
        self._say_state()
        return receipt

    def alive(self) -> None:
        """Say that the stream's source is heard of; as `Sink`."""
        self._say_state()
        self._say(messages.Alive())

    def _built(self, build: messages.Build) -> AnyFeed:
        added = [_load(build.package, path) for path in build.kinds]
        self._kinds = Kinds((*BUILT_IN_KINDS, *added))
        self._by_class = {kind.record: kind.name for kind in self._kinds}
        self._handover = HandOver(build.setup.feed, self._kinds)
        self._feed = build.setup.feed
        self._state = build.state
        self._said_state = dict(self._state)
        log = logging.getLogger(f"feed.{self._feed}")
        log.addHandler(_Log(self._say))
        log.propagate = False
        log.setLevel(logging.INFO)
        feed = make_feed(
            build.setup,
            _load(build.package, build.class_path),
            latest=self._latest,
            known=self._known,
            passed_over=self._passed_over,
            state=self._state,
            log=log,
        )
        self._say(messages.Built(isinstance(feed, Streamed)))
        return feed

    def _poll(self, feed: Any) -> None:
        given: list[messages.Single | messages.Whole | messages.Refused] = []
        due_s = time.monotonic()
        try:
            for item in feed.poll():
                given.append(self._given(item))
                if len(given) >= GIVEN_AT_ONCE or time.monotonic() >= due_s:
                    self._say(messages.Gave(tuple(given)))
                    given.clear()
                    due_s = time.monotonic() + GIVEN_S
                if self._stopping.is_set():
                    break
        finally:
            self._say(messages.Gave(tuple(given)))
            self._say_state()

    def _attempt(self, act: Callable[[], Any], *, ends: bool = False) -> Any:
        """Do it, and say how it ended; a plugin may raise anything, and even ask to exit."""
        try:
            result = act()
        except FeedError as error:
            self._say(messages.Failed(error.code, error.codes_facts))
        except BaseException as error:  # noqa: BLE001 - as said
            trace = "".join(traceback.format_exception(error))[-8_000:]
            self._say(messages.Raised(type(error).__name__, str(error)[:500], trace))
        else:
            if ends:
                self._say(messages.Ended())
            return result
        return None

    def _given(
        self, item: Record | Snapshot
    ) -> messages.Single | messages.Whole | messages.Refused:
        if not isinstance(item, Snapshot):
            judged = self._judged(item)
            return judged if isinstance(judged, messages.Refused) else messages.Single(judged)
        bodies, kept = [], list(item.kept)
        for record in item.records:
            judged = self._judged(record)
            if isinstance(judged, messages.Refused):
                # It is there, though it cannot be read.
                kept.append(str(getattr(record, "key", "")))
                self._say(messages.Gave((judged,)))
            else:
                bodies.append(judged)
        return messages.Whole(tuple(bodies), item.scope, item.whole, tuple(kept))

    def _judged(self, item: Any) -> messages.Body | messages.Refused:
        try:
            record = self._handover.taken(item)
        except FeedError as fault:
            return messages.Refused(put_aside(item, self._feed, fault))
        return messages.Body(self._kinds.name_of(record), self._kinds.encode(record))

    def _passed_over(self, error: FeedError, count: int = 1, of: int = 0) -> None:
        self._say(messages.PassedOver(error.code, error.codes_facts, count, of))

    def _latest(self, key: str) -> Instant | None:
        answer: messages.Latest = self._ask(messages.AskLatest(key))
        return answer.at

    def _known(self, kind: type[Record]) -> Mapping[str, Record]:
        name = self._by_class.get(kind, "")
        answer: messages.Known = self._ask(messages.AskKnown(name))
        found = {key: self._kinds.decode(name, body) for key, body in answer.bodies.items()}
        return {key: record for key, record in found.items() if record is not None}

    def _ask(self, question: messages.AskLatest | messages.AskKnown) -> Any:
        with self._asking:
            self._say(question)
            return self._answers.get(timeout=ANSWER_S)

    def _say_state(self) -> None:
        if self._state != self._said_state:
            self._said_state = dict(self._state)
            self._say(messages.State(self._said_state))

    def _say(self, message: FromChild) -> None:
        with self._writing:
            try:
                messages.put(self._words, message)
            except OSError:
                # Nobody listens any more.
                os._exit(0)

    def _read(self) -> None:
        while (body := messages.take(self._reading)) is not None:
            order = TO_CHILD.decode(body)
            if isinstance(order, messages.Stop):
                self._stopping.set()
                self._orders.put(None)
            elif isinstance(order, messages.Taken):
                if (receipt := self._receipts.pop(order.receipt, None)) is not None:
                    receipt.finish()
            elif isinstance(order, messages.Latest | messages.Known):
                self._answers.put(order)
            else:
                self._orders.put(order)
        os._exit(0)

    def _beat(self) -> None:
        while True:
            self._say(messages.Beat())
            time.sleep(BEAT_S)


class _Log(logging.Handler):
    """Says a feed's lines to the collector, which has the log."""

    def __init__(self, say: Callable[[FromChild], None]) -> None:
        super().__init__()
        self._tell = say

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = record.getMessage()
        except Exception:  # noqa: BLE001 - a plugin's arguments may raise anything
            text = str(record.msg)
        self._tell(messages.Logged(record.levelno, text[:_LONGEST_LINE]))


def _load(package: str, path: str) -> Any:
    module, name = path.split(":")
    return getattr(importlib.import_module(f"{package}.{module}"), name)
