"""The one safe way out over HTTP: bound to an origin, a deadline and a size."""

import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
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


class Http:
    """A client bound to one origin: scheme, host and port. For one thread at a time.

    An answer comes whole within `deadline_s`, with at most `cap_bytes`, or not at all. Redirects
    are followed on the origin only. It is the adapter of `requests` without its session: nothing
    comes from the environment (proxies, netrc, certificates), no cookie is kept, and the body of a
    redirect is never read.
    """

    def __init__(
        self,
        origin_url: str,
        *,
        user_agent: str,
        deadline_s: float = 10.0,
        cap_bytes: int = CAP_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        origin = _origin(origin_url)
        if origin is None:
            raise InputError(
                "the address {url} is not one of http or https", url=blanked_address(origin_url)
            )
        self._origin = origin
        self._origin_url = origin_url
        self._deadline_s = deadline_s
        self._cap_bytes = cap_bytes
        self._clock = clock
        self._validators: OrderedDict[str, dict[str, str]] = OrderedDict()
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip", "Accept": "*/*"}
        self._adapter = DeadlineAdapter()

    def get(self, url: str, params: Mapping[str, str] | None = None) -> Answer:
        """Return the answer; TransportError where it does not come whole and in time.

        `url` may be relative to the origin's. One of another host is refused as "redirect".
        """
        ends = self._clock() + self._deadline_s
        url = _with_params(_joined(self._origin_url, url), params)
        for _ in range(MAX_REDIRECTS + 1):
            request = self._prepared(url)
            with closing(self._sent(request, ends)) as response:
                if not response.is_redirect:
                    return self._answer(str(request.url), response, ends)
                url = _joined(str(request.url), response.headers["Location"])
        raise TransportError("redirect", host=self._origin[1])

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

    def _prepared(self, url: str) -> requests.PreparedRequest:
        try:
            request = requests.Request("GET", url, headers=self._headers).prepare()
        except ValueError as cause:  # requests' InvalidURL and its like are such too
            raise TransportError("redirect", host="?") from cause
        # Judged is what requests made of the address, so that there is one reading of it.
        if _origin(str(request.url)) != self._origin:
            raise TransportError("redirect", host=_host(str(request.url)))
        request.headers.update(self._validators.get(str(request.url), {}))
        return request

    def _sent(self, request: requests.PreparedRequest, ends: float) -> requests.Response:
        try:
            return self._sent_once(request, ends)
        except (OSError, ValueError, HTTPError) as cause:
            if not was_dropped(cause):
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

    def _answer(self, url: str, response: requests.Response, ends: float) -> Answer:
        content_type = response.headers.get("Content-Type", "")
        cache_control = response.headers.get("Cache-Control", "")
        if response.status_code == 304 and url in self._validators:
            return Answer(url, 304, content_type, b"", unchanged=True, cache_control=cache_control)
        if response.status_code != 200:
            raise TransportError("http_status", status=response.status_code)
        if int(_digits(response.headers.get("Content-Length"))) > self._cap_bytes:
            raise self._too_large()
        return Answer(
            url,
            200,
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
