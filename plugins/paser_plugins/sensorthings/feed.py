"""Streams and observations from an OGC SensorThings 1.1 service (OGC 18-088).

Nothing is lost where several datastreams share an instant across the border of a page or a poll.
Each poll asks for what is at or after the newest instant seen ("ge", not "gt"), and lets through
of each stream only what is newer than its own last. A stream's second number of one instant is
taken for a repetition. What arrives with an older instant than the newest of all is asked for only
with the setting `overlap_s`.
"""

from collections.abc import Iterator

import msgspec

from paser_command.api import (
    MINUTE,
    SECOND,
    FeedContext,
    FeedError,
    Instant,
    Observation,
    Stream,
    iso,
    link_of,
)
from paser_plugins.sensorthings.observations import parse_observations
from paser_plugins.sensorthings.streams import parse_streams

REFRESHED: Instant = 10 * MINUTE
"""How often the descriptions of streams are read again."""

MOST_PAGES = 50
"""Most pages in one poll; the next poll goes on where this one stopped."""

MOST_REMEMBERED = 100_000
"""Most streams whose newest instants are remembered before the old ones are let go."""

AHEAD: Instant = 2 * SECOND
"""From so far in the future on a number is that of a station whose clock is wrong."""

MOST_AHEAD, MOST_STAMPS = 200, 10
"""Of how many such stations how many of such stamps are remembered after a restart."""

_ORDER = "phenomenonTime asc"


class ObservationFeed:
    """Polls a service for what is new since the newest instant it has seen."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context
        self._url = context.url.rstrip("/")
        self._streams: dict[str, Stream] = {}
        self._refreshed: Instant | None = None
        self._newest: dict[str, Instant] = {}
        self._since: Instant | None = None
        self._rest = ""
        self._ahead = {
            (key, int(at)) for key, stamps in context.state.items() for at in str(stamps).split()
        }

    def poll(self) -> Iterator[Stream | Observation]:
        """Give changed streams when they are due, then the new observations."""
        stream_fault = None
        now = self._context.now()
        if self._refreshed is None or now - self._refreshed >= REFRESHED:
            try:
                yield from self._changed_streams()
            except FeedError as error:
                stream_fault = error
            else:
                self._refreshed = now
        yield from self._new_observations()
        if stream_fault:
            raise stream_fault

    def _changed_streams(self) -> Iterator[Stream]:
        link = f"{self._url}/Datastreams"
        params: dict[str, str] | None = {"$expand": "Thing($expand=Locations)"}
        for _ in range(MOST_PAGES):
            answer = self._context.http.get(link, params)
            page = parse_streams(answer.body, self._context)
            for stream in page.streams:
                if self._is_new(stream):
                    yield stream
            if not page.next:
                break
            link, params = link_of(page.next, answer.url, "@iot.nextLink"), None

    def _is_new(self, stream: Stream) -> bool:
        """Tell whether the stream is not known like this; what the journal has is not asked for."""
        known = self._streams.get(stream.key)
        if known and msgspec.structs.replace(stream, at=known.at) == known:
            return False
        self._streams[stream.key] = stream
        latest = self._latest(stream.key)
        if latest is not None:
            self._newest.setdefault(stream.key, latest)
        return True

    def _new_observations(self) -> Iterator[Observation]:
        link, params = self._question()
        self._rest, visited = "", {link}
        for _ in range(MOST_PAGES):
            answer = self._context.http.get(link, params)
            page = parse_observations(answer.body, self._context)
            yield from self._fresh(page.observations)
            link, params = link_of(page.next, answer.url, "@iot.nextLink"), None
            if not page.next or link in visited:
                return
            visited.add(link)
        self._rest = link

    def _question(self) -> tuple[str, dict[str, str] | None]:
        if self._rest:
            return self._rest, None
        overlap = int(float(self._context.settings["overlap_s"]) * SECOND)
        return f"{self._url}/Observations", {
            "$filter": f"phenomenonTime ge {iso(self._start() - overlap)}",
            "$orderby": _ORDER,
            "$expand": "Datastream($select=@iot.id)",
            "$top": str(self._context.settings["page_size"]),
        }

    def _start(self) -> Instant:
        """Return the newest instant seen; at first the journal's newest, else the backlog's."""
        if self._since is None:
            backlog = int(float(self._context.settings["backlog_s"]) * SECOND)
            self._since = max(self._newest.values(), default=self._context.now() - backlog)
        return self._since

    def _fresh(self, observations: list[Observation]) -> list[Observation]:
        newest, fresh, latest = self._newest, list[Observation](), self._context.now() + AHEAD
        for observation in observations:
            key, at = observation.key, observation.at
            if at > latest or (key, at) in self._ahead:
                if self._is_first_ahead(key, at):
                    fresh.append(observation)
                continue
            last = newest.get(key)
            if last is None:
                last = self._latest(key)
            if last is None or at > last:
                newest[key] = at
                fresh.append(observation)
        if fresh:
            self._advance(max(observation.at for observation in fresh))
        return fresh

    def _latest(self, key: str) -> Instant | None:
        """Return the instant of the stream's newest number in the journal, if it is past."""
        latest = self._context.latest(key)
        return None if latest is None else min(latest, self._context.now())

    def _is_first_ahead(self, key: str, at: Instant) -> bool:
        """Tell whether a number of the future is told for the first time, and remember that it is.

        It is not the newest of its stream: what that tells with its clock set right is new. But
        the server gives it in each answer until its time has come, and after a restart, too.
        """
        if (key, at) in self._ahead:
            return False
        if len(self._ahead) >= MOST_REMEMBERED:
            self._ahead.clear()
        self._ahead.add((key, at))
        state = self._context.state
        if key in state or len(state) < MOST_AHEAD:
            stamps = (*str(state.get(key, "")).split()[1 - MOST_STAMPS :], str(at))
            state[key] = " ".join(stamps)
        return True

    def _advance(self, reached: Instant) -> None:
        # A station whose clock is ahead must not hide what the others tell until then.
        self._since = since = max(self._start(), min(reached, self._context.now()))
        if len(self._newest) > MOST_REMEMBERED:
            self._newest = {key: at for key, at in self._newest.items() if at >= since}
