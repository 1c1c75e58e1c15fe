"""The one safe way out over HTTP: bound to a few origins, a deadline and a size."""

import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

import msgspec
import requests
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout

from paser_command.errors import InputError, TransportError
from paser_command.feeds.deadline import DeadlineAdapter, transport_error, was_dropped
from paser_command.redaction import blanked_address

CAP_BYTES = 32 * 2**20
"""Largest body that is taken, inflated."""

MAX_REDIRECTS = 3
MAX_RATIO = 100
"""Most that a compressed body may grow, once it is past `_RATIO_FROM_BYTES`."""

MOST_RETRY_AFTER_S = 3600.0
"""Longest that a server's Retry-After is obeyed."""

_RATIO_FROM_BYTES = 2**20
_CHUNK_BYTES = 64 * 2**10
_REMEMBERED_URLS = 64
_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int]


class Answer(msgspec.Struct, frozen=True):
    """What a server answered: the inflated body, or `unchanged` where it said so (304).

    `url` is the address that answered, after redirects: links in the body are relative to it.
    `cache_control` is the header of that name.
    """

    url: str
    status: int
    content_type: str
    body: bytes
    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""
    cache_control: str = ""


class _Ask(msgspec.Struct, frozen=True):
    """What is asked: `headers` are the caller's, `body` is None but for a POST."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None


class Http:
    """A client bound to origins: scheme, host and port. For one thread at a time.

    They are that of `origin_url` (None where a feed's own address is none of the web, such as a
    broker's) and those of `further`, which the site allows besides. An answer
    comes whole within `deadline_s`, with at most `cap_bytes`, or not at all. Redirects are followed
    among the origins only. It is the adapter of `requests` without its session: nothing comes from
    the environment (proxies, netrc, certificates), no cookie is kept, and the body of a redirect is
    never read.
    """

    def __init__(
        self,
        origin_url: str | None,
        *,
        user_agent: str,
        further: Sequence[str] = (),
        deadline_s: float = 10.0,
        cap_bytes: int = CAP_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        own = () if origin_url is None else (origin_url,)
        self._origins = frozenset(map(_needed_origin, (*own, *further)))
        self._origin_url = origin_url or ""
        self._deadline_s = deadline_s
        self._cap_bytes = cap_bytes
        self._clock = clock
        self._validators: OrderedDict[str, dict[str, str]] = OrderedDict()
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip", "Accept": "*/*"}
        self._adapter = DeadlineAdapter()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer; TransportError where it does not come whole and in time.

        `url` may be relative to the origin's. One of a host that is not allowed is refused as
        "redirect". `headers` go to the origin of `url` alone: a redirect to another gets none.
        """
        return self._asked(_Ask("GET", _with_params(self._absolute(url), params), headers or {}))

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to a body that is posted; else as `get`. It is sent once: a redirect
        is refused, and a connection that breaks is an error.
        """
        return self._asked(_Ask("POST", self._absolute(url), headers or {}, body))

    def accept(self, answer: Answer) -> None:
        """Remember that this answer was understood: from now on, ask only whether it changed.

        It is the reader who says so. Were every answer remembered, a broken document would be
        "unchanged" at the next poll, and its feed look well.
        """
        validators = {"If-None-Match": answer.etag, "If-Modified-Since": answer.last_modified}
        self._validators.pop(answer.url, None)
        if answer.etag or answer.last_modified:
            self._validators[answer.url] = {name: v for name, v in validators.items() if v}
        while len(self._validators) > _REMEMBERED_URLS:
            self._validators.popitem(last=False)

    def close(self) -> None:
        """Close the connections that wait for a next request."""
        self._adapter.close()

    def _absolute(self, url: str) -> str:
        return _joined(self._origin_url, url)

    def _asked(self, ask: "_Ask") -> Answer:
        ends = self._clock() + self._deadline_s
        url, first = ask.url, _origin(ask.url)
        for _ in range(MAX_REDIRECTS + 1):
            request = self._prepared(ask, url, with_headers=_origin(url) == first)
            with closing(self._sent(request, ends)) as response:
                if not response.is_redirect:
                    return self._answer(request, response, ends)
                url = _joined(str(request.url), response.headers["Location"])
            if ask.body is not None:
                break
        raise TransportError("redirect", host=_host(url))

    def _prepared(self, ask: "_Ask", url: str, *, with_headers: bool) -> requests.PreparedRequest:
        headers = {**self._headers, **(ask.headers if with_headers else {})}
        try:
            request = requests.Request(ask.method, url, headers=headers, data=ask.body).prepare()
        except ValueError as cause:  # requests' InvalidURL and its like are such too
            raise TransportError("redirect", host="?") from cause
        # Judged is what requests made of the address, so that there is one reading of it.
        if _origin(str(request.url)) not in self._origins:
            raise TransportError("redirect", host=_host(str(request.url)))
        if ask.body is None:
            request.headers.update(self._validators.get(str(request.url), {}))
        return request

    def _sent(self, request: requests.PreparedRequest, ends: float) -> requests.Response:
        try:
            return self._sent_once(request, ends)
        except (OSError, ValueError, HTTPError) as cause:
            if request.method != "GET" or not was_dropped(cause):
                raise transport_error(cause, self._deadline_s) from cause
        # A server may close a waiting connection while we take it up: once more, on a new one.
        try:
            return self._sent_once(request, ends)
        except (OSError, ValueError, HTTPError) as cause:
            raise transport_error(cause, self._deadline_s) from cause

    def _sent_once(self, request: requests.PreparedRequest, ends: float) -> requests.Response:
        left_s = ends - self._clock()
        if left_s <= 0:
            raise TransportError("timeout", deadline_s=self._deadline_s)
        timeout: Any = Timeout(total=left_s)  # taken by requests, missing in its stubs
        return self._adapter.send(request, stream=True, timeout=timeout, verify=True)

    def _answer(
        self, request: requests.PreparedRequest, response: requests.Response, ends: float
    ) -> Answer:
        url = str(request.url)
        content_type = response.headers.get("Content-Type", "")
        cache_control = response.headers.get("Cache-Control", "")
        if response.status_code == 304 and url in self._validators:
            return Answer(url, 304, content_type, b"", unchanged=True, cache_control=cache_control)
        if response.status_code != 200 and not (
            request.method == "POST" and response.status_code in (201, 202, 204)
        ):
            raise _status_error(response)
        if int(_digits(response.headers.get("Content-Length"))) > self._cap_bytes:
            raise self._too_large()
        return Answer(
            url,
            response.status_code,
            content_type,
            b"".join(self._pieces(response, ends)),
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
            cache_control=cache_control,
        )

    def _pieces(self, response: requests.Response, ends: float) -> Iterator[bytes]:
        """Give the body in pieces, inflated here so that no piece is ever larger than the cap."""
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise TransportError("bad_encoding")
        inflater = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
        arrived = size = 0
        for chunk in self._chunks(response, ends):
            arrived += len(chunk)
            piece, limit = chunk, self._cap_bytes
            if inflater is not None:
                limit = min(limit, max(_RATIO_FROM_BYTES, MAX_RATIO * arrived))
                piece = _inflated(inflater, chunk, limit - size + 1)
            size += len(piece)
            if size > limit:
                raise self._too_large()
            yield piece
        if inflater is not None and arrived and not inflater.eof:
            raise TransportError("broken_transfer")

    def _chunks(self, response: requests.Response, ends: float) -> Iterator[bytes]:
        chunks = response.raw.stream(_CHUNK_BYTES, decode_content=False)
        try:
            for chunk in chunks:
                if self._clock() > ends:
                    raise TransportError("timeout", deadline_s=self._deadline_s)
                yield chunk
        except (OSError, HTTPError) as cause:
            raise transport_error(cause, self._deadline_s) from cause

    def _too_large(self) -> TransportError:
        return TransportError("too_large", limit_mib=round(self._cap_bytes / 2**20, 3))


def _status_error(response: requests.Response) -> TransportError:
    facts: dict[str, int | float] = {"status": response.status_code}
    wait_s = _retry_after_s(response.headers.get("Retry-After", ""))
    if wait_s:
        facts["retry_after_s"] = wait_s
    return TransportError("http_status", **facts)


def _retry_after_s(text: str) -> float:
    """Return the seconds of a Retry-After (RFC 9110, 10.2.3), in bounds; 0 where there is none."""
    if digits := _digits(text.strip()).lstrip("0"):
        return min(float(digits), MOST_RETRY_AFTER_S)
    try:
        wait_s = parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return round(min(max(wait_s, 0.0), MOST_RETRY_AFTER_S), 1)


def _needed_origin(url: str) -> Origin:
    origin = _origin(url)
    if origin is None:
        raise InputError("the address {url} is not one of http or https", url=blanked_address(url))
    return origin


def _origin(url: str) -> Origin | None:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError as cause:
        raise TransportError("redirect", host="?") from cause


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or "?"
    except ValueError:
        return "?"
    return host[:80] if host.isprintable() else "?"


def _inflated(inflater: "zlib._Decompress", chunk: bytes, most: int) -> bytes:
    try:
        piece = inflater.decompress(chunk, most)
    except zlib.error as cause:
        raise TransportError("bad_encoding") from cause
    if inflater.unused_data:
        raise TransportError("bad_encoding")
    return piece


def _with_params(url: str, params: Mapping[str, str] | None) -> str:
    if not params:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params, quote_via=quote)}"


def _digits(text: str | None) -> str:
    return text[:18] if text and text.isascii() and text.isdigit() else "0"
