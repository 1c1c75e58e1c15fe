"""Bodies on disk: what is written is read for ever; what is damaged or unknown ends nothing."""

import zlib
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paser_command.errors import PluginError
from paser_command.records import (
    BODY_VERSION,
    AnyRecord,
    DamagedRecordError,
    Kind,
    Kinds,
    Record,
    Report,
    Unknown,
    built_in_kinds,
    shown_name,
)
from tests.records import START, any_record, flood

KINDS = built_in_kinds()


class Row(NamedTuple):
    """A row of the journal's table."""

    seq: int
    received: int
    at: int
    kind: str
    feed: str
    key: str
    body: bytes


def row(kind: str, body: bytes) -> Row:
    return Row(7, START, START, kind, "warga", "warga/1", body)


def body_of(content: bytes) -> bytes:
    return b"\x02" + zlib.crc32(content).to_bytes(4, "big") + content


@given(any_record())
def test_a_body_gives_its_record_back(record: AnyRecord):
    kind = KINDS.of(record)

    assert KINDS.decode(kind.name, KINDS.encode(record)) == record
    assert kind.record is type(record)


def test_bodies_of_the_first_version_are_read_for_ever():
    body = b"\x01" + msgspec.msgpack.encode(flood())

    assert KINDS.decode("report", body) == flood()


@given(st.data())
def test_a_body_with_any_one_bit_changed_is_known_to_be_damaged_or_newer(data: st.DataObject):
    body = bytearray(KINDS.encode(flood(text="Air setinggi lutut.")))
    bit = data.draw(st.integers(0, 8 * len(body) - 1))
    body[bit // 8] ^= 1 << bit % 8

    if bit >= 8:
        with pytest.raises(DamagedRecordError):
            KINDS.decode("report", bytes(body))
    else:
        # The byte of the version: another version is never read as ours.
        assert KINDS.read(row("report", bytes(body))) != flood(text="Air setinggi lutut.")


@pytest.mark.parametrize("body", [b"", b"\x00", b"\x01", b"\x01\xc1\x00", b"\x02", b"\x02abc"])
def test_a_broken_body_is_said_to_be(body: bytes):
    with pytest.raises(DamagedRecordError):
        KINDS.decode("report", body)

    assert KINDS.read(row("report", body)) == Unknown(
        feed="warga",
        key="warga/1",
        at=START,
        received=START,
        name="report",
        seq=7,
        body=body,
        damaged=True,
    )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("logistics", body_of(msgspec.msgpack.encode({"kind": "logistics", "beds": 40}))),
        ("report", bytes((BODY_VERSION + 1,)) + b"whatever comes"),
        (
            "report",
            body_of(msgspec.msgpack.encode({**msgspec.to_builtins(flood()), "severity": 9})),
        ),
    ],
    ids=["a kind", "a version", "a member of an enumeration"],
)
def test_what_a_newer_program_wrote_is_carried_as_it_is(kind: str, body: bytes):
    carried = KINDS.read(row(kind, body))

    assert isinstance(carried, Unknown)
    assert not carried.damaged
    assert KINDS.name_of(carried) == kind
    assert KINDS.encode(carried) == body


def test_a_field_that_a_newer_program_added_is_passed_over():
    newer = {**msgspec.to_builtins(flood()), "caller_language": "Paser"}

    assert KINDS.decode("report", body_of(msgspec.msgpack.encode(newer))) == flood()


def test_two_kinds_of_one_name_are_refused():
    class Other(Record, frozen=True, kw_only=True, tag="report"):
        """A plugin that speaks for the program."""

    with pytest.raises(PluginError, match="report"):
        Kinds((Kind(record=Report), Kind(record=Other)))


def test_records_never_change():
    with pytest.raises(AttributeError):
        setattr(flood(), "at", START + 1)  # noqa: B010 - an assignment is what mypy refuses


@pytest.mark.parametrize(
    "name", ["", " ", "\u200b", "\u2060\ufeff", "\u3164", "\u2800", "\u0301\n"]
)
def test_what_has_a_name_that_nobody_can_see_shows_its_key(name):
    assert shown_name(name, "sensor/kandilo") == "sensor/kandilo"


@pytest.mark.parametrize("name", ["Kandilo", " a ", "3", "水位", "\u200bA"])
def test_what_has_a_name_shows_it(name):
    assert shown_name(name, "sensor/kandilo") == name
