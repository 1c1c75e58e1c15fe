"""What is wrong with a PostgreSQL journal's address is found by `check`, not by the first night."""

import pytest

from paser_command.config import load_site
from paser_command.errors import ConfigError, InputError
from paser_command.journal.engine import journal_url
from paser_command.server_address import SEVERAL_FORM, address_faults
from tests.certificates import authority

BASE = "postgresql+psycopg://paser@db/paser"
SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "{url}"
"""


@pytest.mark.parametrize(
    "url",
    [
        BASE,
        "postgresql+psycopg://paser@[::1]:5433/paser",
        f"{BASE}?sslmode=verify-full&sslrootcert=system&connect_timeout=2",
        "postgresql+psycopg://paser@/paser?host=a,b&port=5432,5433&target_session_attrs=read-write",
        "postgresql+psycopg://paser@/paser?host=a:5432&host=b:5433",
        "postgresql+psycopg://paser@a,b/paser",
        "sqlite+pysqlite:////x?sslmod=1",
    ],
)
def test_a_good_address_has_no_fault(url):
    assert list(address_faults(url)) == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"{BASE}?sslmod=require", "sslmod is not known; did you mean sslmode?"),
        (f"{BASE}?sslmode=verify", "sslmode: verify is not known; did you mean verify-"),
        (f"{BASE}?connect_timeout=soon", "connect_timeout: must be a whole number, and is soon"),
        (f"{BASE}?sslrootcert=/none.pem", "sslrootcert: /none.pem cannot be read: No such file"),
        (f"{BASE}?sslkey=/none.key", "sslkey: /none.key cannot be read: No such file"),
        (
            "postgresql+psycopg://paser@a:1,b:2/paser",
            f"several hosts are written as {SEVERAL_FORM}",
        ),
        (
            "postgresql+psycopg:///paser?host=a:1,b:2",
            f"several hosts are written as {SEVERAL_FORM}",
        ),
        ("postgresql+psycopg:///paser?host=a,b,c&port=1,2", "this is no database URL; write"),
        ("postgresql+psycopg://paser@db:z/paser", "this is no database URL; write"),
    ],
)
def test_each_mistake_is_told_with_what_is_right(url, told):
    [fault] = address_faults(url)

    assert str(fault).startswith(told)
    with pytest.raises(InputError, match=str(fault)[:30].replace("?", ".")):
        journal_url(url)


def test_a_file_that_holds_no_certificates_is_told(tmp_path):
    good, bad = authority(tmp_path), tmp_path / "bad.pem"
    bad.write_text("no certificate\n")

    assert list(address_faults(f"{BASE}?sslrootcert={good}")) == []
    [fault] = address_faults(f"{BASE}?sslrootcert={bad}")

    assert str(fault) == f"sslrootcert: {bad} holds no certificates (PEM)"


def test_all_mistakes_stand_in_the_line_of_the_journal_s_address(tmp_path):
    file = tmp_path / "site.toml"
    file.write_text(SITE.format(url=f"{BASE}?sslmod=require&sslrootcert=/none.pem"))

    with pytest.raises(ConfigError) as caught:
        load_site(file)

    assert [(mistake.line, mistake.where) for mistake in caught.value.mistakes] == [
        (7, "journal.url"),
        (7, "journal.url"),
    ]
