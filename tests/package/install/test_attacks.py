"""What was not made by the holder of the keys is refused, and apt or we say why."""

import gzip
import re
import subprocess

import pytest

from tests.package.install.conftest import NEXT
from tests.package.install.roots import Root
from tools.package.keys import gpg, stop_agent, trial_keys
from tools.package.sums import write_sums

REPOSITORY = "srv/paser-command"
STABLE = f"{REPOSITORY}/dists/stable"


@pytest.fixture(scope="session")
def strangers_keys(tmp_path_factory):
    """Keys that nobody trusts."""
    made = trial_keys(tmp_path_factory.mktemp("stranger") / "keys")
    yield made
    stop_agent(made.home)


def signed_again(root: Root, keys, change=lambda text: text) -> None:
    """Sign the index of the root's repository, changed, by these keys."""
    release = root / STABLE / "Release"
    release.write_text(change(release.read_text()))
    signed = gpg(keys.home, "--clearsign", "--output", "-", str(release))
    (root / STABLE / "InRelease").write_bytes(signed)
    (root / STABLE / "Release.gpg").unlink()


def candidate(root: Root) -> str:
    told = root.run("apt-cache", "policy", "paser-command").text
    found = re.search(r"Candidate: (\S+)", told)
    return found[1] if found else ""


@pytest.mark.short
def test_a_repository_signed_by_a_stranger(clean, shelf, strangers_keys):
    clean.serve(shelf["old"])
    signed_again(clean, strangers_keys)

    said = clean.apt("update", check=False)

    assert said.code != 0
    assert "NO_PUBKEY" in said
    assert candidate(clean) == ""


def test_a_stranger_does_not_replace_an_index_that_was_trusted(installed, shelf, strangers_keys):
    installed.serve(shelf["new"])
    signed_again(installed, strangers_keys)

    said = installed.apt("update", check=False)

    assert (said.code != 0, "NO_PUBKEY" in said) == (True, True)
    assert candidate(installed) != NEXT


@pytest.mark.short
def test_a_repository_without_its_signature(clean, shelf):
    clean.serve(shelf["old"])
    for name in ("InRelease", "Release.gpg"):
        (clean / STABLE / name).unlink()

    said = clean.apt("update", check=False)

    assert (said.code != 0, "is not signed" in said) == (True, True)
    assert candidate(clean) == ""


@pytest.mark.short
def test_an_index_that_was_altered(clean, shelf):
    clean.serve(shelf["old"])
    index = clean / STABLE / "main/binary-amd64/Packages.gz"
    told = gzip.decompress(index.read_bytes()).replace(b"Version: ", b"Version: 9")
    index.write_bytes(gzip.compress(told, mtime=0))
    (index.parent / "Packages").write_bytes(told)

    said = clean.apt("update", check=False)

    assert said.code != 0
    assert "unexpected size" in said or "Hash Sum mismatch" in said
    assert candidate(clean) == ""


@pytest.mark.short
def test_a_package_that_was_altered(clean, shelf):
    clean.serve(shelf["old"])
    package = next((clean / REPOSITORY).rglob("paser-command_*.deb"))
    whole = bytearray(package.read_bytes())
    whole[len(whole) // 2] ^= 1
    package.unlink()
    package.write_bytes(whole)
    clean.apt("update")

    said = clean.apt("install", "paser-command", check=False)

    assert (said.code != 0, "Hash Sum mismatch" in said) == (True, True)
    assert not (clean / "opt/paser-command").exists()


@pytest.mark.short
def test_an_old_repository_shown_to_one_who_knows_the_newer(installed, shelf):
    installed.serve(shelf["new"])
    installed.apt("update")
    said_before = installed.run("paser-command", "verify", "--repository")
    installed.serve(shelf["old"])

    installed.apt("update")
    said = installed.run("paser-command", "verify", "--repository", check=False)

    assert candidate(installed) == NEXT
    assert "as new as this machine knows" in said_before
    assert (said.code, "somebody may be holding upgrades back" in said) == (1, True), said.text


@pytest.mark.short
def test_a_repository_whose_time_is_over(clean, shelf, keys):
    clean.serve(shelf["old"])
    over = "Valid-Until: Mon, 02 Nov 2026 00:00:00 UTC"
    signed_again(clean, keys, lambda text: re.sub(r"Valid-Until: .*", over, text))

    said = clean.apt("update", check=False)

    assert (said.code != 0, "is expired" in said or "is not valid anymore" in said) == (True, True)
    assert candidate(clean) == ""


@pytest.mark.short
def test_a_package_carried_by_hand_without_its_signature(package, keys, strangers_keys, tmp_path):
    carried = tmp_path / package.name
    carried.write_bytes(package.read_bytes() + b"x")
    check = ["minisign", "-V", "-m", "SHA256SUMS", "-p", str(keys.public)]

    unsigned = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True)
    write_sums(tmp_path, strangers_keys, "by a stranger")
    strange = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True)
    (tmp_path / "SHA256SUMS").unlink()
    carried.write_bytes(package.read_bytes())
    write_sums(tmp_path, keys, "ours")
    whole = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True)
    carried.write_bytes(b"other")
    altered = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True
    )

    assert unsigned.returncode != 0
    assert strange.returncode != 0
    assert whole.returncode == 0
    assert (altered.returncode, "FAILED" in altered.stdout) == (1, True)
