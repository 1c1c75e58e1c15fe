"""The version stands in one place, and the changelog tells of it."""

import re
import subprocess

from paser_command import __version__
from tests.documents import ROOT
from tools.package.changes import debian_changelog, releases, version_of

CHANGELOG = """\
# Changelog

## [0.2.0] - 2026-12-01

### Added

- One thing,
  told in two lines.
- Another.

## [0.1.0] - unreleased

- The first.
"""


def test_the_program_says_the_version_of_pyproject():
    assert __version__ == version_of(ROOT)


def test_the_changelog_tells_of_this_version_first():
    assert releases((ROOT / "CHANGELOG.md").read_text())[0].version == version_of(ROOT)


def test_each_version_has_its_day_and_its_notes():
    newest, first = releases(CHANGELOG)

    assert (newest.version, newest.day) == ("0.2.0", "2026-12-01")
    assert first.notes == "- The first."


def test_debians_changelog_is_one_that_dpkg_reads(tmp_path):
    file = tmp_path / "changelog"
    file.write_text(debian_changelog(CHANGELOG, "The city <help@city.example>", 1_795_646_000))

    said = subprocess.run(
        ["dpkg-parsechangelog", "--all", "-l", str(file)], capture_output=True, text=True
    )

    assert said.stderr == ""
    assert re.findall(r"^ paser-command \(([\d.]+)\)", said.stdout, re.MULTILINE) == [
        "0.2.0",
        "0.1.0",
    ]
    assert "One thing, told in two lines." in said.stdout
    assert "Maintainer: The city <help@city.example>" in said.stdout
