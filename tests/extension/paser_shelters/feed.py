"""Feeds of shelters, one for each door."""

from collections.abc import Iterable

from paser_shelters.core import Shelter

from paser_command.api import FeedContext, Record


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
