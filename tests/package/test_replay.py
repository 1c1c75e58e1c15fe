"""An old repository that is shown to a machine which knows the newer is told of, by apt's means."""

import os
import shutil
import subprocess

import pytest

from paser_command.errors import PaserError
from paser_command.installed.repository import ask_repository
from tests.package.test_repository import package
from tools.package.keys import stop_agent, trial_keys
from tools.package.repository import SOURCES, Repository

INDEX = "_srv_paser-command_dists_stable_InRelease"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    made = trial_keys(tmp_path_factory.mktemp("keys") / "k")
    yield made
    stop_agent(made.home)


@pytest.fixture
def shown(tmp_path, keys):
    """A repository of one version as the administrator's sources file names it."""
    if shutil.which("reprepro") is None or shutil.which("apt-get") is None:
        if os.environ.get("CI"):
            pytest.fail("reprepro or apt is not installed here")
        pytest.skip("reprepro or apt is not installed here: apt-get install reprepro")
    made = Repository(tmp_path / "shown", tmp_path / "state", keys)
    made.open()
    made.put(package(tmp_path, "1.0"))
    made.describe(f"file:{made.folder}", [])
    return made


@pytest.fixture
def lists(tmp_path):
    """Where apt keeps what it has seen: nothing yet."""
    folder = tmp_path / "lists"
    folder.mkdir()
    return folder


def date_changed(text, years):
    """Return the index as if it had been signed years later."""
    year = subprocess.run(["date", "+%Y"], capture_output=True, text=True).stdout.strip()
    return text.replace(f" {year} ", f" {int(year) + years} ")


def test_what_is_as_new_as_known_is_no_replay(shown, lists):
    shutil.copy(shown.folder / "dists/stable/InRelease", lists / INDEX)

    answer = ask_repository(shown.folder / SOURCES, lists)

    assert answer.known == answer.served
    assert not answer.is_older


def test_one_that_is_older_than_known_is_told(shown, lists):
    newer = date_changed((shown.folder / "dists/stable/InRelease").read_text(), 1)
    (lists / INDEX).write_text(newer)

    answer = ask_repository(shown.folder / SOURCES, lists)

    assert answer.is_older


def test_a_machine_that_has_seen_none_cannot_tell(shown, lists):
    answer = ask_repository(shown.folder / SOURCES, lists)

    assert (answer.known, answer.is_older) == (None, False)


def test_an_index_of_others_is_not_ours(shown, lists):
    text = date_changed((shown.folder / "dists/stable/InRelease").read_text(), 1)
    (lists / INDEX).write_text(text.replace("Origin: Paser Command", "Origin: Debian"))

    assert ask_repository(shown.folder / SOURCES, lists).known is None


def test_what_apt_refuses_is_told_in_its_words(shown, lists):
    (shown.folder / "dists/stable/InRelease").unlink()
    (shown.folder / "dists/stable/Release.gpg").unlink()

    with pytest.raises(PaserError, match="is not signed"):
        ask_repository(shown.folder / SOURCES, lists)


def test_a_medium_that_is_not_in_use_is_no_repository(shown, lists):
    sources = shown.folder / SOURCES
    sources.write_text(sources.read_text().replace("Types: deb", "Enabled: no\nTypes: deb"))

    with pytest.raises(PaserError, match="names no repository that is in use"):
        ask_repository(sources, lists)
