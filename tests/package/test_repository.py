"""A repository holds a version once, keeps the one of before, and is signed anew when asked."""

import re
import subprocess

import pytest

from tools.package import deb
from tools.package.keys import stop_agent, trial_keys
from tools.package.repository import Repository

EPOCH = 1_795_646_000


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    made = trial_keys(tmp_path_factory.mktemp("keys") / "k")
    yield made
    stop_agent(made.home)


@pytest.fixture
def repository(tmp_path, keys):
    if subprocess.run(["which", "reprepro"], capture_output=True, check=False).returncode:
        pytest.skip("reprepro is not installed here: apt-get install reprepro")
    made = Repository(tmp_path / "published", tmp_path / "state", keys)
    made.open()
    return made


def package(folder, version, text="x"):
    root = folder / f"{version}-{text}"
    (root / "opt").mkdir(parents=True)
    (root / "opt" / "file").write_text(text)
    deb.settle(root, EPOCH)
    control = (
        f"Package: paser-command\nVersion: {version}\nArchitecture: amd64\nSection: misc\n"
        "Priority: optional\nMaintainer: m <m@m.invalid>\nDescription: d\n"
    )
    deb.write_control(root, {"control": control})
    target = folder / text / f"paser-command_{version}_amd64.deb"
    deb.pack(root, target, EPOCH)
    return target


def versions(repository, suite):
    index = repository.folder / "dists" / suite / "main" / "binary-amd64" / "Packages"
    return re.findall(r"^Version: (\S+)$", index.read_text(), re.MULTILINE)


def test_the_version_of_before_is_kept(repository, tmp_path):
    for version in ("1.0", "2.0", "3.0"):
        repository.put(package(tmp_path, version))

    assert (versions(repository, "stable"), versions(repository, "previous")) == (["3.0"], ["2.0"])


def test_an_index_is_good_for_thirty_days_and_no_longer(repository, tmp_path):
    repository.put(package(tmp_path, "1.0"))

    told = (repository.folder / "dists/stable/InRelease").read_text()
    dates = re.findall(r"^(?:Date|Valid-Until): \w+, (\d+ \w+ \d+)", told, re.MULTILINE)
    days = subprocess.run(
        ["date", "--utc", "--date", f"{dates[0]} 30 days", "+%-d %b %Y"],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )

    assert days.stdout.strip() == dates[1].lstrip("0")


def test_the_same_package_again_is_signed_anew(repository, tmp_path):
    repository.put(package(tmp_path, "1.0"))

    repository.put(package(tmp_path / "again", "1.0"))

    assert (versions(repository, "stable"), versions(repository, "previous")) == (["1.0"], [])


def test_a_version_with_other_bytes_is_refused(repository, tmp_path):
    repository.put(package(tmp_path, "1.0"))

    with pytest.raises(SystemExit, match="with other bytes: give a new version"):
        repository.put(package(tmp_path, "1.0", "y"))
