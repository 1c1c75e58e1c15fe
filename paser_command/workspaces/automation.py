"""Rules at work: which things of the picture are news to which rule, once, and never too many."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from paser_command.picture.picture import Picture
from paser_command.times import MINUTE, Instant
from paser_command.workspaces.rules import Rule
from paser_command.workspaces.things import (
    PARTS,
    Thing,
    keys_of,
    matches,
    next_alert,
    rank_of,
    ranks_of,
    thing_of,
)

MOST_A_MINUTE = 6

MOST_A_LOOK = 500
"""How many things of a kind are looked at in one look, some milliseconds."""

Ranks = dict[str, int]


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule is to do now, and for what. `held_back` others were not done before it."""

    rule: Rule
    thing: Thing
    held_back: int = 0


class Automation:
    """Looks at one picture after another of the same room, in one thread.

    What was there at the first look is no news. A thing is news to a rule once, and again when its
    rank rises; a feed that was well in between is a new one. Of too much news in a minute the
    worst is done as soon as the minute allows it, and the rest is counted: `held_back` is how many
    things were not acted on since the last act.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        *,
        most_a_minute: int = MOST_A_MINUTE,
        most_a_look: int = MOST_A_LOOK,
    ) -> None:
        self.held_back = 0
        self._rules: dict[str, list[Rule]] = {}
        for rule in rules:
            if rule.enabled:
                self._rules.setdefault(rule.when, []).append(rule)
        self._most = most_a_minute
        self._most_a_look = most_a_look
        self._unlooked: dict[str, dict[str, None]] = {when: {} for when in self._rules}
        self._picture: Picture | None = None
        self._revision: dict[str, int] = {}
        self._next_alert: Instant | None = None
        self._first: dict[str, Ranks] = {when: {} for when in self._rules}
        self._done: dict[str, dict[str, Ranks]] = {when: {} for when in self._rules}
        self._acts: deque[Instant] = deque()
        self._waiting: Act | None = None

    def look(self, picture: Picture, now: Instant) -> list[Act]:
        """Return what is to be done, the worst first; it costs as much as has changed since."""
        first = self._picture is None
        news: list[Act] = []
        for when in self._rules:
            changed = self._changed(picture, when, now)
            if first:
                self._first[when] = ranks_of(picture, when, now)
            else:
                self._unlooked[when].update(dict.fromkeys(changed))
                for key in self._taken(when):
                    news += self._told(picture, when, key, now)
        self._picture = picture
        return self._allowed(news, now)

    def _taken(self, when: str) -> list[str]:
        """Take what is looked at now: of very much at once the rest is looked at the next times."""
        unlooked = self._unlooked[when]
        keys = list(islice(unlooked, self._most_a_look))
        for key in keys:
            del unlooked[key]
        return keys

    def _told(self, picture: Picture, when: str, key: str, now: Instant) -> Iterable[Act]:
        rank = rank_of(picture, when, key, now)
        if rank is None:
            self._forget(picture, when, key)
            return ()
        if rank <= self._first[when].get(key, -1):
            return ()
        thing = thing_of(picture, when, key, now)
        return self._news(thing) if thing else ()

    def _changed(self, picture: Picture, when: str, now: Instant) -> Iterable[str]:
        if when not in PARTS:
            return [*keys_of(picture, when), *self._gone(picture, when)]
        part = PARTS[when]
        same = picture is self._picture
        since = self._revision.get(part, -1)
        self._revision[part] = picture.revision[part]
        changed = picture.changes(part, since) if same else None
        if when == "alert" and (changed or not same or self._is_due(now)):
            changed = None
            self._next_alert = next_alert(picture.alerts.values(), now)
        if changed is None:
            return [*keys_of(picture, when), *self._gone(picture, when)]
        return sorted(changed)

    def _is_due(self, now: Instant) -> bool:
        return self._next_alert is not None and now >= self._next_alert

    def _gone(self, picture: Picture, when: str) -> list[str]:
        there = keys_of(picture, when)
        known = {**self._first[when], **self._done[when]}
        return [key for key in known if key not in there]

    def _forget(self, picture: Picture, when: str, key: str) -> None:
        """Let go of what has gone; what is over and may come back is still the same thing.

        A feed is there always: one that is well again is forgotten.
        """
        if when != "feed" and key in keys_of(picture, when):
            return
        self._first[when].pop(key, None)
        self._done[when].pop(key, None)

    def _news(self, thing: Thing) -> Iterator[Act]:
        first, done = self._first[thing.when], self._done[thing.when]
        keys = (thing.key, *thing.before)
        known = max((first[key] for key in keys if key in first), default=-1)
        for rule in self._rules[thing.when]:
            told = max((done[key].get(rule.id, -1) for key in keys if key in done), default=-1)
            if thing.rank > max(known, told) and matches(rule, thing):
                done.setdefault(thing.key, {})[rule.id] = thing.rank
                yield Act(rule=rule, thing=thing)

    def _allowed(self, news: list[Act], now: Instant) -> list[Act]:
        while self._acts and not 0 <= now - self._acts[0] < MINUTE:
            self._acts.popleft()
        free = self._most - len(self._acts)
        if self._waiting is not None:
            news = [*self._still(self._waiting, news, now), *news]
        if not news or not free:
            self._hold(news)
            return []
        news.sort(key=_worst_first)
        acts, rest = news[:free], news[free:]
        acts[0] = msgspec.structs.replace(acts[0], held_back=self.held_back)
        self.held_back = 0
        self._hold(rest)
        self._acts.extend([now] * len(acts))
        return acts

    def _still(self, act: Act, news: Sequence[Act], now: Instant) -> Sequence[Act]:
        """Give the act that waited, if what it is for still is so and is not news once more."""
        assert self._picture is not None
        thing = thing_of(self._picture, act.thing.when, act.thing.key, now)
        self._waiting = None
        if thing is None or not matches(act.rule, thing):
            return ()
        self.held_back -= 1
        if any((one.rule, one.thing.key) == (act.rule, thing.key) for one in news):
            return ()
        return (msgspec.structs.replace(act, thing=thing),)

    def _hold(self, acts: Sequence[Act]) -> None:
        self.held_back += len(acts)
        self._waiting = min(acts, key=_worst_first, default=None)


def _worst_first(act: Act) -> tuple[int, str, str]:
    return -act.thing.rank, act.thing.key, act.rule.id
