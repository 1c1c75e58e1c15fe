"""`make repository`: the signed APT repository with the packages that `make package` built.

    dist/repository/            what is published: dists, pool, the sources file, sums
    dist/repository-state/      reprepro's own memory, which stays with the releaser

REPOSITORY_URL is where it will be found. A package that is put in sends the one of before into the
suite `previous`, as reprepro keeps one version a suite.
"""

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tools.package.changes import version_of
from tools.package.deb import fresh
from tools.package.freeze import DIST, ROOT
from tools.package.keys import TRIAL_KEYS, Keys, fingerprint, gpg, keys_in, stop_agent, trial_keys
from tools.package.stage import HERE, filled
from tools.package.sums import write_sums

VALID_DAYS = 30
SOURCES = "paser-command.sources"
SUITES = ("stable", "previous")
_URL = "file:///srv/paser-command"


class Repository(NamedTuple):
    """A repository: what is published, reprepro's memory, who signs it, its components."""

    folder: Path
    state: Path
    keys: Keys
    components: tuple[str, ...] = ("main",)

    def open(self) -> None:
        """Make what reprepro wants, and unlock the key; what is there already stays."""
        configuration = self.state / "conf"
        configuration.mkdir(parents=True, exist_ok=True)
        stanzas = [self._stanza(suite) for suite in SUITES]
        (configuration / "distributions").write_text("\n".join(stanzas), encoding="utf-8")
        self.keys.unlock()

    def put(self, package: Path) -> None:
        """Put our package in; the one of before goes to `previous`. What is in is signed anew."""
        there = next((self.folder / "pool").rglob(package.name), None)
        if there is None:
            self._reprepro("copy", "previous", "stable", "paser-command")
            self._reprepro("includedeb", "stable", str(package))
        elif not filecmp.cmp(there, package, shallow=False):
            sys.exit(f"{package.name} is in the repository with other bytes: give a new version")
        self._reprepro("export")

    def put_systems(self, packages: Iterable[Path]) -> None:
        """Put Debian's own packages in, as they are."""
        names = [str(path) for path in packages]
        self._reprepro("-C", "system", "includedeb", "stable", *names)

    def describe(self, url: str, others: Sequence[Path]) -> None:
        """Write the sources file, copy what belongs beside it, and sign the sums of all."""
        key = gpg(self.keys.home, "--armor", "--export", fingerprint(self.keys.home)).decode()
        facts = {"URL": url, "COMPONENTS": " ".join(self.components), "KEY": _embedded(key)}
        sources = filled(HERE / "files" / f"{SOURCES}.in", facts)
        (self.folder / SOURCES).write_text(sources, encoding="utf-8")
        for path in (*others, self.keys.public, self.keys.archive):
            shutil.copy(path, self.folder / path.name)
        version = version_of(ROOT)
        write_sums(self.folder, self.keys, f"paser-command {version} repository")

    def _stanza(self, suite: str) -> str:
        lines = {
            "Origin": "Paser Command",
            "Label": "Paser Command",
            "Suite": suite,
            "Codename": suite,
            "Architectures": "amd64",
            "Components": " ".join(self.components),
            "Description": "Paser Command",
            "SignWith": fingerprint(self.keys.home),
            "ValidFor": f"{VALID_DAYS}d",
        }
        return "".join(f"{name}: {value}\n" for name, value in lines.items())

    def _reprepro(self, *words: str) -> None:
        places = ["--basedir", str(self.state), "--outdir", str(self.folder)]
        subprocess.run(
            ["reprepro", "--silent", "--silent", *places, *words],
            check=True,
            env=os.environ | {"GNUPGHOME": str(self.keys.home)},
        )


def _embedded(key: str) -> str:
    """Return the armoured key as a field of a deb822 file has it."""
    return "\n".join(f" {line or '.'}" for line in key.strip().splitlines())


def main() -> int:
    """Put the package of this version into the repository."""
    given = os.environ.get("KEYS", "")
    keys = keys_in(Path(given)) if given else trial_keys(TRIAL_KEYS)
    version = version_of(ROOT)
    package = DIST / f"paser-command_{version}_amd64.deb"
    if not package.exists():
        sys.exit(f"{package} is missing: make package")
    repository = Repository(DIST / "repository", DIST / "repository-state", keys)
    if keys.are_for_a_trial:
        fresh(repository.folder)
        fresh(repository.state)
    try:
        repository.open()
        repository.put(package)
        bill = DIST / f"paser-command_{version}.cdx.json"
        repository.describe(os.environ.get("REPOSITORY_URL", _URL), [bill])
    finally:
        stop_agent(keys.home)
    print(f"{repository.folder.relative_to(ROOT)}: version {version}, good for {VALID_DAYS} days")
    return 0


if __name__ == "__main__":
    sys.exit(main())
