"""The same package, frozen on Debian 12, is installed on Ubuntu 24.04 with Ubuntu's own libraries.

Where Ubuntu can be had: `make package-test UBUNTU_MIRROR=URL`.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.package.install.conftest import WORK
from tests.package.install.exercise import shows_its_city
from tests.package.install.roots import SOURCES, Root, made_ubuntu
from tests.package.install.test_medium import PLACE

MIRROR = os.environ.get("UBUNTU_MIRROR", "")

pytestmark = pytest.mark.skipif(not MIRROR, reason="UBUNTU_MIRROR names none")


@pytest.fixture(scope="module")
def base() -> Path:
    """An Ubuntu 24.04 as debootstrap makes it."""
    return made_ubuntu(WORK / "ubuntu", MIRROR)


@pytest.fixture
def ubuntu(base: Path) -> Iterator[Root]:
    """A root of one test's own."""
    root = Root.copy_of(base, WORK / "root")
    try:
        yield root
    finally:
        root.close()


def test_it_is_installed_from_the_repository_and_shows_its_city(ubuntu, shelf, display):
    ubuntu.serve(shelf["old"])
    sources = ubuntu / SOURCES
    # Ours alone: what else it needs comes from Ubuntu, not from Debian.
    sources.write_text(re.sub("Components: .*", "Components: main", sources.read_text()))
    ubuntu.apt("update", alone=False)

    ubuntu.apt("install", "paser-command", alone=False)

    assert "as they were signed" in ubuntu.run("paser-command", "verify")
    shows_its_city(ubuntu, display, "installed-ubuntu")


def test_it_is_installed_from_the_medium_without_a_network(ubuntu, medium, display):
    subprocess.run(["cp", "-a", str(medium), str(ubuntu / PLACE)], check=True)

    said = ubuntu.run("sh", f"/{PLACE}/install.sh")

    assert "as they were signed" in said
    shows_its_city(ubuntu, display, "installed-ubuntu-medium")
