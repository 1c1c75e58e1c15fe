"""Feeds, each of which does one thing."""

import ctypes
import os
import re
import sys
import threading
from collections.abc import Iterator

from paser_command.api import (
    Feature,
    FeedContext,
    Observation,
    Record,
    Report,
    Severity,
    Sink,
    Snapshot,
)


class Stranger:
    """A feed that is made with a context."""

    def __init__(self, context: FeedContext) -> None:
        self.context = context

    def number(self, value: float, own: str = "a") -> Observation:
        context = self.context
        at = context.now()
        return Observation(feed=context.feed, key=context.key(own), at=at, value=value)

    def poll(self) -> Iterator[Record | Snapshot]:
        """Give one number, then do the harm."""
        yield self.number(1.0)
        self.harm()

    def harm(self) -> None:
        """Do nothing."""


class Calm(Stranger):
    """Counts its polls, in what it keeps for itself."""

    def harm(self) -> None:
        state = self.context.state
        state["polls"] = int(state.get("polls", 0)) + 1


class Segfaults(Stranger):
    """Reads where nothing is."""

    def harm(self) -> None:
        ctypes.string_at(0)


class Exits(Stranger):
    """Leaves without a word."""

    def harm(self) -> None:
        os._exit(3)


class AsksToExit(Stranger):
    """Raises SystemExit."""

    def harm(self) -> None:
        raise SystemExit(4)


class HoldsTheLock(Stranger):
    """Does not let another thread of its process run: the match tries 2^60 ways."""

    def harm(self) -> None:
        re.match(r"(a+)+$", "a" * 60 + "b")


class Loops(Stranger):
    """Never comes back."""

    def harm(self) -> None:
        while True:
            pass


class Greedy(Stranger):
    """Takes all memory."""

    def harm(self) -> None:
        held = []
        while True:
            held.append(bytearray(32 * 2**20))


class Babbles(Stranger):
    """Prints into what could be the pipe of messages, and reads from it."""

    def harm(self) -> None:
        sys.stdout.write("x" * 100_000)
        sys.stdout.flush()
        os.write(1, b"\xff" * 1000)
        os.read(0, 1)


class Lies(Stranger):
    """Gives what is no record of its own."""

    def poll(self) -> Iterator[Record | Snapshot]:
        yield self.number(float("nan"))
        yield self.number(2.0, "\ud800")
        foreign = self.number(3.0)
        yield Observation(feed="bmkg", key="bmkg/1", at=foreign.at, value=3.0)
        yield "a text"  # type: ignore[misc]
        yield self.number(4.0, "good")


class Knows(Stranger):
    """Tells what it is answered: when its newest number was, and which features there are."""

    def poll(self) -> Iterator[Record | Snapshot]:
        context = self.context
        latest = context.latest(context.key("a"))
        context.log.warning("a line for the log")
        names = sorted(context.known(Feature))
        yield Report(
            feed=context.feed,
            key=context.key("told"),
            at=context.now(),
            category="other",
            severity=Severity.LOW,
            began=context.now(),
            title=f"{'some' if latest else 'none'} {len(names)}",
        )
        yield self.number(1.0)
        yield Snapshot(
            tuple(
                Feature(
                    feed=context.feed, key=context.key(own), at=context.now(), layer="x", name=own
                )
                for own in ("f1", "f2")
            )
        )


class Streams(Stranger):
    """Pushes, and pushes the next one once the journal has it."""

    def run(self, sink: Sink, stopping: threading.Event) -> None:
        """Push numbers."""
        value = 0.0
        while not stopping.is_set():
            value += 1.0
            receipt = sink.push([self.number(value)])
            while not receipt.wait(0.1) and not stopping.is_set():
                sink.alive()

    def close(self) -> None:
        """Nothing is held."""
