"""What the command line says: results on stdout, errors on stderr, JSON where it is asked for."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

import msgspec

from paser_command.errors import ConfigError, PaserError, Words
from paser_command.language import LANGUAGES, Language
from paser_command.times import iso

INSTANTS = frozenset(
    {
        "at",
        "received",
        "began",
        "known",
        "updated",
        "since",
        "effective",
        "expires",
        "first",
        "last",
    }
)
"""Names of fields that are instants: on the wire they are RFC 3339."""

_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of the locale; the first that is set counts, as for every program."""


def language() -> Language:
    """Return the language of this terminal: PASER_LANGUAGE, else the locale, else English."""
    chosen = (os.environ.get(name, "") for name in ("PASER_LANGUAGE", *_LOCALES))
    code = next(filter(None, chosen), "")[:2].lower()
    return Language(code if code in LANGUAGES else "en")


def say(value: Mapping[str, Any], lines: Iterable[str], *, as_json: bool) -> None:
    """Print the result: the lines for a person, or the value as one line of JSON.

    A character that a terminal would obey is escaped in JSON and replaced in a line.
    """
    if as_json:
        _write(sys.stdout, _inert_json(json.dumps(value, ensure_ascii=False)) + "\n")
    else:
        _write(sys.stdout, "".join(_printable(line) + "\n" for line in lines))


def say_event(name: str, facts: Mapping[str, object]) -> None:
    """Print what happened in a line of JSON, for whoever started this process."""
    _write(sys.stdout, json.dumps({"event": name, **facts}) + "\n")


def say_progress(step: str, done: float) -> None:
    """Tell on a terminal how far a journal that is brought to this program's schema has come."""
    tr = language().tr
    told = {"copy": tr("the journal is copied"), "migrate": tr("the journal gets its new schema")}
    if sys.stderr.isatty():
        _write(sys.stderr, f"\r{told[step]}: {done:.0%}" + ("\n" if done >= 1 else ""))


def complain(error: PaserError) -> int:
    """Print the error and return its exit code."""
    speaking = language()
    if isinstance(error, ConfigError):
        lines = error.lines(speaking.error)
    else:
        lines = [f"paser-command: {speaking.error(error)}"]
    _write(sys.stderr, "".join(_printable(line) + "\n" for line in lines))
    return error.exit_code


def wire(value: object) -> Any:
    """Return a struct or a list of them as plain values, with instants as RFC 3339."""
    if isinstance(value, msgspec.Struct):
        return {
            name: iso(getattr(value, name))
            if name in INSTANTS and isinstance(getattr(value, name), int)
            else wire(getattr(value, name))
            for name in value.__struct_fields__
        }
    if isinstance(value, list | tuple):
        return [wire(part) for part in value]
    if isinstance(value, dict):
        return {name: wire(part) for name, part in value.items()}
    if isinstance(value, Words):
        return str(value)
    return msgspec.to_builtins(value)


def _write(stream: TextIO, text: str) -> None:
    """Write at once; a reader that went away (`| head -1`) is no error, and nobody listens then."""
    encoding = stream.encoding or "ascii"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        # What is still in the buffer goes nowhere, so that Python's own last flush is quiet too.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _printable(text: str) -> str:
    """Return the text as one line, without what a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _inert_json(text: str) -> str:
    """Return the JSON with everything escaped that a terminal would obey or cannot show."""
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        return json.dumps(json.loads(text))
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
