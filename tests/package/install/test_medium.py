"""The medium that is handed out can be checked, and installs on a bare machine with no network."""

import shutil
import subprocess

import pytest

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
