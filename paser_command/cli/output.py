"""What the command line says: results on stdout, errors on stderr, JSON where it is asked for."""

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

import msgspec

from paser_command.errors import ConfigError, PaserError
from paser_command.language import LANGUAGES, Language
from paser_command.times import Instant, iso

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


def language() -> Language:
    """Return the language of this terminal: PASER_LANGUAGE, else the locale, else English."""
    chosen = os.environ.get("PASER_LANGUAGE") or os.environ.get("LANG", "")
    code = chosen[:2].lower()
    return Language(code if code in LANGUAGES else "en")


def say(value: Mapping[str, Any], text: str, *, as_json: bool) -> None:
    """Print the result: the text for a person, or the value as one line of JSON."""
    line = json.dumps(value, ensure_ascii=False) if as_json else text
    sys.stdout.write(_printable(line, keep_lines=not as_json) + "\n")
    sys.stdout.flush()


def complain(error: PaserError) -> int:
    """Print the error and return its exit code."""
    speaking = language()
    if isinstance(error, ConfigError):
        lines = [
            f"{error.path}:{mistake.line}: {mistake.where}: {speaking.error(mistake.error)}"
            for mistake in error.mistakes
        ]
    else:
        lines = [f"paser-command: {speaking.error(error)}"]
    sys.stderr.write("\n".join(_printable(line) for line in lines) + "\n")
    return error.exit_code


def wire(value: object) -> Any:
    """Return a struct or a list of them as plain values, with instants as RFC 3339."""
    if isinstance(value, msgspec.Struct):
        return {
            name: _instant(getattr(value, name))
            if name in INSTANTS and isinstance(getattr(value, name), int)
            else wire(getattr(value, name))
            for name in value.__struct_fields__
        }
    if isinstance(value, list | tuple):
        return [wire(part) for part in value]
    if isinstance(value, dict):
        return {name: wire(part) for name, part in value.items()}
    return msgspec.to_builtins(value)


def _instant(value: Instant) -> str:
    return iso(value)


def _printable(text: str, *, keep_lines: bool = True) -> str:
    """Return the text without what a terminal would obey."""
    kept = "\n\t" if keep_lines else ""
    return "".join(c if c.isprintable() or c in kept else "\N{REPLACEMENT CHARACTER}" for c in text)
