"""A document is read item by item: one bad item costs one, and it is said which."""

from typing import Any

import msgspec
import pytest

from paser_command.errors import ParseError
from paser_command.feeds import documents
from paser_command.feeds.documents import decode_json, decode_part, decode_xml, readable


class Item(msgspec.Struct):
    name: str
    value: float


LIST = msgspec.json.Decoder(list[msgspec.Raw])
ITEM = msgspec.json.Decoder(Item)
GOOD = b'{"name":"a","value":1}'


def read(*items: bytes) -> tuple[list[Item], list[Any]]:
    """Return what can be read of a list, and what was passed over."""
    passed: list[Any] = []
    parts: list[msgspec.Raw] = decode_json(b"[" + b",".join(items) + b"]", LIST)
    found = readable(
        parts,
        lambda part: decode_part(part, ITEM),
        lambda error, count=1, of=0: passed.append((error.codes_facts, count, of)),
    )
    return list(found), passed


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        (rb'{"name":"cut \ud83d","value":1}', "cut \ufffd"),
        (b'{"name":"two\nlines","value":1}', "two lines"),
        (b'{"name":"caf\xe9","value":1}', "caf\ufffd"),
        (b'{"name":"\x00","value":1}', " "),
        (rb'{"name":"\\ud83d \ud83d\ude00","value":1}', "\\ud83d \U0001f600"),
        (b'{"name":"NaN and Infinity\xff","value":1}', "NaN and Infinity\ufffd"),
    ],
)
def test_bad_bytes_are_mended_and_the_item_is_taken(bad, name):
    items, passed = read(*[GOOD] * 48, bad, GOOD)

    assert (len(items), items[48].name, passed) == (50, name, [])


@pytest.mark.parametrize("bad", [b"NaN", b"-Infinity", b'"x"', b"null"])
def test_a_number_that_is_none_costs_its_item_which_is_named(bad):
    items, passed = read(*[GOOD] * 12, b'{"name":"NaN","value":%s}' % bad, *[GOOD] * 37)

    assert len(items) == 49
    assert passed == [({"where": "$.value", "item": 13}, 1, 50)]


def test_a_list_of_which_nothing_can_be_read_is_a_fault():
    with pytest.raises(ParseError, match="item=1"):
        read(b"{}", b"{}")


def test_one_bad_item_alone_is_passed_over():
    assert read(b"{}") == ([], [({"where": "$", "item": 1}, 1, 1)])


def test_after_too_many_bad_items_the_rest_is_not_read(monkeypatch):
    monkeypatch.setattr(documents, "MOST_BAD_ITEMS", 3)

    with pytest.raises(ParseError):
        read(GOOD, *[b"{}"] * 10)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (b"<a>caf\xe9</a>", "caf\ufffd"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a>caf\xe9</a>', "caf\u00e9"),
        (b"<a>x\x01y&#0;z&#x1F;</a>", "x y z "),
    ],
)
def test_xml_is_mended_too(document, text):
    assert decode_xml(document).text == text


def test_what_is_no_text_at_all_is_told():
    with pytest.raises(ParseError, match="not_utf8"):
        decode_json('["a"]'.encode("utf-16"), LIST)
