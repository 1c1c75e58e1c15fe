"""Secrets are taken out of text, whatever they look like; what a mender needs stays."""

import logging

import pytest

from paser_command.errors import InputError
from paser_command.language import Language
from paser_command.logs import JsonLines
from paser_command.redaction import (
    BLANK,
    blanked,
    blanked_address,
    secrets_in,
    without_address_secrets,
)

DATABASE = "postgresql+psycopg"


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


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{DATABASE}://db/city", None),
        (f"{DATABASE}://db:5432/city?sslmode=verify-full&connect_timeout=5", None),
        (f"{DATABASE}://[::1]:5432/city", None),
        (f"{DATABASE}:///city?host=/run/postgresql", None),
        ("sqlite+pysqlite:////home/sari@office/C#/journal.sqlite", None),
        ("https://host/x?service=WMS&layers=a,b&crs=EPSG:4326", None),
        ("/folder/journal.sqlite", None),
        (
            f"{DATABASE}://db/city?password=a&sslpassword=b",
            "://db/city?password=***&sslpassword=***",
        ),
        (f"{DATABASE}://db/city?p%61ssword=a&PASSWORD=b", "://db/city?p%61ssword=***&PASSWORD=***"),
        (f"{DATABASE}://db/city?password=a;b#c", "://db/city?password=***"),
        (f"{DATABASE}://db/city?password=a&b", "://db/city?password=***&***"),
        (f"{DATABASE}://db/city?options=-c%20app.key%3Da", "://db/city?options=***"),
        (
            f"{DATABASE}://db/city?passfile=/a&service=b&sslkey=/c",
            "?passfile=***&service=***&sslkey=***",
        ),
        (f"{DATABASE}://db/city?sslmode=a;password=b", "://db/city?sslmode=***"),
        (f"{DATABASE}://u:p%40ss@db/city", "://***@db/city"),
        (f"{DATABASE}://u:p@ss/w@rd@db/city", "://***@db/city"),
        (f"{DATABASE}://u:p#ss@db/city", "://***@db/city"),
        (f"{DATABASE}://u:pa?ss@db/city", "://***"),
        (f"{DATABASE}://db:5432/city?password=a@b", "://***"),
        (f"{DATABASE}://u:secret", "://***"),
        (f"{DATABASE}:///u:p@db/city", "://***@db/city"),
        (f"{DATABASE}:/u:p@db/city", ":/***@db/city"),
        ("u:p@db/city", "***@db/city"),
        ("u:p w d@db/city", "***@db/city"),
        ("https://host/x?geheim", "https://host/x?***"),
        ("https://host/x#access_token=geheim", "https://host/x#access_token=***"),
        ("https://host/x?layers=a;token=geheim", "https://host/x?layers=***"),
        ("https://host/x?mail=a@b", "https://host/x?mail=***"),
    ],
)
def test_of_an_address_host_and_path_stay(address, expected):
    told = blanked_address(address)

    if expected is None:
        assert told == address
    else:
        assert told.endswith(expected)
    assert blanked_address(told) == told
    assert without_address_secrets(f"of {told}: no answer.") == f"of {told}: no answer."


def test_an_address_tells_what_its_server_may_repeat():
    assert secrets_in(f"{DATABASE}://db/c?options=-c%20app.key%3Dgeheim&sslmode=require") >= {
        "geheim",
        "-c app.key=geheim",
    }
    assert secrets_in(f"{DATABASE}://sari:p%2Fss@db/c") == {"p%2Fss", "p/ss"}
    assert secrets_in(f"{DATABASE}://db/c?user=sari&port=5432&passfile=%2Fa+b") == {
        *("%2Fa+b", "/a+b", "/a b")
    }


@pytest.mark.parametrize("code", ["en", "id"])
def test_an_error_is_told_without_the_secrets_of_an_address_in_it(code):
    error = InputError(
        "{what} is not understood; see {help}", what=f"--x {DATABASE}://u:p@db/c?key=k", help="y"
    )

    assert f"--x {DATABASE}://***@db/c?key=*** " in Language(code).error(error)


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
