"""The one family of errors.

PaserError                  exit code 1
    InputError              what a person gave us is wrong; exit code 2
        ConfigError         a site file, scenario or plugin.toml, with every mistake in it
    FeedError               a feed could not be read: a code and facts, no sentence
        TransportError      it did not arrive
        ParseError          it arrived and is not what it should be
    JournalError            the journal could not be read or written
        JournalAwayError    it cannot be reached now, and may come back by itself
        JournalRightError   our role may not do that there; exit code 2
        JournalMixedError   exercise records and real records would meet
        JournalReplacedError  it is not the journal, or not the past, that was read before
    PluginError             a plugin could not be loaded, or is paused
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple


class Words:
    """Words of ours as a fact in a sentence, "a whole number": translated where that is."""

    def __init__(self, template: str, /, **facts: object) -> None:
        self.template = template
        self.facts = facts

    def __str__(self) -> str:
        return self.template.format(**self.facts)


class PaserError(Exception):
    """An error told in a sentence: a template, translated at the edge, and the facts in it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, template: str, /, **facts: object) -> None:
        self.template = template
        self.facts = facts
        super().__init__(template.format(**facts))


class InputError(PaserError):
    """What a person gave us is wrong; the sentence says what, where and what to do."""

    exit_code = 2


class Mistake(NamedTuple):
    """One mistake in a file: the line (from 1; 0 where there is none), the key, what is wrong."""

    line: int
    where: str
    error: InputError


class ConfigError(InputError):
    """A file with mistakes, all of them, in the order of their lines."""

    def __init__(self, path: str, mistakes: Sequence[Mistake]) -> None:
        self.path = path
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line))
        super().__init__("{told}", told="\n".join(self.lines(str)))

    def lines(self, say: Callable[[PaserError], str]) -> list[str]:
        """Return a line for each mistake, FILE:LINE: KEY: SENTENCE; `say` makes the sentence."""
        return [
            ": ".join(filter(None, (self._place(mistake), mistake.where, say(mistake.error))))
            for mistake in self.mistakes
        ]

    def _place(self, mistake: Mistake) -> str:
        return f"{self.path}:{mistake.line}" if mistake.line else self.path


class FeedError(PaserError):
    """A feed could not be read. `code` is from the list in `docs/glossary.md`; words come later."""

    def __init__(self, code: str, **facts: str | int | float) -> None:
        self.code = code
        self.codes_facts = facts
        told = ", ".join(f"{name}={value}" for name, value in facts.items())
        super().__init__("{code}{told}", code=code, told=f" ({told})" if told else "")


class TransportError(FeedError):
    """The document did not arrive."""


class ParseError(FeedError):
    """The document arrived and is not what the feed's format says."""


class JournalError(PaserError):
    """The journal could not be opened, read or written."""


class JournalAwayError(JournalError):
    """The journal does not answer, or not in time: try again."""


class JournalRightError(JournalError, InputError):
    """The role that opened the journal may not do that: the sentence names the right."""


class JournalMixedError(JournalError, InputError):
    """An exercise and the real city would meet in one journal."""


class JournalReplacedError(JournalError):
    """The journal is another one than was read before, or was set back: read it anew.

    Close every reader, call `paser_command.journal.identity.reopen`, and make new ones.
    """


class PluginError(PaserError):
    """A plugin could not be loaded, or is paused."""
