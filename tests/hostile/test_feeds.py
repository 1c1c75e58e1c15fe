"""Promise: whatever a backend answers, a poll ends soon, with good records or one FeedError,
and the same feed takes the next good answer.
"""

import re
import time
from collections.abc import Callable, Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paser_command.errors import FeedError
from paser_command.feeds.http import Http
from paser_command.geo import Geometry, is_place
from paser_command.records import AnyRecord, Observation, Stream, built_in_kinds
from tests.hostile.feeds import context_for, drained, feed_of, polled
from tests.hostile.samples import SAMPLES, Sample
from tests.hostile.server import (
    HostileServer,
    Reply,
    dripping,
    endless_chunks,
    gzip_bomb,
    hanging,
    moved,
    raw,
    zipped,
)

KINDS = built_in_kinds()

HTML = b"<!DOCTYPE html>\n<html><head><title>502</title></head><body><br>Bad Gateway</body></html>"
LAUGHS = b"".join(
    (
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">',
        *(b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10) for n in range(1, 10)),
        b"]><alert>&lol9;</alert>",
    )
)
EXTERNAL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><alert>&x;</alert>'

UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Make = Callable[[Sample], Reply]


def of(json: bytes, xml: bytes | None = None) -> Make:
    return lambda sample: Reply(xml if sample.is_xml and xml is not None else json)


def with_text(old: bytes, new: bytes) -> Make:
    return lambda sample: Reply(sample.good.replace(old, new))


