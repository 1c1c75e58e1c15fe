"""A release is refused for every reason that there is, and tells each."""

import subprocess

import pytest

from tools.package.changes import Release
from tools.package.keys import Keys
from tools.package.release import notes, refusals

VERSION = "0.2.0"
URL = "https://packages.city.example/paser-command"
PROJECT = '[project]\nmaintainers = [{ name = "The city", email = "help@city.example" }]\n'
RELEASED = f"# Changelog\n\n## [{VERSION}] - 2026-12-01\n\n- A thing.\n"


@pytest.fixture
def tree(tmp_path):
    """A checkout that may be released."""
    made = tmp_path / "tree"
    made.mkdir()
    (made / "CHANGELOG.md").write_text(RELEASED)
    (made / "pyproject.toml").write_text(PROJECT)
    git(made, "init", "--quiet")
    commit(made)
    return made


@pytest.fixture
def keys(tmp_path):
    """A releaser's keys."""
    folder = tmp_path / "keys"
    folder.mkdir()
    return Keys(folder)


def git(tree, *words):
    who = ("-c", "user.name=t", "-c", "user.email=t@t.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=tree, check=True, capture_output=True)


def commit(tree):
    git(tree, "add", "-A")
    git(tree, "commit", "--quiet", "--message", "x")


def test_a_clean_tree_of_a_new_version_may_be_released(tree, keys):
    assert refusals(tree, VERSION, keys, URL) == []


def test_changes_that_are_not_committed(tree, keys):
    (tree / "new").write_text("")

    assert refusals(tree, VERSION, keys, URL) == ["the tree has changes that are not committed"]


def test_a_version_that_exists(tree, keys):
    git(tree, "tag", f"v{VERSION}")

    assert refusals(tree, VERSION, keys, URL) == [
        f"version {VERSION} exists: there is a tag v{VERSION}"
    ]


def test_a_changelog_of_another_version(tree, keys):
    assert refusals(tree, "0.3.0", keys, URL) == ["CHANGELOG.md tells of 0.2.0 first, not of 0.3.0"]


def test_a_version_without_its_day(tree, keys):
    (tree / "CHANGELOG.md").write_text(RELEASED.replace("2026-12-01", "unreleased"))
    commit(tree)

    assert "calls 0.2.0 unreleased" in refusals(tree, VERSION, keys, URL)[0]


def test_keys_for_a_trial(tree, keys):
    (keys.folder / "TRIAL").touch()

    assert "holds keys for a trial" in refusals(tree, VERSION, keys, URL)[0]


def test_a_maintainer_whom_no_letter_reaches(tree, keys):
    (tree / "pyproject.toml").write_text(PROJECT.replace("city.example", "city.invalid"))
    commit(tree)

    assert refusals(tree, VERSION, keys, URL) == [
        "nobody reads The city <help@city.invalid>: "
        "give the maintainer in pyproject.toml an address"
    ]


def test_a_repository_that_nobody_finds(tree, keys):
    assert refusals(tree, VERSION, keys, "") == [
        "REPOSITORY_URL is missing: administrators' machines look for packages there"
    ]


def test_the_notes_tell_how_to_upgrade_and_the_way_back():
    told = notes(Release(VERSION, "2026-12-01", "- A thing."))

    assert told.startswith("# Paser Command 0.2.0 (2026-12-01)\n\n- A thing.\n\n## Upgrade\n")
    assert "paser-command-version" in told
