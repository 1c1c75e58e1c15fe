"""Search for things with a name: ranked as people expect it, forgiving small typos."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from enum import IntEnum
from heapq import nsmallest
from itertools import chain, islice
from operator import attrgetter

from paser_command.picture.summary import Summary

LONGEST = 200
"""Of a name, and of what is typed, no more characters are looked at."""

_NO_WORD = re.compile(r"[\W_]+")
_ENOUGH = 5
"""With so many results nobody meant something else than was typed."""

_CLOSE = 0.75
_LEAST_LETTERS = 4
_MOST_CLOSE = 6
_LETTERS_ASIDE = 2


class Match(IntEnum):
    """How well a name fits what was typed, the best first."""

    EXACT = 0
    BEGINNING = 1
    WORDS = 2
    INSIDE = 3
    TYPO = 4


def fold(text: str) -> str:
    """Return the text without accents, case and punctuation, with single spaces."""
    text = text[:LONGEST].casefold()
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", text).strip()


class SearchIndex:
    """Summary things by kind and key, with their names folded once."""

    def __init__(self, order: Iterable[str]) -> None:
        """Of things that fit alike, those of a kind that `order` names earlier come first."""
        self._order = {kind: number for number, kind in enumerate(order)}
        self._kinds: dict[str, dict[str, _Entry]] = {}
        self._vocabulary: frozenset[str] | None = None

    def put(self, things: Iterable[Summary]) -> None:
        """Take things in, in place of those of the same kind and key."""
        last = len(self._order)
        for thing in things:
            entry = _Entry(thing, self._order.get(thing.kind, last))
            self._kinds.setdefault(thing.kind, {})[thing.key] = entry
        self._vocabulary = None

    def drop(self, kind: str, keys: Iterable[str]) -> None:
        """Take things out; those that are not there are left aside."""
        known = self._kinds.get(kind, {})
        for key in keys:
            known.pop(key, None)
        self._vocabulary = None

    def forget(self, kind: str) -> None:
        """Take all things of a kind out."""
        self._kinds.pop(kind, None)
        self._vocabulary = None

    def find(self, text: str, most: int) -> list[Summary]:
        """Return the things that fit the text best, at most so many; none for an empty text.

        Every word that was typed must be found. Where few things have them, words that are spelt
        nearly alike, from one of their first two letters on, are taken for them.
        """
        typed = fold(text)
        if not typed:
            return []
        words = [f" {word}" for word in typed.split()]
        with_all = list(self._entries())
        for word in sorted(words, key=len, reverse=True):
            bare = word[1:]
            with_all = [entry for entry in with_all if bare in entry.text]
        found: dict[Match, list[_Entry]] = {match: [] for match in Match}
        for entry in with_all:
            found[_match(entry, typed, words)].append(entry)
        if len(with_all) < _ENOUGH:
            found[Match.TYPO] = self._misspelt(words, {entry.thing for entry in with_all})
        return [entry.thing for entry in islice(_in_order(found, most), most)]

    def _entries(self) -> Iterator["_Entry"]:
        return chain.from_iterable(entries.values() for entries in self._kinds.values())

    def _misspelt(self, words: list[str], known: set[Summary]) -> list["_Entry"]:
        close = [(word, *(f" {one} " for one in self._close(word[1:]))) for word in words]
        if all(len(spellings) == 1 for spellings in close):
            return []
        fitting: Iterable[_Entry] = self._entries()
        for spellings in close:
            fitting = [entry for entry in fitting if any(one in entry.text for one in spellings)]
        return [entry for entry in fitting if entry.thing not in known]

    def _close(self, word: str) -> list[str]:
        """Return words of the index that are spelt nearly like this one."""
        if len(word) < _LEAST_LETTERS or not word.isalpha():
            return []
        if self._vocabulary is None:
            texts = (entry.text.split() for entry in self._entries())
            self._vocabulary = frozenset(chain.from_iterable(texts))
        letters, first = set(word), word[:2]
        likely = [
            one
            for one in self._vocabulary
            if one[0] in first
            and abs(len(one) - len(word)) <= _LETTERS_ASIDE
            and len(letters.intersection(one)) >= len(letters) - 1
        ]
        return get_close_matches(word, sorted(likely), _MOST_CLOSE, _CLOSE)


class _Entry:
    """A thing, its folded name, all its words with spaces about them, and its place in a list."""

    __slots__ = ("name", "rank", "text", "thing")

    def __init__(self, thing: Summary, order: int) -> None:
        self.thing = thing
        self.name = fold(thing.name)
        self.text = f" {self.name} {fold(thing.words)} " if thing.words else f" {self.name} "
        self.rank = (thing.over, order, -thing.severity, len(self.name), self.name, thing.key)


def _in_order(found: Mapping[Match, list[_Entry]], most: int) -> Iterator[_Entry]:
    for entries in found.values():
        yield from nsmallest(most, entries, key=attrgetter("rank"))


def _match(entry: _Entry, typed: str, words: list[str]) -> Match:
    """Tell how an entry fits that has all words in it."""
    if not all(word in entry.text for word in words):
        return Match.INSIDE
    if not entry.name.startswith(typed):
        return Match.WORDS
    return Match.EXACT if entry.name == typed else Match.BEGINNING
