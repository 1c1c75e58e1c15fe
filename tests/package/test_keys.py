"""Keys sign what minisign checks, and throw-away ones say that they are."""

import subprocess

import minisign
import pytest

from tools.package.keys import Keys, gpg, keys_in, stop_agent, trial_keys
from tools.package.sums import write_sums

PASSWORD = "rahasia"
LOOPBACK = ("--pinentry-mode", "loopback", "--passphrase", PASSWORD)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    made = trial_keys(tmp_path_factory.mktemp("keys") / "k")
    yield made
    stop_agent(made.home)


def test_keys_made_for_a_trial_say_so(keys):
    assert keys.are_for_a_trial


def test_keys_that_are_there_are_not_made_anew(keys):
    before = keys.public.read_bytes()

    assert trial_keys(keys.folder).public.read_bytes() == before


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(SystemExit, match=r"release\.key is missing"):
        keys_in(tmp_path)


def test_the_same_words_have_the_same_signature(keys):
    assert keys.sign(b"words", "about") == keys.sign(b"words", "about")


def test_the_sums_hold_and_a_changed_one_is_found(keys, tmp_path):
    (tmp_path / "a.deb").write_bytes(b"package")
    write_sums(tmp_path, keys, "test")

    told = (tmp_path / "SHA256SUMS").read_bytes()
    signature = minisign.Signature.from_file(tmp_path / "SHA256SUMS.minisig")
    minisign.PublicKey.from_file(keys.public).verify(told, signature)
    check = ["sha256sum", "--quiet", "-c", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0

    (tmp_path / "a.deb").write_bytes(b"other")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_a_locked_repository_key_is_opened_by_its_password(tmp_path, monkeypatch):
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    gpg(home, *LOOPBACK, "--quick-generate-key", "locked", "ed25519", "sign", "1d")
    stop_agent(home)
    locked = Keys(tmp_path)

    try:
        with pytest.raises(SystemExit, match="ARCHIVE_KEY_PASSWORD has to open it"):
            locked.unlock()
        monkeypatch.setenv("ARCHIVE_KEY_PASSWORD", PASSWORD)
        locked.unlock()
        signed = gpg(home, "--clearsign", "--output", "-", "/dev/null")
    finally:
        stop_agent(home)
    assert b"BEGIN PGP SIGNATURE" in signed


def test_the_repository_key_is_ed25519_and_a_subkey_signs(keys):
    listed = subprocess.run(
        ["gpg", "--homedir", str(keys.home), "--list-keys", "--with-colons"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    root, sub = (
        next(line.split(":") for line in listed if line.startswith(kind)) for kind in ("pub", "sub")
    )
    assert (root[3], root[11].replace("S", "")) == ("22", "cC")
    assert (sub[3], sub[11]) == ("22", "s")
