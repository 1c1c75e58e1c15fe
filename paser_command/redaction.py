"""Takes secrets out of text that may leave the room: addresses, keys, passwords, known values."""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote

BLANK = "***"
SHORTEST = 4
"""A known secret that is shorter would blank half the text."""

_URL = re.compile(r"\b([a-z][a-z0-9+.-]{0,30})://([^\s\"'<>\\]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"([?&#;])([^=&#;?]*)=([^&#;]*)")
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
_HARMLESS = frozenset(
    {
        *("service", "request", "version", "layer", "layers", "style", "styles", "format"),
        *("crs", "srs", "bbox", "width", "height", "tilematrix", "tilematrixset", "tilerow"),
        *("tilecol", "transparent", "f", "limit", "since", "lang", "language"),
    }
)
"""Parameters of an address that are no secret, and without which nobody could tell what it asks."""


def blanked(text: str, known: Iterable[str] = ()) -> str:
    """Return the text without what looks like a secret, and without the known ones.

    Of an address the host and the path stay; of its parameters those that say what it asks for.
    """
    for secret in sorted(known, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            for form in {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}:
                text = text.replace(form, BLANK)
    text = _URL.sub(_blank_address, text)
    text = _BEARER.sub(rf"\1\2{BLANK}", text)
    return _NAMED.sub(_blank_value, text)


def secrets_in(url: str) -> set[str]:
    """Return what is secret in an address wherever it stands: its password, its keys.

    A plain parameter is none, or a word such as "json" would be blanked in every text.
    """
    found: set[str] = set()
    for scheme, rest in _URL.findall(url):
        who, at, _ = rest.rpartition("@")
        user, colon, password = who.partition(":")
        web = scheme.lower() in ("http", "https")
        if at:
            found.add(password if colon or not web else user)
        found |= {
            value
            for _, name, value in _PARAMETER.findall(rest)
            if _KEYS.search(name) or len(value) >= _LONG
        }
        if web:
            found |= set(_TOKEN.findall(rest))
    return {secret for secret in found if secret}


def _blank_address(url: re.Match[str]) -> str:
    # To the last sign of its kind: a password may have a slash in it.
    _, at, place = url[2].rpartition("@")
    rest = f"{BLANK}@{place}" if at else url[2]
    rest = _PARAMETER.sub(_blank_parameter, rest)
    if url[1].lower() in ("http", "https"):
        rest = _TOKEN.sub(BLANK, rest)
    return f"{url[1]}://{rest}"


def _telling(name: str) -> bool:
    return name.lower() not in _HARMLESS


def _blank_parameter(found: re.Match[str]) -> str:
    value = BLANK if found[3] and _telling(found[2]) else found[3]
    return f"{found[1]}{found[2]}={value}"


def _blank_value(found: re.Match[str]) -> str:
    value = found["value"]
    opening = re.match(r"\\*[\"']", value)
    mark = opening[0] if opening else ""
    return f"{found['name']}{found['sign']}{mark}{BLANK}{mark}"
