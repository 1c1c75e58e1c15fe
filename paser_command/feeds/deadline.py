"""Connections whose every step, from the name's look-up to the last byte, ends at one deadline.

The timeout of `requests` is one for each read: a server that drips a byte a second keeps a client
for ever. Here each read waits no longer than what is left of the whole.
"""

import functools
import http.client
import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from paser_command.errors import TransportError

_Addresses = Sequence[tuple[int, int, int, str, Any]]


class DeadlineAdapter(HTTPAdapter):
    """Sends requests over connections that keep the deadline `Timeout(total=...)`."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of our own connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


def transport_error(error: BaseException, deadline_s: float) -> TransportError:
    """Return what an error of requests, urllib3 or the system means, by its causes."""
    causes = tuple(_causes(error))

    def any_of(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if any_of(TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError):
        return TransportError("timeout", deadline_s=deadline_s)
    if any_of(ssl.SSLError, urllib3.exceptions.SSLError):
        return TransportError("tls")
    if any_of(ConnectionRefusedError):
        return TransportError("refused")
    if any(type(cause) in (OSError, PermissionError, socket.gaierror) for cause in causes):
        return TransportError("unreachable")
    return TransportError("broken_transfer")


def was_dropped(error: BaseException) -> bool:
    """Tell whether the other side closed the connection before it answered."""
    return any(
        isinstance(cause, ConnectionResetError | BrokenPipeError) for cause in _causes(error)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        linked = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        waiting.extend(link for link in linked if isinstance(link, BaseException))


class _DeadlineReader(io.RawIOBase):
    """Reads a socket, waiting at most until `ends` of the monotonic clock."""

    def __init__(self, sock: socket.socket, ends: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._ends = ends

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left_s = self._ends - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the deadline is over")
        self._sock.settimeout(left_s)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """An answer that is read with a deadline, its status line and headers too."""

    def __init__(self, ends: float, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_DeadlineReader(sock, ends))


class _Connection(HTTPConnection):
    """A connection; urllib3 sets its `timeout` to what is left, for connecting and for reading."""

    def _new_conn(self) -> socket.socket:
        ends = time.monotonic() + float(self.timeout or 0)
        addresses = _addresses(self._dns_host, self.port, float(self.timeout or 0))
        failure: OSError = socket.gaierror("no address")
        for tried, (family, kind, protocol, _, address) in enumerate(addresses):
            # A share for each address, or one that swallows packets would take the others' time.
            share_s = (ends - time.monotonic()) / (len(addresses) - tried)
            sock = socket.socket(family, kind, protocol)
            try:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                sock.settimeout(max(share_s, 0.001))
                sock.connect(address)
                sock.settimeout(max(ends - time.monotonic(), 0.001))
                return sock
            except OSError as error:
                sock.close()
                failure = error
        raise failure

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override] # as in urllib3
        if self.sock is None:
            # urllib3 goes on as if nothing were where a connection is reset while it is made.
            raise ConnectionResetError("reset while connecting")
        ends = time.monotonic() + float(self.timeout or 0)
        self.response_class = functools.partial(_Response, ends)  # type: ignore[assignment] # called
        return super().getresponse()


class _SecureConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


def _addresses(host: str, port: int, left_s: float) -> _Addresses:
    """Return the addresses of a host; TimeoutError where the name service does not answer.

    `getaddrinfo` knows no timeout, and without a network it waits for half a minute: a name is
    asked for in a thread, which ends when the system's own patience does.
    """
    host = host.strip("[]")
    ask = functools.partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        return ask(flags=socket.AI_NUMERICHOST)
    except (socket.gaierror, UnicodeError):
        pass
    answers: queue.SimpleQueue[_Addresses | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(ask())
        except (OSError, UnicodeError) as error:
            answers.put(socket.gaierror(str(error)))

    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=left_s)
    except queue.Empty:
        raise TimeoutError("the name service does not answer") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
