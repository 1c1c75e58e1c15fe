"""A diagnosis is one bounded file of texts for its person alone, and no secret gets into it."""

import json
import zipfile
from pathlib import Path

import pytest

from paser_command.config import FeedSettings, JournalSettings, Site, SiteConfig, site_toml
from paser_command.diagnosis import bundle
from paser_command.diagnosis.bundle import LEFT_OUT, Part, write_bundle
from paser_command.errors import PaserError
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import REAL, open_journal
from tests.command_line import Running, run

CANARIES = {
    "key": "kenari-kunci-5101",
    "query": "kenari-parameter-77",
    "password": "kenari&sandi/9",
    "path": "0a1b2c3d4e5f60718293",
    "comment": "kenari-komentar",
    "settings": "kenari-lapisan-31",
}


@pytest.fixture
def site(tmp_path):
    """A site file with a secret in every place that one may have."""
    url = sqlite_url(tmp_path / "journal.sqlite")
    open_journal(url, REAL).close()
    place = "http://127.0.0.1:9"
    config = SiteConfig(
        site=Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91),
        journal=JournalSettings(url=url),
        feeds=(
            FeedSettings(
                id="titik-panas",
                type="firms.hotspots",
                url=f"{place}/{CANARIES['path']}/csv",
                settings={"map_key": CANARIES["key"]},
            ),
            FeedSettings(
                id="jalan",
                type="geojson.features",
                url=f"{place}/?token={CANARIES['query']}&layer=roads",
                settings={"layer": "Jalan"},
            ),
        ),
    )
    file = tmp_path / "site.toml"
    file.write_text(f"# {CANARIES['comment']}\n{site_toml(config)}")
    return file


def texts(path):
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def secrets_in_files(*paths: Path):
    """Name each planted secret and the file that has it."""
    return [
        (name, str(path))
        for path in paths
        for name, secret in CANARIES.items()
        if secret.encode() in path.read_bytes()
    ]


def test_a_diagnosis_has_what_a_mender_needs_and_no_secret(tmp_path, site):
    home = tmp_path / "home"
    (home / "log").mkdir(parents=True)
    said = " ".join(CANARIES[name] for name in ("key", "query", "path"))
    (home / "log/console.log").write_text(f'{{"message": "there is the screen DP-1 {said}"}}\n')
    (home / "log/console-20261125T000000.000000-hang.txt").write_text('File "app.py", line 1\n')
    layer = json.dumps({"address": f"https://t/{{z}}?k={CANARIES['settings']}"})
    (home / "settings.json").write_text(json.dumps({"panels": {"map.map": {"row": layer}}}))

    file = tmp_path / "diagnosis.zip"
    told = run(home, "diagnose", str(file), "--config", str(site), "--json")

    assert (told.code, told.errors) == (0, "")
    assert told.json == {"file": str(file), "bytes": file.stat().st_size}
    assert file.stat().st_mode & 0o777 == 0o600
    parts = texts(file)
    whole = "\n".join(parts.values())
    assert [name for name, secret in CANARIES.items() if secret in whole] == []
    assert "there is the screen DP-1" in parts["log/console.log"]
    assert "line 1" in parts["log/console-20261125T000000.000000-hang.txt"]
    assert 'layer = "Jalan"' in parts["site.toml"]
    assert "layer=roads" in parts["site.toml"]
    assert json.loads(parts["journal.json"])["records"] == 0
    assert "msgspec" in json.loads(parts["system.json"])["packages"]
    found = json.loads(parts["plugins.json"])["found"]
    assert {"id": "map", "ours": True}.items() <= next(p for p in found if p["id"] == "map").items()
    assert "row" in parts["settings/settings.json"]


def test_a_room_in_which_nothing_works_is_diagnosed_too(tmp_path):
    site = tmp_path / "site.toml"
    site.write_text(f'[journal]\nurl = "postgresql+psycopg://u:{CANARIES["password"]}@h/d"\n[')

    told = run(tmp_path / "home", "diagnose", str(tmp_path / "d.zip"), "--config", str(site))

    assert told.code == 0
    assert f"the diagnosis is in {tmp_path / 'd.zip'}" in told.out
    parts = texts(tmp_path / "d.zip")
    assert "site.toml:3" in parts["site.toml"]
    assert CANARIES["password"] not in "\n".join(parts.values())


def test_the_diagnosis_says_why_the_journal_does_not_open(tmp_path, site):
    (tmp_path / "journal.sqlite").write_bytes(b"damaged " * 100)

    run(tmp_path / "home", "diagnose", str(tmp_path / "d.zip"), "--config", str(site))

    assert "not a journal" in json.loads(texts(tmp_path / "d.zip")["journal.json"])["fault"]


def test_what_has_no_room_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "LARGEST_BYTES", 10)
    parts = (Part("a", "12345"), Part("b", "123456"), Part("c", "12345"))

    write_bundle(tmp_path / "d.zip", parts, ())

    assert texts(tmp_path / "d.zip") == {"a": "12345", "c": "12345", LEFT_OUT: "b\n"}


def test_a_diagnosis_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "d.zip").mkdir()

    with pytest.raises(PaserError, match="cannot be written"):
        write_bundle(tmp_path / "d.zip", (), ())

    assert [path.name for path in tmp_path.iterdir()] == ["d.zip"]


def test_no_secret_is_in_a_log_or_in_the_list_of_processes(tmp_path, site):
    home = tmp_path / "home"
    with Running(home, "collect", "--config", str(site)) as collector:
        collector.wait_for("ready")
        asked = Path(f"/proc/{collector.process.pid}/cmdline")
        listed = secrets_in_files(asked)
        collector.process.terminate()
        collector.wait()
        errors = collector.errors()

    assert listed == []
    assert secrets_in_files(*(home / "log").iterdir()) == []
    assert [name for name, secret in CANARIES.items() if secret in errors] == []


def test_it_makes_no_folder_for_a_name_that_was_mistyped(tmp_path):
    nowhere = tmp_path / "nope" / "d.zip"

    ended = run(tmp_path, "diagnose", str(nowhere))

    assert ended.code == 2
    assert str(nowhere.parent) in ended.errors
    assert not nowhere.parent.exists()
