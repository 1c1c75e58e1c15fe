"""`make release`: all of one version or nothing: checked, tested, built twice, signed, tagged.

    dist/release/VERSION/    the package, its bill of materials, the sources file, the release key,
                             notes, SHA256SUMS and its signature

Refuses a tree that is not committed, a version that exists, keys for a trial, a maintainer whom no
letter reaches, tests that fail, and two builds that differ. Nothing leaves this machine: publishing
is the releaser's own act.
"""

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.package.changes import Release, maintainer_of, releases, version_of
from tools.package.deb import fresh
from tools.package.freeze import DIST, ROOT
from tools.package.keys import Keys, keys_in, stop_agent
from tools.package.repository import SOURCES
from tools.package.sums import write_sums

NOTES = "RELEASE-NOTES.md"


def main() -> int:
    """Release the version that pyproject.toml names."""
    version = version_of(ROOT)
    keys = keys_in(Path(os.environ.get("KEYS") or sys.exit("KEYS=FOLDER is missing")))
    if reasons := refusals(ROOT, version, keys, os.environ.get("REPOSITORY_URL", "")):
        sys.exit("\n".join(f"no release: {reason}" for reason in reasons))
    _try_to_sign(keys)
    for target in ("check", "test", "package"):
        _make(target)
    package = DIST / f"paser-command_{version}_amd64.deb"
    _refuse_other_bytes(package)
    _make("package-test")
    _make("repository")
    folder = gathered(version, package, keys)
    _git("tag", "--annotate", f"v{version}", "--message", f"Paser Command {version}")
    print(f"{folder.relative_to(ROOT)} and the tag v{version}: publish both, see the manual")
    return 0


def refusals(root: Path, version: str, keys: Keys, url: str) -> list[str]:
    """Return why this may not be released, each reason in a sentence; nothing where it may.

    `url` is where the repository will be found.
    """
    told = []
    if _git("status", "--porcelain", root=root):
        told.append("the tree has changes that are not committed")
    if _git("tag", "--list", f"v{version}", root=root):
        told.append(f"version {version} exists: there is a tag v{version}")
    newest = releases((root / "CHANGELOG.md").read_text(encoding="utf-8"))[0]
    if newest.version != version:
        told.append(f"CHANGELOG.md tells of {newest.version} first, not of {version}")
    elif newest.day == "unreleased":
        told.append(f"CHANGELOG.md calls {version} unreleased: give it its day, and commit")
    if keys.are_for_a_trial:
        told.append(f"{keys.folder} holds keys for a trial")
    if (maintainer := maintainer_of(root)).endswith(".invalid>"):
        told.append(f"nobody reads {maintainer}: give the maintainer in pyproject.toml an address")
    if not url:
        told.append("REPOSITORY_URL is missing: administrators' machines look for packages there")
    return told


def gathered(version: str, package: Path, keys: Keys) -> Path:
    """Put all that is published into one folder, and sign the sums of it."""
    folder = fresh(DIST / "release" / version)
    bill = package.with_name(f"paser-command_{version}.cdx.json")
    for path in (package, bill, DIST / "repository" / SOURCES, keys.public, keys.archive):
        shutil.copy(path, folder / path.name)
    newest = releases((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))[0]
    (folder / NOTES).write_text(notes(newest), encoding="utf-8")
    try:
        write_sums(folder, keys, f"paser-command {version} release")
    finally:
        stop_agent(keys.home)
    return folder


def notes(release: Release) -> str:
    """Return the notes for users and administrators."""
    head = f"# Paser Command {release.version} ({release.day})\n\n"
    upgrade = (
        "\n\n## Upgrade\n\n"
        "`sudo apt-get update && sudo apt-get install paser-command`, or from the medium\n"
        "`sudo sh install.sh`. Consoles that run say so, and go on until they are started anew.\n"
        "The way back: `sudo paser-command-version` with the version of before.\n"
    )
    return head + release.notes + upgrade


def _try_to_sign(keys: Keys) -> None:
    """End here, not in half an hour, where a key stays locked."""
    keys.sign(b"", "a trial")
    try:
        keys.unlock()
    finally:
        stop_agent(keys.home)


def _refuse_other_bytes(package: Path) -> None:
    first = package.with_suffix(".first")
    shutil.move(package, first)
    _make("package")
    if not filecmp.cmp(first, package, shallow=False):
        sys.exit("no release: two builds of one commit differ")
    first.unlink()


def _make(*targets: str) -> None:
    if subprocess.run(["make", *targets], check=False, cwd=ROOT).returncode != 0:
        sys.exit(f"no release: make {' '.join(targets)} failed")


def _git(*words: str, root: Path = ROOT) -> str:
    environment: Mapping[str, str] = os.environ | {"LC_ALL": "C"}
    said = subprocess.run(
        ["git", *words], check=True, cwd=root, env=environment, capture_output=True, text=True
    )
    return said.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
