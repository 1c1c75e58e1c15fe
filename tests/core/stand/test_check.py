"""`check` tells what would go wrong at the start: a zone, a folder, a class."""

import msgspec
import pytest

from paser_command.cli.faults_ahead import class_faults, folder_fault, zone_doubt
from paser_command.config import Site, site_toml
from paser_command.journal.engine import sqlite_url
from paser_command.plugin.discovery import Plugin, Plugins
from paser_command.plugin.manifest import About, FeedManifest, Manifest
from tests.command_line import run
from tests.core.stand.cities import CITIES


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.name)
def test_the_site_file_of_a_city_is_in_order(tmp_path, city):
    file = tmp_path / "site.toml"
    file.write_text(site_toml(city.config(sqlite_url(tmp_path / "new" / "journal.sqlite"))))

    checked = run(tmp_path, "check", str(file))

    assert (checked.code, checked.errors) == (0, "")
    assert not (tmp_path / "new").exists()


def test_a_zone_that_is_not_that_of_the_place_is_doubted(tmp_path):
    site = Site(name="Surabaya", zone="Asia/Makassar", lon=112.75, lat=-7.25)

    (doubt,) = zone_doubt(site)

    assert 'write zone = "Asia/Jakarta"' in str(doubt)
    assert "Surabaya, 0 km" in str(doubt)


def test_a_zone_of_the_same_offset_is_not_doubted():
    assert not list(zone_doubt(Site(name="Kuching", zone="Asia/Makassar", lon=110.33, lat=1.55)))


def test_at_sea_the_longitude_counts():
    far = Site(name="X", zone="Asia/Jakarta", lon=-120.0, lat=-40.0)

    (doubt,) = zone_doubt(far)

    assert "-08:00" in str(doubt)
    assert not list(zone_doubt(msgspec.structs.replace(far, zone="America/Los_Angeles")))


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    (fault,) = folder_fault(sqlite_url(tmp_path / "file" / "x" / "journal.sqlite"))

    assert str(tmp_path / "file" / "x") in str(fault)
    assert not list(folder_fault("postgresql+psycopg://host/room"))


def test_a_fault_ahead_is_no_mistake_of_the_file(tmp_path):
    (tmp_path / "file").write_text("")
    site = tmp_path / "site.toml"
    site.write_text(site_toml(CITIES[0].config(sqlite_url(tmp_path / "file" / "j.sqlite"))))

    checked = run(tmp_path, "check", str(site))

    assert (checked.code, checked.out) == (1, "")
    assert "[journal] url" in checked.errors


@pytest.mark.parametrize("path", ["feed:Missing", "away:Feed"])
def test_a_class_that_is_away_is_told_with_its_plugin(path):
    about = About("cap", "CAP", "1", 1)
    feed = FeedManifest("cap.alerts", "Warnings", path)
    plugins = Plugins((Plugin("paser_plugins.cap", Manifest(about, feeds=(feed,))),))

    (fault,) = class_faults(plugins)

    assert "cap.alerts of the plugin cap" in str(fault)
    assert path in str(fault)
