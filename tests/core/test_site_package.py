"""`site build` makes a Debian package of a site's folder, the same each time, after a check."""

import subprocess

import pytest

from tests.command_line import run

SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "sqlite+pysqlite:////var/lib/paser-command/journal.sqlite"
"""


@pytest.fixture
def folder(tmp_path):
    """A site's folder: its file, a layer, and what no package takes."""
    made = tmp_path / "site"
    (made / "layers").mkdir(parents=True)
    (made / ".git").mkdir()
    (made / "site.toml").write_text(SITE)
    (made / "layers" / "posko.json").write_text("{}")
    (made / ".git" / "config").write_text("")
    return made


def built(tmp_path, folder, output="out"):
    words = ("site", "build", str(folder), "--name", "paser", "--package-version", "2026.11.1")
    said = run(tmp_path, *words, "--output", str(tmp_path / output), "--json")
    assert said.code == 0, said.errors
    return tmp_path / output / "paser-command-site-paser_2026.11.1_all.deb"


def field(package, name):
    asked = ["dpkg-deb", "--field", str(package), name]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def test_the_package_holds_the_sites_files_as_roots(tmp_path, folder):
    listed = subprocess.run(
        ["dpkg-deb", "--contents", str(built(tmp_path, folder))], capture_output=True, text=True
    ).stdout.splitlines()

    files = [line.split()[-1] for line in listed if not line.startswith("d")]
    assert files == [
        "./etc/paser-command/layers/posko.json",
        "./etc/paser-command/site.toml",
        "./usr/share/doc/paser-command-site-paser/changelog.gz",
        "./usr/share/doc/paser-command-site-paser/copyright",
    ]
    assert {line.split()[1] for line in listed} == {"root/root"}


def test_nobody_else_reads_what_may_hold_passwords(tmp_path, folder):
    package = built(tmp_path, folder)

    listed = subprocess.run(
        ["dpkg-deb", "--contents", str(package)], capture_output=True, text=True
    ).stdout.splitlines()

    (site,) = [line for line in listed if line.endswith("/site.toml")]
    assert site.startswith("-rw------- ")
    assert package.stat().st_mode & 0o777 == 0o600


def test_of_two_sites_only_one_can_be_installed(tmp_path, folder):
    package = built(tmp_path, folder)

    assert field(package, "Package") == "paser-command-site-paser"
    assert field(package, "Depends") == "paser-command"
    assert field(package, "Conflicts") == field(package, "Provides") == "paser-command-site"


def test_an_administrators_changes_outlive_an_upgrade(tmp_path, folder):
    control = tmp_path / "control"
    subprocess.run(
        ["dpkg-deb", "--control", str(built(tmp_path, folder)), str(control)], check=True
    )

    assert (control / "conffiles").read_text().splitlines() == [
        "/etc/paser-command/layers/posko.json",
        "/etc/paser-command/site.toml",
    ]


def test_the_same_folder_gives_the_same_package(tmp_path, folder):
    one, other = built(tmp_path, folder, "one"), built(tmp_path, folder, "other")

    assert one.read_bytes() == other.read_bytes()


def test_a_site_file_with_mistakes_is_refused(tmp_path, folder):
    (folder / "site.toml").write_text(SITE.replace("116.19", "1160"))

    said = run(tmp_path, "site", "build", str(folder), "--name", "paser", "--package-version", "1")

    assert said.code == 2
    assert "site.toml:4: site.lon" in said.errors


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"--name": "Paser Raya"}, "2 to 40 of the characters a to z"),
        ({"--package-version": "v1"}, "begins with a digit"),
    ],
)
def test_a_name_that_debian_does_not_take_is_refused(tmp_path, folder, changed, told):
    words = {"--name": "paser", "--package-version": "1"} | changed

    said = run(tmp_path, "site", "build", str(folder), *sum(words.items(), ()))

    assert (said.code, told in said.errors) == (2, True)


def test_a_folder_without_a_site_file_is_refused(tmp_path):
    said = run(tmp_path, "site", "build", str(tmp_path), "--name", "pp", "--package-version", "1")

    assert (said.code, "has no file site.toml" in said.errors) == (2, True)
