"""Bodies on disk: what is written is read for ever, and what is broken is said to be."""

import msgspec
import pytest
from hypothesis import given

from paser_command.errors import JournalError
from paser_command.records import BODY_VERSION, KINDS, AnyRecord, decode, encode, kind_of
from tests.records import START, any_record, flood


@given(any_record())
def test_a_body_gives_its_record_back(record: AnyRecord):
    assert decode(encode(record)) == record
    assert KINDS[kind_of(record)] is type(record)


def test_a_body_of_an_older_version_is_brought_up_step_by_step():
    old = msgspec.to_builtins(flood())
    old["heading"] = old.pop("title")

    def to_version_1(values):
        return {**values, "title": values.pop("heading")}

    body = bytes((BODY_VERSION - 1,)) + msgspec.msgpack.encode(old)

    assert decode(body, {BODY_VERSION - 1: to_version_1}) == flood()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "empty"),
        (b"\x01", "broken"),
        (b"\x01\xc1\x00", "broken"),
        (encode(flood())[:-3], "broken"),
        (b"\xfe" + encode(flood())[1:], "newer"),
    ],
)
def test_a_broken_body_is_said_to_be(body, what):
    with pytest.raises(JournalError, match=what):
        decode(body)


def test_records_never_change():
    with pytest.raises(AttributeError):
        setattr(flood(), "at", START + 1)  # noqa: B010 - an assignment is what mypy refuses
