"""Where each key of a TOML document stands: tomllib gives values, and this gives their lines.

Only for documents that tomllib has taken: this scanner knows where things begin and end, and
leaves judging to tomllib. Grammar: TOML 1.0.0.
"""

import re
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""The keys from the top to a value; a number is a place in an array, from 0."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LITERAL = re.compile(r"'([^']*)'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'{3,5}", re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]*")
_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([btnfr"\\]))')
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """Return the line, from 1, of every table, key and array item of a valid document."""
    return _Scanner(text).scan()


class _Scanner:
    """One pass over a document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted_to = 0
        self._lines: dict[KeyPath, int] = {}
        self._tables: dict[KeyPath, int] = {}

    def scan(self) -> Mapping[KeyPath, int]:
        table: KeyPath = ()
        self._skip_blank()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip_blank()
        return self._lines

    def _header(self) -> KeyPath:
        """Read [a.b] or [[a.b]] and return the path of the table that it opens."""
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        keys = self._keys()
        self._at = self._text.index("]", self._at) + (2 if many else 1)
        path: KeyPath = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            self._note(path)
            last = place == len(keys) - 1
            if many and last:
                self._tables[path] = self._tables.get(path, 0) + 1
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
                self._note(path)
        return path

    def _pair(self, table: KeyPath) -> None:
        """Read `key = value`; a dotted key notes each of its tables."""
        path = table
        for key in self._keys():
            path = (*path, key)
            self._note(path)
        self._at = self._text.index("=", self._at) + 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip_spaces()
        sign = self._text[self._at]
        if sign == "[":
            self._array(path)
        elif sign == "{":
            self._inline_table(path)
        else:
            for pattern in (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL, _SCALAR):
                match = pattern.match(self._text, self._at)
                if match is not None:
                    self._at = match.end()
                    return

    def _array(self, path: KeyPath) -> None:
        self._at += 1
        place = 0
        self._skip_blank()
        while self._text[self._at] != "]":
            item = (*path, place)
            self._note(item)
            self._value(item)
            self._skip_comma()
            place += 1
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        self._skip_blank()
        while self._text[self._at] != "}":
            self._pair(path)
            self._skip_comma()
        self._at += 1

    def _keys(self) -> list[str]:
        """Read a key that may be dotted and quoted, up to what follows it."""
        keys = [self._key()]
        while self._text[self._at] == ".":
            self._at += 1
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        self._skip_spaces()
        pattern = {'"': _BASIC, "'": _LITERAL}.get(self._text[self._at], _BARE_KEY)
        match = pattern.match(self._text, self._at)
        assert match is not None, "tomllib took this document"
        self._at = match.end()
        self._skip_spaces()
        if pattern is _BARE_KEY:
            return match[0]
        return _ESCAPE.sub(_unescape, match[1]) if pattern is _BASIC else match[1]

    def _skip_comma(self) -> None:
        self._skip_blank()
        if self._text[self._at] == ",":
            self._at += 1
            self._skip_blank()

    def _skip_blank(self) -> None:
        match = _BLANK.match(self._text, self._at)
        assert match is not None, "it matches nothing, too"
        self._at = match.end()

    def _skip_spaces(self) -> None:
        while self._text[self._at] in " \t":
            self._at += 1

    def _note(self, path: KeyPath) -> None:
        """Keep the line of the first mention."""
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        self._lines.setdefault(path, self._line)


def _unescape(match: re.Match[str]) -> str:
    short, long, sign = match.groups()
    return _SHORT[sign] if sign else chr(int(short or long, 16))
