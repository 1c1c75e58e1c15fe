"""What is wrong with the address of a journal on PostgreSQL: found before a server is asked."""

import ssl
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from paser_command.errors import InputError, Words
from paser_command.toml_check import unknown

SCHEME = "postgresql+psycopg"
FORM = f"{SCHEME}://USER@HOST:PORT/DATABASE"
SEVERAL_FORM = f"{SCHEME}://USER@/DATABASE?host=A,B&port=5432,5432&target_session_attrs=read-write"

_WORDS: Mapping[str, tuple[str, ...]] = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "channel_binding": ("disable", "prefer", "require"),
    "gssencmode": ("disable", "prefer", "require"),
    "target_session_attrs": (
        "any",
        "read-write",
        "read-only",
        "primary",
        "standby",
        "prefer-standby",
    ),
}
_NUMBERS = (
    "connect_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
    "tcp_user_timeout",
)
_FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
_SYSTEM_ROOTS = "system"


def address_faults(url: str) -> Iterator[InputError]:
    """Give all that is wrong with the address; nothing where it is of another database.

    Names and values are those of libpq: https://www.postgresql.org/docs/15/libpq-connect.html
    """
    if not url.startswith(f"{SCHEME}:"):
        return
    place, _, query = url.partition("?")
    # To the last one: a password may have a slash in it, as the program that connects takes it.
    server = place.rpartition("@")[2].rpartition("://")[2].partition("/")[0]
    options = parse_qs(query, keep_blank_values=True)
    if _is_several(server) or any(_is_several(hosts) for hosts in options.get("host", ())):
        yield InputError("several hosts are written as {form}", form=SEVERAL_FORM)
        return
    try:
        _ = urlsplit(f"//{server}").port
        _ports(options)
    except ValueError:
        yield InputError("this is no database URL; write {form}", form=FORM)
        return
    for name, values in options.items():
        if name not in _known():
            yield _unknown(name)
        else:
            yield from _value_faults(name, values[-1])


def _is_several(hosts: str) -> bool:
    """Tell whether hosts stand there with their ports, which libpq takes apart."""
    return "," in hosts and ":" in hosts


def _ports(options: Mapping[str, list[str]]) -> None:
    """Raise ValueError where there is not a port for each host, or it is no number."""
    hosts = ",".join(options.get("host", ())).split(",")
    for ports in options.get("port", ()):
        numbers = [int(port) for port in ports.split(",")]
        if len(numbers) not in (1, len(hosts)):
            raise ValueError(ports)


def _unknown(name: str) -> InputError:
    """Return the error of an unknown option; what is like none may be the rest of a password."""
    if get_close_matches(name, _known(), n=1):
        return unknown(name, _known())
    allowed = ", ".join(sorted(_known()))
    return InputError("an option of the address is not known. Allowed: {known}", known=allowed)


def _value_faults(name: str, value: str) -> Iterator[InputError]:
    if name in _WORDS and value not in _WORDS[name]:
        wrong = unknown(value, _WORDS[name])
        yield InputError(
            "{option}: {wrong}", option=name, wrong=Words(wrong.template, **wrong.facts)
        )
    elif name in _NUMBERS and not value.isdecimal():
        yield InputError(
            "{option}: must be a whole number, and is {found}", option=name, found=value[:80]
        )
    elif name in _FILES and value != _SYSTEM_ROOTS:
        yield from _file_faults(name, value)


def _file_faults(name: str, path: str) -> Iterator[InputError]:
    try:
        if name == "sslrootcert":
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
        else:
            Path(path).open("rb").close()
    except ssl.SSLError:
        yield InputError("{option}: {path} holds no certificates (PEM)", option=name, path=path)
    except OSError as cause:
        yield InputError(
            "{option}: {path} cannot be read: {cause}",
            option=name,
            path=path,
            cause=cause.strerror,
        )


@cache
def _known() -> Collection[str]:
    """Return the names of libpq's options."""
    # PostgreSQL's driver is loaded where it is used.
    from psycopg.pq import Conninfo

    return frozenset(option.keyword.decode() for option in Conninfo.get_defaults())
