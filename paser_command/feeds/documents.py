"""The door for documents: bytes from outside become checked values here, or a ParseError.

Facts of errors are our own words and the places in a document, never its text.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, TreeBuilder
from xml.etree.ElementTree import ParseError as XmlSyntaxError

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from paser_command.errors import FeedError, ParseError
from paser_command.feeds.mending import mended_json, mended_text, mended_xml
from paser_command.geo import LonLat, Ring, is_place
from paser_command.records import Severity
from paser_command.times import Instant, parse

MAX_DEPTH = 32
"""Deepest nesting of a document that is taken."""

MAX_XML_ELEMENTS = 100_000
MOST_BAD_ITEMS = 10_000
TITLE_LENGTH = 200
TEXT_LENGTH = 10_000

T = TypeVar("T")
R = TypeVar("R")

_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_WHERE = re.compile(r"`(\$[^`]*)`$")
# Controls but tab and line feed; marks and overrides of writing direction; lone surrogates.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SEVERITIES = {
    "none": Severity.NONE,
    "low": Severity.LOW,
    "medium": Severity.MEDIUM,
    "high": Severity.HIGH,
    "critical": Severity.CRITICAL,
    "rendah": Severity.LOW,
    "sedang": Severity.MEDIUM,
    "tinggi": Severity.HIGH,
    "kritis": Severity.CRITICAL,
    "unknown": Severity.LOW,
    "minor": Severity.LOW,
    "moderate": Severity.MEDIUM,
    "severe": Severity.HIGH,
    "extreme": Severity.CRITICAL,
    **{str(int(severity)): severity for severity in Severity},
}


def decode_json(body: bytes, decoder: "msgspec.json.Decoder[T]") -> T:
    """Return the document as the decoder's type; ParseError where it is not that.

    Bytes that are no UTF-8, raw controls, halves of surrogates and NaN are mended, so that they
    cost no more than the item in which they are: read items as `msgspec.Raw`, with `decode_part`.
    """
    body = _checked(body)
    if _is_too_deep(body):
        raise ParseError("too_deep")
    return decode_part(body, decoder)


def decode_part(part: bytes | msgspec.Raw, decoder: "msgspec.json.Decoder[T]") -> T:
    """Return a part of a document that `decode_json` took, kept as msgspec.Raw until now."""
    try:
        return _decoded(part, decoder)
    except ParseError as error:
        if error.code not in ("not_json", "not_utf8"):
            raise
        body = bytes(part)
        if (mended := mended_json(body)) == body:
            raise
        try:
            return _decoded(mended, decoder)
        except ParseError as still:
            raise (error if still.code == "not_json" else still) from still


def _decoded(part: bytes | msgspec.Raw, decoder: "msgspec.json.Decoder[T]") -> T:
    try:
        return decoder.decode(part)
    except msgspec.ValidationError as misfit:
        where = _WHERE.search(str(misfit))
        code = "bad_value" if "out of range" in str(misfit) else "wrong_shape"
        raise ParseError(code, where=where.group(1)[:80] if where else "$") from misfit
    except UnicodeDecodeError as cause:
        raise ParseError("not_utf8") from cause
    except RecursionError as cause:
        raise ParseError("too_deep") from cause
    except msgspec.DecodeError as cause:
        raise ParseError("html" if _is_html(bytes(part)) else "not_json") from cause


def decode_xml(body: bytes, *, with_dtd: bool = False) -> Element:
    """Return the root of an XML document without a DTD, of few levels and elements.

    Names come without their namespaces: a feed knows its elements by their local names. `with_dtd`
    is for formats that demand one: it is not fetched, and entities are refused as ever.
    """
    body = mended_xml(_checked(body))
    if _is_html(body):
        raise ParseError("html")
    parser = XMLParser(target=_SmallTree(), encoding="utf-8", forbid_dtd=not with_dtd)
    try:
        parser.feed(body)
        root: Element = parser.close()
    except DefusedXmlException as cause:
        raise ParseError("dtd") from cause
    except (XmlSyntaxError, ValueError) as cause:
        raise ParseError("not_xml") from cause
    return root


def decode_csv(
    body: bytes, needed: Sequence[str], passed_over: "PassedOver | None" = None
) -> list[dict[str, str]]:
    """Return the rows of a CSV document (RFC 4180) by the names in its first line.

    All rows have the fields that are needed: the first line names them, and no row is shorter. A
    row that is none is passed over where that is asked for, else it is a ParseError.
    """
    body = _checked(body)
    if _is_html(body):
        raise ParseError("html")
    reader = csv.reader(io.StringIO(mended_text(body), newline=""), strict=True)
    try:
        names = next(reader)
        if missing := [name for name in needed if name not in names]:
            raise ParseError("wrong_shape", where=missing[0])
        rows = [(row, reader.line_num) for row in reader if row]
    except csv.Error as cause:
        raise ParseError("wrong_shape", where=f"line {reader.line_num}") from cause
    if passed_over is None:
        return [_row(names, *row) for row in rows]
    return list(readable(rows, lambda row: _row(names, *row), passed_over))


def _row(names: Sequence[str], row: Sequence[str], line: int) -> dict[str, str]:
    if len(row) != len(names):
        raise ParseError("wrong_shape", where=f"line {line}")
    return dict(zip(names, row, strict=True))


class PassedOver(Protocol):
    """Takes note of items that could not be read: the first error, how many, and of how many."""

    def __call__(self, error: FeedError, count: int = 1, of: int = 0) -> None: ...


def readable(
    items: Iterable[T], make: Callable[[T], R | None], passed_over: PassedOver
) -> Iterator[R]:
    """Give what `make` makes of each item but None, and pass over those that it cannot read.

    An answer of several items none of which can be read is no answer: its first ParseError is
    raised. So is the error of an answer that has more than `MOST_BAD_ITEMS` of them, at the end.
    """
    first: ParseError | None = None
    bad = of = 0
    for of, item in enumerate(items, 1):
        try:
            one = make(item)
        except ParseError as error:
            first = first or ParseError(error.code, **{**error.codes_facts, "item": of})
            bad += 1
            if bad > MOST_BAD_ITEMS:
                break
        else:
            if one is not None:
                yield one
    if first is None:
        return
    if bad > MOST_BAD_ITEMS or bad == of > 1:
        raise first
    passed_over(first, bad, of)


def clean_text(text: str | None, length: int = TEXT_LENGTH) -> str:
    """Return the text without controls, bidirectional marks and lone surrogates, cut to length."""
    if not text:
        return ""
    return _UNSHOWABLE.sub("", text[: 4 * length].replace("\r\n", "\n")).strip()[:length]


def clean_line(text: object, length: int = TITLE_LENGTH) -> str:
    """Return a clean text on one line; "" for None."""
    return "" if text is None else " ".join(clean_text(str(text)).split())[:length]


def number(value: str | float | None, where: str) -> float:
    """Return the finite number in a text or a number; ParseError otherwise."""
    try:
        found = float(value if value is not None else "")
    except (ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise ParseError("bad_value", where=where)
    return found


def place(lon: float, lat: float, where: str) -> LonLat:
    """Return the place in degrees; ParseError where it is not on the earth."""
    if not is_place(lon, lat):
        raise ParseError("bad_value", where=where)
    return lon, lat


def place_of(position: Sequence[float], where: str) -> LonLat:
    """Return the place of a position of GeoJSON, longitude first; ParseError where it is none."""
    if len(position) < 2:
        raise ParseError("bad_value", where=where)
    return place(position[0], position[1], where)


def closed_ring(places: Iterable[LonLat], where: str) -> Ring:
    """Return the places as a closed ring; ParseError where they enclose nothing."""
    ring = tuple(places)
    if ring and ring[0] != ring[-1]:
        ring = (*ring, ring[0])
    if len(ring) < 4:
        raise ParseError("bad_value", where=where)
    return ring


def instant(text: str | None, where: str, latest: Instant | None = None) -> Instant:
    """Return the instant of an RFC 3339 text with a zone, not after `latest`; else ParseError."""
    try:
        found = parse((text or "")[:64])
    except (ValueError, OverflowError) as cause:
        raise ParseError("bad_value", where=where) from cause
    if latest is not None and found > latest:
        raise ParseError("bad_value", where=where)
    return found


def link_of(href: str | None, base: str, where: str) -> str:
    """Return the absolute address of a link in the document at `base`; else ParseError."""
    try:
        return urljoin(base, (href or "").strip()[:2000])
    except ValueError as cause:
        raise ParseError("bad_value", where=where) from cause


def severity_of(word: object) -> Severity:
    """Return the severity of a word (ours, Indonesian, CAP's) or number 0 to 4; else NONE."""
    return _SEVERITIES.get(str(word)[:20].strip().casefold(), Severity.NONE)


class _SmallTree(TreeBuilder):
    """Builds a tree, counting as it goes."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def start(self, tag: str, attributes: dict[Any, Any], /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise ParseError("too_deep")
        if self._elements > MAX_XML_ELEMENTS:
            raise ParseError("wrong_shape", where=f"elements > {MAX_XML_ELEMENTS}")
        return super().start(tag.rpartition("}")[2], attributes)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])


def _checked(body: bytes) -> bytes:
    body = body.removeprefix(b"\xef\xbb\xbf")
    if not body.strip():
        raise ParseError("empty")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ParseError("not_utf8")
    return body


def _is_html(body: bytes) -> bool:
    head = body[:2048].lstrip().lower()
    return head.startswith(b"<") and (b"<html" in head or b"<!doctype html" in head)


def _is_too_deep(body: bytes) -> bool:
    """Tell whether brackets nest deeper than `MAX_DEPTH`, in a few passes at the speed of C.

    Strings are taken out first: in JSON a backslash stands in a string only, so after its escapes
    are gone every second piece between quotes is outside. Then each pass takes the innermost
    pairs away.
    """
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    left = b"".join(body.split(b'"')[::2]).translate(_BRACKETS, _NOT_BRACKETS)
    if b"[" * (MAX_DEPTH + 1) in left:
        return True
    for _ in range(MAX_DEPTH):
        before, left = left, left.replace(b"[]", b"")
        if len(left) == len(before):
            break
    return b"[]" in left or left.count(b"[") > MAX_DEPTH
