"""`make medium`: the repository to carry, a folder and an ISO, with the Debian packages it needs.

A workstation that has no network installs from it by `sh install.sh`: the same keys, the same
checks. What comes from Debian was checked by this machine's apt, and is signed anew with the rest.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.package import deb
from tools.package.changes import version_of
from tools.package.freeze import DIST, ROOT, commit_epoch
from tools.package.keys import TRIAL_KEYS, Keys, keys_in, stop_agent, trial_keys
from tools.package.repository import Repository
from tools.package.stage import HERE

_URL = "file:/media/paser-command"


def needed_packages(package: Path, cache: Path, *others: str) -> list[Path]:
    """Return all Debian packages that ours and the others need on a machine that has none.

    apt fetches them into the cache; what was there before is returned too.
    """
    told = subprocess.run(
        ["dpkg-deb", "-f", str(package), "Depends"], check=True, capture_output=True, text=True
    )
    names = [re.split(r"[ |(]", part.strip())[0] for part in told.stdout.split(",")]
    archives = cache / "archives"
    (archives / "partial").mkdir(parents=True, exist_ok=True)
    status = cache / "status"
    status.touch()
    _fetch([*names, *others], [f"Dir::State::status={status}", f"Dir::Cache::archives={archives}"])
    return sorted(archives.glob("*.deb"))


def _fetch(names: Sequence[str], settings: Sequence[str]) -> None:
    options = [word for setting in settings for word in ("-o", setting)]
    command = ["apt-get", "--quiet=2", "--yes", "--no-install-recommends", "--download-only"]
    sandbox = ["-o", "APT::Sandbox::User=root", "-o", "Debug::NoLocking=1"]
    subprocess.run(
        [*command, *options, *sandbox, "install", *names], check=True, stdout=subprocess.DEVNULL
    )


def make_medium(
    folder: Path, package: Path, keys: Keys, work: Path, others: Sequence[Path]
) -> None:
    """Make the folder: a repository of its own, with how to install from it."""
    deb.fresh(folder)
    repository = Repository(folder, deb.fresh(work / "medium-state"), keys, ("main", "system"))
    repository.open()
    repository.put_systems(needed_packages(package, deb.fresh(work / "debian")))
    repository.put(package)
    for name in ("install.sh", "READ-ME.txt", "BACA-SAYA.txt"):
        shutil.copy(HERE / "medium" / name, folder / name)
    repository.describe(_URL, others)


def make_iso(folder: Path, target: Path, epoch: int) -> bool:
    """Write the folder as an ISO; False where xorriso is not installed."""
    if shutil.which("xorriso") is None:
        return False
    how = ["xorriso", "-as", "mkisofs", "-quiet", "-r", "-J", "-joliet-long"]
    subprocess.run(
        [*how, "-V", "PASER_COMMAND", "-o", str(target), str(folder)],
        check=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch)},
    )
    return True


def main() -> int:
    """Make the medium of this version."""
    given = os.environ.get("KEYS", "")
    keys = keys_in(Path(given)) if given else trial_keys(TRIAL_KEYS)
    version = version_of(ROOT)
    package = DIST / f"paser-command_{version}_amd64.deb"
    if not package.exists():
        sys.exit(f"{package} is missing: make package")
    folder = DIST / "medium"
    try:
        bill = DIST / f"paser-command_{version}.cdx.json"
        make_medium(folder, package, keys, ROOT / "build" / "package", [bill])
    finally:
        stop_agent(keys.home)
    iso = DIST / f"paser-command_{version}.iso"
    made = make_iso(folder, iso, commit_epoch())
    print(folder.relative_to(ROOT), iso.relative_to(ROOT) if made else "(no ISO: no xorriso)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
