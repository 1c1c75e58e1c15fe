"""Debian's own check has nothing against either package but what its overrides explain."""

import subprocess

import pytest

from tests.package.install.test_booted import SITE


def complaints(package, folder):
    """Return what lintian tells of the package, an error or a warning a line."""
    said = subprocess.run(
        ["lintian", "--allow-root", "--tag-display-limit", "0", str(package)],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    return said.stdout.splitlines()


@pytest.mark.timeout(1_200)
def test_the_programs_package(built, tmp_path):
    assert complaints(built, tmp_path) == []


def test_the_package_of_a_site(installed, tmp_path):
    folder = installed / "root/site"
    folder.mkdir()
    (folder / "site.toml").write_text(SITE)
    words = ("--name", "paser", "--package-version", "2026.11.1", "--output", "/root")

    installed.run("paser-command", "site", "build", "/root/site", *words)

    package = installed / "root/paser-command-site-paser_2026.11.1_all.deb"
    assert complaints(package, tmp_path) == []
    installed.run("dpkg", "--install", f"/root/{package.name}")
    installed.run("paser-command", "check", "/etc/paser-command/site.toml")