# What is answered, and the codes that may be told, for JSON and for XML.
HOSTILE: dict[str, tuple[Make, str, str]] = {
    "empty": (of(b""), "empty", "empty"),
    "blank": (of(b" \n\t "), "empty", "empty"),
    "truncated": (lambda s: Reply(s.good[: len(s.good) * 2 // 3]), "not_json", "not_xml"),
    "last byte missing": (lambda s: Reply(s.good[:-1]), "not_json", "not_xml"),
    "a number": (of(b"42"), "wrong_shape", "not_xml"),
    "null": (of(b"null", b"<null/>"), "wrong_shape", "wrong_shape"),
    "a text": (of(b'"text"', b"<alert1/>"), "wrong_shape", "wrong_shape"),
    "NaN": (of(b"NaN"), "wrong_shape", "not_xml"),
    "Infinity": (of(b"-Infinity"), "wrong_shape", "not_xml"),
    "1e999": (of(b"1e999"), "bad_value wrong_shape", "not_xml"),
    "huge integer": (of(b"9" * 100_000), "bad_value wrong_shape", "not_xml"),
    "10 MB of lists": (of(b"[" + b"[]," * 3_300_000 + b"[]]"), "wrong_shape", "not_xml"),
    "10 MB of numbers": (of(b"[" + b"1," * 5_000_000 + b"1]"), "wrong_shape", "not_xml"),
    "10 MB of elements": (of(b"", b"<a>" + b"<b/>" * 2_500_000 + b"</a>"), "empty", "wrong_shape"),
    "10 MB of spaces": (of(b" " * 10_000_000), "empty", "empty"),
    "10 MB of garbage": (of(b"x" * 10_000_000), "not_json", "not_xml"),
    "deep lists": (of(b"[" * 100_000, b"<a>" * 100_000), "too_deep", "too_deep"),
    "deep and closed": (
        of(b"[" * 100_000 + b"]" * 100_000, b"<a>" * 100_000 + b"</a>" * 100_000),
        "too_deep",
        "too_deep",
    ),
    "deep objects": (of(b'{"a":' * 100_000 + b"1" + b"}" * 100_000), "too_deep", "not_xml"),
    "33 levels": (
        of(b"[" * 33 + b"]" * 33, b"<a>" * 33 + b"</a>" * 33),
        "too_deep",
        "too_deep",
    ),
    "UTF-16": (lambda s: Reply(s.good.decode().encode("utf-16")), "not_utf8", "not_utf8"),
    "surrogates": (of(b'"\\ud800"', b"<a>\xed\xa0\x80</a>"), "wrong_shape", "wrong_shape"),
    "NUL": (of(b"\0", b"<alert>&#0;"), "not_json", "not_xml"),
    "billion laughs": (of(LAUGHS), "not_json", "dtd"),
    "bare DTD": (of(b"<!DOCTYPE alert><alert/>"), "not_json", "dtd"),
    "external entity": (of(EXTERNAL), "not_json", "dtd"),
    "HTML page": (of(HTML), "html", "html"),
    "HTML page, 502": (lambda s: Reply(HTML, status=502), "http_status", "http_status"),
    "unauthorised": (lambda s: Reply(b"{}", status=401), "http_status", "http_status"),
    "304 nobody asked for": (lambda s: Reply(status=304), "http_status", "http_status"),
    "a byte now and then": (lambda s: dripping(), "timeout", "timeout"),
    "silence": (lambda s: hanging(), "timeout", "timeout"),
    "gzip bomb": (lambda s: gzip_bomb(40), "too_large", "too_large"),
    "33 MiB": (lambda s: Reply(b" " * (33 * 2**20)), "too_large", "too_large"),
    "endless": (lambda s: Reply(write=endless_chunks), "too_large", "too_large"),
    "elsewhere": (lambda s: moved("http://127.0.0.2/"), "redirect", "redirect"),
    "a file": (lambda s: moved("file:///etc/hostname"), "redirect", "redirect"),
    "no HTTP": (lambda s: raw(b"SSH-2.0-x\r\n"), "broken_transfer", "broken_transfer"),
}


CASES = [(case, name) for case in HOSTILE for name in SAMPLES if not (
    # A table without its last line's end is a table.
    SAMPLES[name].is_csv and case == "last byte missing"
)]  # fmt: skip


def codes(sample: Sample, case: str) -> list[str]:
    """Return the codes that may be told; what is no table is one that is not built as it should."""
    _, for_json, for_xml = HOSTILE[case]
    told = (for_xml if sample.is_xml else for_json).split()
    misbuilt = sample.is_csv and set(told) & {"not_json", "too_deep"}
    return ["wrong_shape"] if misbuilt else told


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        yield server


def feed_on(server: HostileServer, sample: Sample, deadline_s: float = 2.0):
    """Return the sample's feed, polling the server; what is beside the sample is well."""
    for path, body in sample.others:
        server.put(path, body)
    url = server.url + (sample.url or sample.path)
    http = Http(url, user_agent="PaserCommand/0.1.0", deadline_s=deadline_s)
    return feed_of(
        sample.plugin, context_for(sample.plugin, url, http=http, settings=sample.settings)
    ), http


@pytest.mark.parametrize(("case", "name"), CASES)
def test_a_bad_answer_is_one_fault_and_the_next_good_one_is_taken(server, case, name):
    sample, (make, *_) = SAMPLES[name], HOSTILE[case]
    slow = codes(sample, case) == ["timeout"]
    feed, http = feed_on(server, sample, deadline_s=0.4 if slow else 5.0)
    server.put(sample.path, make(sample), Reply(sample.good))
    began = time.monotonic()

    records, fault = polled(feed)

    assert fault is not None
    assert fault.code in codes(sample, case)
    assert not {type(record) for record in records} - {Stream}
    assert time.monotonic() - began < 3.0
    records, fault = polled(feed)
    assert fault is None
    assert {record.key for record in records} >= sample.keys
    http.close()


MENDED = {
    "a byte that is no UTF-8": (b"Grogot", b"Gro\xe9ot"),
    "half of an emoji": (b"Grogot", rb"Grog\ud83d"),
    "a raw newline": (b"Grogot", b"Gro\n\x01ot"),
    "half of a character of three bytes": (b"Grogot", b"Grog\xe2\x80"),
}


@pytest.mark.parametrize("case", MENDED)
@pytest.mark.parametrize("name", [n for n in SAMPLES if b"Grogot" in SAMPLES[n].good])
def test_a_bad_byte_is_mended_and_costs_nothing_else(server, name, case):
    sample = SAMPLES[name]
    feed, http = feed_on(server, sample)
    server.put(sample.path, sample.good.replace(*MENDED[case]))

    records, fault = polled(feed)

    assert fault is None
    assert {record.key for record in records} >= sample.keys
    for record in records:
        check_doors(record)
    http.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_good_answer_may_be_zipped_marked_with_a_bom_or_moved_on_its_host(server, name):
    sample = SAMPLES[name]
    for reply in (zipped(sample.good), Reply(b"\xef\xbb\xbf" + sample.good), moved("/there")):
        feed, http = feed_on(server, sample)
        server.put(sample.path, reply)
        server.put(
            "/there", sample.good.replace(b"/alert.xml", server.url.encode() + b"/alert.xml")
        )

        records, fault = polled(feed)

        assert fault is None
        assert {record.key for record in records} >= sample.keys
        http.close()


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "cap index"])
@pytest.mark.parametrize("value", [b"NaN", b"1e999", b"-Infinity", b"9" * 5000, b"1e308", b'"x"'])
def test_a_number_that_is_none_never_gets_through(server, name, value):
    sample = SAMPLES[name]
    feed, http = feed_on(server, sample)
    server.put(sample.path, Reply(sample.good.replace(sample.number, value)), Reply(sample.good))

    records, fault = polled(feed)

    if value != b"1e308" or name != "observations":
        assert fault is not None
        assert fault.code in ("not_json", "bad_value", "wrong_shape")
    for record in records:
        check_doors(record)
    records, fault = polled(feed)
    assert fault is None
    http.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_controls_and_direction_marks_are_taken_out_of_texts(server, name):
    sample = SAMPLES[name]
    hidden = "\u202e\u2066\u0085" if sample.is_xml else "\u202e\\u0000\\u001b\u2066\\u009f"
    feed, http = feed_on(server, sample)
    good = sample.good.replace(b"Tanah Grogot", f"Tanah{hidden} Grogot".encode())
    server.put(sample.path, good.replace(b"Pekalongan", f"Pekal{hidden}ongan".encode()))

    records, fault = polled(feed)

    assert fault is None
    assert {record.key for record in records} >= sample.keys
    for record in records:
        check_doors(record)
    http.close()


TOKENS = [
    *(b"NaN", b"1e999", b"-1", b"9" * 30, b"null", b"[]", b"{}", b'""', b'"', b",", b"\\"),
    *(b"\x00", b"\xff", b"\\ud800", "\u202e".encode(), b"[" * 40, b"<a>" * 40, b"&x;", b"</info>"),
    *(b"<!DOCTYPE a>", b"91,181", b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-14:00"),
]
TEXTS = st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4))
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), TEXTS), min_size=1, max_size=4)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES)
def test_a_mutant_gives_good_records_or_a_feed_error(name, changes):
    sample = SAMPLES[name]
    body = sample.good
    for at, length, new in changes:
        start = int(at * len(body))
        body = body[:start] + new + body[start + length :]

    try:
        records, _ = drained(sample.parse(body))
    except FeedError:
        return

    for record in records:
        check_doors(record)


def check_doors(record: AnyRecord) -> None:
    """Check what the room may count on: finite numbers, places on the earth, clean short texts."""
    assert KINDS.decode(KINDS.name_of(record), KINDS.encode(record)) == record
    lon, lat = getattr(record, "lon", None), getattr(record, "lat", None)
    assert (lon, lat) == (None, None) or is_place(float(lon or 0), float(lat or 0))
    geometry = getattr(record, "geometry", None)
    rings = geometry.rings if isinstance(geometry, Geometry) else getattr(record, "polygons", ())
    assert all(is_place(*place) for ring in rings for place in ring)
    if isinstance(record, Observation):
        assert abs(record.value) < float("inf")
    for text in texts(msgspec.to_builtins(record)):
        assert UNSHOWABLE.search(text) is None
        assert len(text) <= 10_000
    assert len(getattr(record, "title", "")) <= 200


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(name)
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
