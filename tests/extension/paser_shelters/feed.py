"""Feeds of shelters, one for each door."""

import threading
from collections.abc import Iterable

from paser_shelters.core import Shelter

from paser_command.api import FeedContext, Record, Sink


class Polled:
    """Gives one shelter at each poll."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context

    def poll(self) -> Iterable[Record]:
        context = self._context
        yield Shelter(
            feed=context.feed,
            key=context.key("gor"),
            at=context.now(),
            name="GOR Sadurengas",
            lon=116.19,
            lat=-1.9,
            room=400,
        )


class Streamed:
    """Tells at once of one shelter that is full, and waits."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context

    def run(self, sink: Sink, stopping: threading.Event) -> None:
        context = self._context
        full = Shelter(
            feed=context.feed,
            key=context.key("sd-1"),
            at=context.now(),
            name="SD 1",
            lon=116.2,
            lat=-1.9,
            room=80,
            people=80,
        )
        sink.push([full])
        while not stopping.wait(0.1):
            sink.alive()

    def close(self) -> None:
        """Nothing is held."""
