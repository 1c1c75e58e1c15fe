"""Public warnings: an RSS or Atom index, then each CAP alert that was not read before."""

from collections import Counter
from collections.abc import Iterator

from paser_command.api import Alert, FeedContext, FeedError, decode_xml
from paser_plugins.cap.alert import parse_alert
from paser_plugins.cap.index import Entry, parse_index

MOST_ALERTS = 50
"""Most alerts that are fetched in one poll; the others follow in the next ones."""

MOST_LOST = 3
"""Alerts that do not arrive before a poll gives up: each may take the whole deadline."""


class AlertFeed:
    """Polls an index of alerts, or one alert."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context
        self._entries: list[Entry] = []
        self._read: set[Entry] = set()
        self._tries: Counter[Entry] = Counter()

    def poll(self) -> Iterator[Alert]:
        """Give the alerts that are new; one that fails is tried again, after the untried."""
        answer = self._context.http.get(self._context.url)
        if not answer.unchanged:
            root = decode_xml(answer.body)
            if root.tag == "alert":
                yield from parse_alert(root, self._context)
                self._context.http.accept(answer)
                return
            self._remember(parse_index(root, answer.url, self._context.passed_over))
            self._context.http.accept(answer)
        yield from self._new_alerts()

    def _remember(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._read.intersection_update(entries)
        self._tries = Counter({entry: self._tries[entry] for entry in entries})

    def _new_alerts(self) -> Iterator[Alert]:
        """Give those that are new; those that cannot be had are passed over, while others can.

        Where none of them can be had, nobody knows what is warned of: that is told as a failure.
        """
        unread = [entry for entry in self._entries if entry not in self._read]
        unread.sort(key=self._tries.__getitem__)
        first: FeedError | None = None
        failed = lost = 0
        for entry in unread[:MOST_ALERTS]:
            try:
                yield from self._alert(entry)
            except FeedError as error:
                first = first or error
                failed += 1
                lost += error.code == "timeout"
                self._tries[entry] += 1
                if lost == MOST_LOST:
                    break
            else:
                self._read.add(entry)
        if first is None:
            return
        if not self._read:
            raise first
        self._context.passed_over(first, failed, len(self._entries))

    def _alert(self, entry: Entry) -> Iterator[Alert]:
        answer = self._context.http.get(entry.url)
        yield from parse_alert(decode_xml(answer.body), self._context, entry.title)
