"""Takes secrets out of text that may leave the room: addresses, keys, passwords, known values."""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, unquote, unquote_plus

BLANK = "***"
SHORTEST = 4
"""A known secret that is shorter would blank half the text."""

_URL = re.compile(r"\b[a-z][a-z0-9+.-]{0,30}://[^\s\"'<>\\]*[^\s\"'<>\\:,;.)\]}]", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):/{1,2}", re.IGNORECASE)
_HOST = re.compile(r"(?:\[[^\]@]*\]|[^:@\[\]]*)(?::\d*)?")
_NAME = re.compile(r"[\w.%-]+")
_SET_OPTION = re.compile(r"=(\S+)")
_TOKEN = re.compile(r"(?<=/)(?=[^/?#]*\d)(?=[^/?#]*[A-Za-z])[\w~-]{16,}(?=[/?#]|$)")
_BEARER = re.compile(r"\b(bearer|basic|digest)(\s+)[\w+/=.~-]{6,}", re.IGNORECASE)
_NAMED = re.compile(
    r"(?P<name>(?:passw|passphrase|secret|token|api_?-?key|map_?key|access_?key"
    r"|private_?key|credential|authorization|cookie|pwd)[\w-]{0,40})"
    r"(?P<sign>\\{0,4}[\"']?\s{0,4}[:=]\s{0,4})"
    r"(?P<value>\\*\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s,;&}\]]+)",
    re.IGNORECASE,
)
_KEYS = re.compile(r"key|token|secret|pass|pwd|auth|sig|credential|appid", re.IGNORECASE)
_LONG = 16
_WEB_HARMLESS = frozenset(
    {
        *("service", "request", "version", "layer", "layers", "style", "styles", "format"),
        *("crs", "srs", "bbox", "width", "height", "tilematrix", "tilematrixset", "tilerow"),
        *("tilecol", "transparent", "f", "limit", "since", "lang", "language"),
    }
)
_DATABASE_HARMLESS = frozenset(
    {
        *("host", "hostaddr", "port", "dbname", "user", "sslmode", "connect_timeout"),
        *("application_name", "target_session_attrs", "tcp_user_timeout", "keepalives"),
        *("keepalives_idle", "keepalives_interval", "keepalives_count"),
    }
)
"""Parameters of an address that are no secret, and without which nobody could tell what it asks."""


class _Address:
    """An address in pieces: before and after the mark where its parameters begin.

    Of a web address that is ? or #; of any other ? alone, as # may stand in a name or a password.
    """

    def __init__(self, address: str) -> None:
        scheme = _SCHEME.match(address)
        self.begin = scheme[0] if scheme else ""
        self.scheme = scheme[1].lower() if scheme else ""
        self.rest = address[len(self.begin) :]
        self.web = self.scheme in ("http", "https")
        mark = re.search("[?#]" if self.web else r"\?", self.rest)
        self.head = self.rest[: mark.start()] if mark else self.rest
        self.mark = mark[0] if mark else ""
        self.parameters = self.rest[mark.end() :].split("&") if mark else []

    @property
    def unclear(self) -> bool:
        """Tell whether nobody can say if an @ after the mark ends a password or is in a value."""
        host = self.head.partition("/")[0]
        after = any("@" in parameter for parameter in self.parameters)
        return after and ("@" in self.head or ":" in host)

    @property
    def is_file(self) -> bool:
        return self.scheme.startswith("sqlite") and self.rest.startswith("/")

    def harmless(self, name: str) -> bool:
        """Tell whether the value of a parameter of that name may be seen."""
        return name.lower() in (_WEB_HARMLESS if self.web else _DATABASE_HARMLESS)


def blanked_address(address: str) -> str:
    """Return an address, of the web or a database, without its user, password and parameters.

    Host and path stay, and parameters that say what it asks for. It need not be well formed: where
    it cannot be told what is a secret, all of it is one.
    """
    parts = _Address(address)
    head = parts.head
    if parts.unclear:
        return parts.begin + BLANK
    if not parts.is_file:
        # To the last sign of its kind: a password may have a slash in it.
        _, at, place = head.rpartition("@")
        if at:
            head = f"{BLANK}@{place}"
        elif not _HOST.fullmatch(head.partition("/")[0]):
            return parts.begin + BLANK
    if parts.web:
        head = _TOKEN.sub(BLANK, head)
    told = "&".join(_blank_parameter(parts, parameter) for parameter in parts.parameters)
    return f"{parts.begin}{head}{parts.mark}{told}"


def without_address_secrets(text: str) -> str:
    """Return the text with each address in it blanked, and all else as it is."""
    return _URL.sub(lambda found: blanked_address(found[0]), text)


def blanked(text: str, known: Iterable[str] = ()) -> str:
    """Return the text without what looks like a secret, and without the known ones.

    Of an address the host and the path stay; of its parameters those that say what it asks for.
    """
    for secret in sorted(known, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            for form in {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}:
                text = text.replace(form, BLANK)
    text = without_address_secrets(text)
    text = _BEARER.sub(rf"\1\2{BLANK}", text)
    return _NAMED.sub(_blank_value, text)


def secrets_in(url: str) -> set[str]:
    """Return what is secret in an address wherever it stands: its password, its keys.

    Of a web address a plain parameter is none, or a word such as "json" would be blanked in every
    text. Each is there as it is written, and as it is meant: %2F and /.
    """
    parts = _Address(url)
    who, at, place = (parts.rest if parts.unclear else parts.head).rpartition("@")
    user, colon, password = who.partition(":")
    found = {place.partition("/")[0]} if parts.unclear else set()
    if at and not parts.is_file:
        found.add(password if colon or not parts.web else user)
    for parameter in parts.parameters:
        found |= _secrets_of_parameter(parts, parameter)
    if parts.web:
        found |= set(_TOKEN.findall(parts.head))
    return {form for one in found for form in (one, unquote(one), unquote_plus(one)) if form}


def _secrets_of_parameter(parts: _Address, parameter: str) -> set[str]:
    name, _, value = parameter.partition("=")
    name = unquote_plus(name)
    if parts.web:
        return {value} if _KEYS.search(name) or len(value) >= _LONG else set()
    if parts.harmless(name):
        return set()
    # A server repeats a part of its options alone.
    return {value, *_SET_OPTION.findall(unquote_plus(value))}


def _blank_parameter(parts: _Address, parameter: str) -> str:
    name, sign, value = parameter.partition("=")
    if not parameter or (sign and not value and _NAME.fullmatch(name)):
        return parameter
    if not sign or not _NAME.fullmatch(name):
        return BLANK
    seen = parts.harmless(name) and not re.search("[;#?=@]", value)
    return f"{name}={value if seen else BLANK}"


def _blank_value(found: re.Match[str]) -> str:
    value = found["value"]
    opening = re.match(r"\\*[\"']", value)
    mark = opening[0] if opening else ""
    return f"{found['name']}{found['sign']}{mark}{BLANK}{mark}"
