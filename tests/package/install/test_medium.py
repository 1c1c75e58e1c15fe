"""The medium that is handed out can be checked, and installs on a bare machine with no network."""

import shutil
import subprocess

import pytest

from tests.package.install.conftest import NEXT
from tests.package.install.roots import SOURCES

PLACE = "media/paser-command"


@pytest.fixture
def carried(clean, medium):
    """A clean root into which the medium was put."""
    subprocess.run(["cp", "-a", str(medium), str(clean / PLACE)], check=True)
    return clean


@pytest.mark.short
def test_what_the_administrator_checks_holds(medium):
    check = ["minisign", "-Vm", "SHA256SUMS", "-p", str(medium / "release.pub")]

    subprocess.run(check, cwd=medium, check=True, capture_output=True)
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=medium, check=True)


@pytest.mark.short
def test_it_installs_the_program_that_the_release_key_signed(carried, medium):
    said = carried.run("sh", f"/{PLACE}/install.sh")

    shutil.copy(medium / "release.pub", carried / "root/elsewhere.pub")
    checked = carried.run("paser-command", "verify", "--key", "/root/elsewhere.pub")
    assert "as they were signed" in said
    assert "as they were signed" in checked
    assert "Enabled: no" in (carried / SOURCES).read_text()


def test_one_that_is_older_than_what_is_installed_is_told(installed, shelf, medium):
    installed.serve(shelf["new"])
    installed.apt("update")
    installed.apt("upgrade")
    subprocess.run(["cp", "-a", str(medium), str(installed / PLACE)], check=True)
    # The medium's key is not the one of the tests' repository, and an earlier key counts.
    (installed / SOURCES).unlink()

    said = installed.run("sh", f"/{PLACE}/install.sh", check=False)

    assert (said.code, f"older than {NEXT}, which is installed" in said) == (1, True), said.text
    assert installed.run("paser-command", "--version").text.split()[-1] == NEXT
