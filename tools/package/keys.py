"""The keys of a release: a folder that the releaser holds, or one made for a trial.

release.key   minisign's secret key: signs the list of installed files and SHA256SUMS
release.pub   its public half, which the package carries
gnupg/        GnuPG's home with the key that signs the repository
archive.gpg   its public half, for `Signed-By`
TRIAL         there where the keys were made for a trial: a release refuses them
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import minisign

from tools.package.freeze import ROOT

TRIAL = "TRIAL"
TRIAL_KEYS = ROOT / "build" / "trial-keys"
_UID = "Paser Command archive"


class Keys(NamedTuple):
    """Where the keys lie."""

    folder: Path

    @property
    def public(self) -> Path:
        """The public release key."""
        return self.folder / "release.pub"

    @property
    def archive(self) -> Path:
        """The public key of the repository."""
        return self.folder / "archive.gpg"

    @property
    def home(self) -> Path:
        """GnuPG's home."""
        return self.folder / "gnupg"

    @property
    def are_for_a_trial(self) -> bool:
        """Tell whether the keys are throw-away ones."""
        return (self.folder / TRIAL).exists()

    def sign(self, data: bytes, about: str) -> bytes:
        """Return minisign's signature; `about` stands in it, and is signed too."""
        secret = minisign.SecretKey.from_bytes((self.folder / "release.key").read_bytes())
        if secret.is_encrypted():
            _decrypt(secret)
        return bytes(secret.sign(data, trusted_comment=about))

    def unlock(self) -> None:
        """Let GnuPG's agent hold the repository key open; ends the program where it cannot sign."""
        trial = ["--pinentry-mode", "loopback", "--passphrase-fd", "0", "--output", "-"]
        signed = subprocess.run(
            ["gpg", "--homedir", str(self.home), "--batch", *trial, "--detach-sign", "/dev/null"],
            input=os.environ.get("ARCHIVE_KEY_PASSWORD", "").encode() + b"\n",
            capture_output=True,
        )
        if signed.returncode != 0:
            told = signed.stderr.decode(errors="replace").strip()
            sys.exit(f"{told}\n{self.home} cannot sign; ARCHIVE_KEY_PASSWORD has to open it")


def keys_in(folder: Path) -> Keys:
    """Return the releaser's keys; ends the program where one is missing."""
    keys = Keys(folder.resolve())
    for path in (keys.folder / "release.key", keys.public, keys.archive, keys.home):
        if not path.exists():
            sys.exit(f"{path} is missing: see docs/manual/releasing.md")
    return keys


def trial_keys(folder: Path) -> Keys:
    """Return throw-away keys, made where the folder has none yet."""
    if not (folder / TRIAL).exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_release_key(folder)
        make_archive_key(folder, "1m")
        (folder / TRIAL).write_text("Made for a trial. Sign nothing with these for others.\n")
    return keys_in(folder)


def make_archive_key(folder: Path, expires: str) -> None:
    """Make a repository key: Ed25519, a certifying root and a subkey that signs."""
    home = folder / "gnupg"
    home.mkdir(mode=0o700, exist_ok=True)
    gpg(home, "--quick-generate-key", _UID, "ed25519", "cert", expires)
    gpg(home, "--quick-add-key", fingerprint(home), "ed25519", "sign", expires)
    (folder / "archive.gpg").write_bytes(gpg(home, "--export", fingerprint(home)))


def fingerprint(home: Path) -> str:
    """Return the fingerprint of the root of the first secret key."""
    lines = gpg(home, "--list-secret-keys", "--with-colons").decode().splitlines()
    return next(line.split(":")[9] for line in lines if line.startswith("fpr:"))


def stop_agent(home: Path) -> None:
    """End GnuPG's agent of that home; it would outlive us."""
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)


def _decrypt(secret: minisign.SecretKey) -> None:
    try:
        secret.decrypt(os.environ.get("RELEASE_KEY_PASSWORD", ""))
    except minisign.Error as error:
        sys.exit(f"release.key: {error}; RELEASE_KEY_PASSWORD has to hold it")


def _make_release_key(folder: Path) -> None:
    pair = minisign.KeyPair.generate()
    secret = folder / "release.key"
    secret.touch(mode=0o600)
    secret.write_bytes(bytes(pair.secret_key))
    (folder / "release.pub").write_bytes(bytes(pair.public_key))


def gpg(home: Path, *words: str) -> bytes:
    """Run GnuPG in that home without a question; return what it says."""
    command = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--passphrase", ""]
    return subprocess.run([*command, *words], check=True, capture_output=True).stdout
