"""The two doors by which a feed's records come in: polled, and streamed; and what goes through.

A feed is a class that is made with a `FeedContext`. It has either `poll` (`Polled`) or `run`
(`Streamed`); a `close()` is called, where there is one, when the instance is not used any more:
at the end, and before the feed is built anew after a fault.
"""

import threading
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, runtime_checkable

import msgspec

from paser_command.records import Record


class Snapshot(msgspec.Struct, frozen=True):
    """All that a source has at the moment: what it no longer has is taken away.

    `scope` is how the source's own ids begin that it speaks for, "" for all of the feed. `kept` are
    keys of items that are there and could not be read. An answer that is not `whole` (a page of
    several, a transfer limit, an item whose key cannot be read) takes nothing away. Only kinds
    that can be gone are taken away (`Kind.gone`): features.
    """

    records: Sequence[Record]
    scope: str = ""
    whole: bool = True
    kept: Collection[str] = ()


class Receipt:
    """Done when the journal has what was pushed: then a source may be told that it was taken."""

    def __init__(self) -> None:
        self._done = threading.Event()

    @property
    def done(self) -> bool:
        """Tell whether the journal has all of it, or has put it into quarantine."""
        return self._done.is_set()

    def wait(self, timeout_s: float) -> bool:
        """Wait until it is done; False where it is not after the time."""
        return self._done.wait(timeout_s)

    def finish(self) -> None:
        """Note that the journal has it."""
        self._done.set()


class Sink(Protocol):
    """Where a streamed feed hands over. Any thread of the feed's may use it, one at a time."""

    def push(self, items: Iterable[Record | Snapshot]) -> Receipt:
        """Hand over what came. Waits while the feed's room is full."""
        ...

    def alive(self) -> None:
        """Say that the source is heard of, though it has nothing to tell (a ping, a keep-alive)."""
        ...


class Polled(Protocol):
    """A feed that is asked again and again, in a thread of its own."""

    def poll(self) -> Iterable[Record | Snapshot]:
        """Fetch, parse, and give records with feed, key and at; raise FeedError where it fails.

        What was given is handed over as it comes, and stays where an error follows: a generator
        may give the good part first, and may go on for ever. Called again after the interval;
        nothing new is an empty answer. Records that are the same as the last of their key are
        dropped: a feed needs no memory of them.
        """
        ...


@runtime_checkable
class Streamed(Protocol):
    """A feed whose source tells by itself. `run` has a thread of its own."""

    def run(self, sink: Sink, stopping: threading.Event) -> None:
        """Connect, and push what comes until `stopping` is set; raise FeedError where it fails.

        A return before that is a connection that broke. It is run again, later after each failure
        in a row. Heard of for less than its interval, by `push` or `alive`, it is late after two.
        """
        ...

    def close(self) -> None:
        """End what `run` waits for, and threads of the feed's own. May come from another thread."""
        ...


Feed = Polled
"""The older name of the polled door."""

AnyFeed = Polled | Streamed
