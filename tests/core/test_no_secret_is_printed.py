"""No command prints or logs a secret of the journal's address, or of a feed's."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from paser_command.config import FeedSettings, JournalSettings, Site, SiteConfig, site_toml
from paser_command.errors import InputError
from paser_command.journal.engine import journal_url
from paser_command.journal.store import REAL, open_journal
from tests.command_line import Running, run

MARK = "kenari"
"""It stands in every secret here, and nowhere else."""

FILES = Path(tempfile.gettempdir()) / f"{MARK}-{os.getpid()}"
"""Where the files are that an address names: it is checked that they can be read."""

SECRETS = "&".join(
    (
        f"password={MARK}-1",
        f"sslpassword={MARK}-2",
        f"options={quote(f'-c app.key={MARK}-3')}",
        f"passfile={quote(str(FILES / '4'))}",
        f"sslkey={quote(str(FILES / '6'))}",
        f"sslcert={quote(str(FILES / '7'))}",
        f"%73slcrl={quote(str(FILES / '8'))}",
    )
)
NOBODY = f"postgresql+psycopg://sari:{quote(f'{MARK}/&-9')}@127.0.0.1:1/city"
COMMANDS = (
    ("journal", "stats"),
    ("journal", "stats", "--json"),
    ("journal", "verify"),
    ("journal", "verify", "--json"),
    ("picture",),
    ("picture", "--json"),
)


@pytest.fixture(autouse=True)
def files() -> Iterator[None]:
    """The files that the addresses name."""
    FILES.mkdir(exist_ok=True)
    for name in "4678":
        (FILES / name).touch()
    yield
    shutil.rmtree(FILES)


def site_of(folder, url):
    """Write a site file with that journal, and a feed whose address has secrets too."""
    config = SiteConfig(
        site=Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91),
        journal=JournalSettings(url=url),
        feeds=(
            FeedSettings(
                id="jalan",
                type="geojson.features",
                url=f"http://sari:{MARK}-a@127.0.0.1:1/{MARK}0123456789ab/?api_key={MARK}-b",
                interval_s=0.1,
                settings={"layer": "Jalan"},
            ),
        ),
    )
    file = folder / "site.toml"
    file.write_text(site_toml(config))
    return file


def logs(home):
    return "".join(path.read_text() for path in (home / "log").glob("*"))


@pytest.mark.parametrize(
    ("given", "secrets"),
    [
        *((given, SECRETS) for given in COMMANDS),
        (("picture",), f"service={MARK}-5"),
    ],
)
def test_a_journal_that_does_not_answer_is_told_without_a_secret(tmp_path, given, secrets):
    ended = run(tmp_path, *given, "--journal", f"{NOBODY}?{secrets}")

    assert ended.code in (1, 2)
    assert "127.0.0.1:1/city" in ended.errors
    assert MARK not in ended.out + ended.errors


@pytest.mark.parametrize("name", ["context", "plugin"])
def test_an_option_that_there_is_not_is_told_without_a_secret(tmp_path, name):
    ended = run(tmp_path, "picture", "--journal", f"{NOBODY}?{name}={MARK}-5")

    assert ended.code == 2
    assert "an option of the address is not known" in ended.errors
    assert MARK not in ended.out + ended.errors


@pytest.mark.parametrize("given", COMMANDS, ids=" ".join)
def test_a_journal_that_answers_is_told_without_a_secret(tmp_path, postgres_journal, given):
    ended = run(tmp_path, *given, "--journal", postgres_journal)

    assert (ended.code, ended.errors) == (0, "")
    assert MARK not in ended.out


@pytest.fixture
def postgres_journal(postgres_journal_url):
    """The address, full of secrets, of a journal on a server."""
    open_journal(postgres_journal_url, REAL).close()
    return postgres_journal_url.replace("paser@", f"paser:{MARK}-9@") + "?" + SECRETS


@pytest.mark.parametrize("url", [f"{NOBODY}?{SECRETS}", f"{NOBODY}?service={MARK}-5"])
def test_the_commands_of_a_site_print_and_log_no_secret(tmp_path, url):
    site, home, bundle = site_of(tmp_path, url), tmp_path / "home", tmp_path / "d.zip"

    checked = run(home, "check", str(site))
    checked_json = run(home, "check", str(site), "--json")
    collected = run(home, "--for", "3", "collect", "--config", str(site))
    diagnosed = run(home, "diagnose", str(bundle), "--config", str(site))

    assert (checked.code, checked_json.code, collected.code, diagnosed.code) == (0, 0, 0, 0)
    for ended in (checked, checked_json, collected, diagnosed):
        assert MARK not in ended.out + ended.errors
    assert MARK not in logs(home)
    with zipfile.ZipFile(bundle) as packed:
        assert not [name for name in packed.namelist() if MARK.encode() in packed.read(name)]


def test_a_collector_at_work_prints_and_logs_no_secret(tmp_path, postgres_journal):
    home = tmp_path / "home"
    with Running(
        home, "collect", "--config", str(site_of(tmp_path, postgres_journal))
    ) as collector:
        collector.wait_for("ready")
        collector.process.terminate()
        errors = collector.errors()

    assert MARK not in errors
    assert "jalan" in logs(home)
    assert MARK not in logs(home)


@pytest.mark.parametrize(
    "given",
    [
        ("picture", "--jurnal", NOBODY),
        (NOBODY,),
        ("picture", "--journal", NOBODY.replace(":1/", ":z/")),
        ("picture", "--journal", NOBODY.replace("://", ":/")),
        ("picture", "--journal", f"postgresql+psycopg://u:a@{MARK}@127.0.0.1/city"),
        ("picture", "--journal", f"postgresql+psycopg://h:1/city?password=a@{MARK}"),
        ("picture", "--journal", f"sqlite+pysqlite://u:{MARK}@h/city"),
    ],
)
def test_an_address_that_is_mistyped_is_told_without_a_secret(tmp_path, given):
    ended = run(tmp_path, *given)

    assert ended.code in (1, 2)
    assert MARK not in ended.out + ended.errors


def test_a_password_that_cannot_be_told_from_the_host_is_refused_with_what_to_write():
    with pytest.raises(InputError, match="is written %40"):
        journal_url("postgresql+psycopg://u:pa@ss@host/city")
