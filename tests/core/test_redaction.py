"""Secrets are taken out of text, whatever they look like; what a mender needs stays."""

import logging

import pytest

from paser_command.logs import JsonLines
from paser_command.redaction import BLANK, blanked, secrets_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgresql+psycopg://sari:pa/ss@db/city", "postgresql+psycopg://***@db/city"),
        ("https://key-only@host/x?layers=roads", "https://***@host/x?layers=roads"),
        (
            "http://host/wms?service=WMS&Map_Key=abc123&x=2",
            "http://host/wms?service=WMS&Map_Key=***&x=***",
        ),
        ("http://host/api/0123456789abcdef01/csv", "http://host/api/***/csv"),
        ("sqlite+pysqlite:////var/lib/paser-command-2026/j", None),
        ("http://host/wmts/1.0.0/WMTSCapabilities.xml", None),
        ("Authorization: Bearer abc.def-123", "Authorization: *** ***"),
        ('{"password": "two words", "n": 1}', '{"password": "***", "n": 1}'),
        (r"{\"api_key\": \"abc\", \"n\": 1}", r"{\"api_key\": \"***\", \"n\": 1}"),
        ("host=db password=abc user=sari", "host=db password=*** user=sari"),
        ("access_token='a b', next", "access_token='***', next"),
        ("the journal's key is warga/1: flood", None),
        ("the incident needs a new token", None),
    ],
)
def test_what_looks_like_a_secret_is_blanked_and_nothing_else(text, expected):
    assert blanked(text) == (text if expected is None else expected)


def test_a_known_secret_is_blanked_however_it_is_written():
    secret = 'pa"ss wörd/1'

    text = blanked(f'{secret} pa%22ss%20w%C3%B6rd%2F1 pa\\"ss w\\u00f6rd/1', {secret})

    assert text == " ".join([BLANK] * 3)


def test_an_address_tells_its_secrets():
    assert secrets_in("postgresql+psycopg://sari:geheim@db/city") == {"geheim"}
    assert secrets_in("postgresql+psycopg://sari@db/city") == set()
    assert secrets_in("https://geheim@h/w?format=json&token=t0ken") == {"geheim", "t0ken"}


def test_no_secret_gets_into_a_log():
    lines = JsonLines()
    lines.known |= {"hunter2!"}
    try:
        raise ValueError("no answer of https://sari:geheim@host/, hunter2!")
    except ValueError as error:
        caught = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("n", 40, "p", 1, "%s", ("token=abc hunter2!",), caught)

    line = lines.format(record)

    assert not [secret for secret in ("geheim", "abc", "hunter2!") if secret in line]
    assert "https://***@host/" in line
