"""A feed of another maker as its runner sees it: a feed like any other, whose work a process does.

A process that ends, hangs or never answers is an answer of the feed, a FeedError: it is started
again by the next poll or run, which the runner puts off the longer the more often that happens.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from paser_command.errors import FeedError
from paser_command.feeds.apart import messages
from paser_command.feeds.apart.child import Child
from paser_command.feeds.documents import PassedOver
from paser_command.feeds.doors import AnyFeed, Receipt, Sink, Snapshot
from paser_command.feeds.marks import PutAside
from paser_command.records import Kinds, Record
from paser_command.times import Instant

BUILT_WITHIN_S = 60.0
QUIET_S = 120.0
"""A poll that gives nothing for so long is ended with its process; see `_Apart.quiet_s`."""

LOOK_S = 0.2
STOPS_WITHIN_S = 1.0


class PluginRaisedError(Exception):
    """The feed's code raised in its process: `kind` is the exception's class there."""

    def __init__(self, raised: messages.Raised) -> None:
        super().__init__(raised.text)
        self.kind = raised.kind
        self.add_note(raised.trace)


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What the collector does for a feed's process: answers it, and takes what it says aside."""

    kinds: Kinds
    latest: Callable[[str], Instant | None]
    known: Callable[[type[Record]], Mapping[str, Record]]
    passed_over: PassedOver
    state: dict[str, Any]
    log: logging.Logger


def feed_apart(
    program: Sequence[str], build: messages.Build, around: Surroundings, interval_s: float
) -> AnyFeed:
    """Start the feed's process and build the feed there; return what stands for it here."""
    apart = _Apart(program, build, around, interval_s)
    return _Streamed(apart) if apart.is_streamed() else _Polled(apart)


class _Apart:
    """The feed's process of now, and what is said between it and the collector."""

    def __init__(
        self,
        program: Sequence[str],
        build: messages.Build,
        around: Surroundings,
        interval_s: float,
    ) -> None:
        self.quiet_s = max(QUIET_S, 5 * interval_s)
        self._program = program
        self._build = build
        self._around = around
        self._by_name = {kind.name: kind.record for kind in around.kinds}
        self._child: Child | None = None

    def is_streamed(self) -> bool:
        """Build the feed, and tell by which door it comes."""
        child = self.child()
        while True:
            message = self.heard(child, BUILT_WITHIN_S)
            if isinstance(message, messages.Built):
                return message.streamed
            if message is None:
                self.end()
                raise FeedError("process_hung", seconds=round(BUILT_WITHIN_S))

    def child(self) -> Child:
        """Return the process; a new one, as the feed stands now, where there is none."""
        if self._child is None:
            build = msgspec.structs.replace(self._build, state=dict(self._around.state))
            self._child = Child(self._program, build)
        return self._child

    def heard(self, child: Child, timeout_s: float) -> messages.FromChild | None:
        """Return what the process says next that is for the feed; answer the rest.

        Raises FeedError and PluginRaisedError where the feed does, or its process ends.
        """
        try:
            message = child.next(timeout_s)
        except FeedError:
            self._child = None
            raise
        around = self._around
        if isinstance(message, messages.AskLatest):
            child.send(messages.Latest(around.latest(message.key)))
        elif isinstance(message, messages.AskKnown):
            child.send(messages.Known(self._known(message.kind)))
        elif isinstance(message, messages.PassedOver):
            error = FeedError(message.code, **message.facts)
            around.passed_over(error, message.count, message.of)
        elif isinstance(message, messages.State):
            around.state.clear()
            around.state.update(message.state)
        elif isinstance(message, messages.Logged):
            around.log.log(message.level, "%s", message.text)
        elif isinstance(message, messages.Failed):
            raise FeedError(message.code, **message.facts)
        elif isinstance(message, messages.Raised):
            raise PluginRaisedError(message)
        return message

    def items(self, gave: messages.Gave) -> list[Any]:
        """Return what the feed gave, read by this process' own kinds."""
        return [self._item(item) for item in gave.items]

    def end(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _item(
        self, item: messages.Single | messages.Whole | messages.Refused
    ) -> Record | Snapshot | PutAside:
        if isinstance(item, messages.Refused):
            return PutAside(item.quarantined)
        if isinstance(item, messages.Single):
            return self._record(item.body)
        records = tuple(self._record(body) for body in item.bodies)
        return Snapshot(records, item.scope, item.whole, item.kept)

    def _record(self, body: messages.Body) -> Record:
        record = self._around.kinds.decode(body.kind, body.body)
        if record is None:
            raise FeedError("not_from_feeds", kind=body.kind[:80])
        return record

    def _known(self, name: str) -> dict[str, bytes]:
        kind = self._by_name.get(name)
        if kind is None:
            return {}
        encode = self._around.kinds.encode
        return {key: encode(record) for key, record in self._around.known(kind).items()}


class _Polled:
    """Stands for a feed that is polled."""

    def __init__(self, apart: _Apart) -> None:
        self._apart = apart

    def poll(self) -> Iterator[Any]:
        """Have the process poll, and give what it gives."""
        child = self._apart.child()
        child.send(messages.Poll())
        while True:
            message = self._apart.heard(child, self._apart.quiet_s)
            if isinstance(message, messages.Gave):
                yield from self._apart.items(message)
            elif isinstance(message, messages.Ended):
                return
            elif message is None:
                self._apart.end()
                raise FeedError("process_hung", seconds=round(self._apart.quiet_s))

    def close(self) -> None:
        """End the process."""
        self._apart.end()


class _Streamed:
    """Stands for a feed that tells by itself."""

    def __init__(self, apart: _Apart) -> None:
        self._apart = apart

    def run(self, sink: Sink, stopping: threading.Event) -> None:
        """Have the process run until told to stop, and push what it pushes."""
        child = self._apart.child()
        child.send(messages.Run())
        receipts: deque[tuple[int, Receipt]] = deque()
        while not stopping.is_set():
            message = self._apart.heard(child, LOOK_S)
            if isinstance(message, messages.Gave):
                receipt = sink.push(self._apart.items(message))
                if message.receipt:
                    receipts.append((message.receipt, receipt))
            elif isinstance(message, messages.Alive):
                sink.alive()
            elif isinstance(message, messages.Ended):
                return
            while receipts and receipts[0][1].done:
                child.send(messages.Taken(receipts.popleft()[0]))

    def close(self) -> None:
        """End the process."""
        self._apart.end()
