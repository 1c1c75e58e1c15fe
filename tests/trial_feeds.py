"""Feeds for tests of the collector: each does one thing that a feed may do."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import msgspec

from paser_command.api import (
    Command,
    Feature,
    FeedContext,
    Observation,
    Polled,
    Record,
    Sink,
    Snapshot,
    Stream,
    Streamed,
)

STEP_S = 0.02


class Trial:
    """A feed that is made with a context; `made` are all instances of now."""

    made: ClassVar[list["Trial"]] = []

    def __init__(self, context: FeedContext) -> None:
        self.context = context
        self.closed = threading.Event()
        Trial.made.append(self)

    def close(self) -> None:
        self.closed.set()

    def number(self, value: float, own: str = "a", /, **changes: object) -> Observation:
        context = self.context
        at = context.now()
        told = Observation(feed=context.feed, key=context.key(own), at=at, value=value)
        return msgspec.structs.replace(told, **changes)


class Calm(Trial, Polled):
    """Gives a number each time."""

    polls = 0

    def poll(self) -> Iterator[Record]:
        self.polls += 1
        yield self.number(float(self.polls))


class Endless(Trial, Polled):
    """Its poll has no end."""

    def poll(self) -> Iterator[Record]:
        count = 0
        while not self.closed.wait(STEP_S):
            count += 1
            yield self.number(float(count))


class Bad(Trial, Polled):
    """Gives a good number after each thing that no feed may give."""

    def poll(self) -> Iterator[Record]:
        context = self.context
        forged = Command(
            feed=context.feed, key=context.key("c"), at=1, verb="acknowledge", subject="x"
        )
        for number, bad in enumerate(
            (
                self.number(float("nan"), "nan"),
                self.number(1.7e308, "large"),
                self.number(1.0, "late", at=2**70),
                self.number(1.0, "text", value="x"),
                self.number(1.0, "half \ud83d"),
                self.number(1.0, "other", feed="lain"),
                forged,
                None,
            )
        ):
            yield bad  # type: ignore[misc]
            yield self.number(float(number), f"good{number}")


class Refused(Trial, Polled):
    """Gives numbers of which the database of the test does not take one."""

    def poll(self) -> Iterator[Record]:
        for number in range(100):
            yield self.number(666.0 if number == 42 else float(number), f"{number:02}")


class Layer(Trial, Polled):
    """Gives what a file says: {"names": [...], "whole": true, "kept": [...]}."""

    def poll(self) -> Iterator[Snapshot]:
        context = self.context
        told = json.loads(Path(urlsplit(context.url).path).read_text())
        features = [
            Feature(
                feed=context.feed, key=context.key(name), at=context.now(), layer="l", name=name
            )
            for name in told["names"]
        ]
        kept = [context.key(own) for own in told.get("kept", ())]
        yield Snapshot(features, whole=told.get("whole", True), kept=kept)


class Flood(Trial, Polled):
    """Gives many descriptions in one answer."""

    def poll(self) -> Iterator[Record]:
        context = self.context
        for number in range(int(context.settings["count"])):
            key = context.key(str(number))
            yield Stream(feed=context.feed, key=key, at=context.now(), name=str(number), unit="m")
        self.closed.wait(60)


class Remembering(Trial, Polled):
    """Counts on where it stopped."""

    def poll(self) -> Iterator[Record]:
        count = int(self.context.state.get("count", 0)) + 1
        self.context.state["count"] = count
        yield self.number(float(count))


class Faulty(Trial, Polled):
    """Raises what is no error of a feed."""

    def poll(self) -> Iterator[Record]:
        yield self.number(1.0)
        raise ZeroDivisionError


class Pushing(Trial, Streamed):
    """Pushes numbers, the next one when the journal has the one before."""

    receipts = 0

    def run(self, sink: Sink, stopping: threading.Event) -> None:
        while not stopping.is_set():
            receipt = sink.push([self.number(float(self.receipts))])
            while not stopping.is_set() and not receipt.wait(STEP_S):
                pass
            self.receipts += receipt.done


class Blocked(Trial, Streamed):
    """Waits in its source, until it is closed."""

    def run(self, sink: Sink, stopping: threading.Event) -> None:
        sink.alive()
        self.closed.wait()
