"""Packs the frozen program: staged, described, signed, built. Run by build.py."""

import sys
from pathlib import Path

from tools.package import deb, libraries, notices, sbom
from tools.package.changes import debian_changelog, maintainer_of, version_of
from tools.package.contents import parts
from tools.package.freeze import DIST, ROOT
from tools.package.keys import TRIAL_KEYS, Keys, keys_in, stop_agent, trial_keys
from tools.package.signing import sign_tree
from tools.package.stage import HERE, commit_date, filled, stage

# What is no library: postinst's own, and the time zones, which Debian keeps up with the laws.
_PROGRAMS = ("adduser", "tzdata")


def pack(program: Path, epoch: int, keys: Keys, work: Path) -> Path:
    """Return the package of the frozen program, and put its bill of materials beside it."""
    version, maintainer = version_of(ROOT), maintainer_of(ROOT)
    inside, needs = parts(), libraries.depends(program)
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    facts = {
        "VERSION": version,
        "DATE": commit_date(),
        "MAINTAINER": maintainer,
        "DEPENDS": ", ".join([*needs, *_PROGRAMS]),
        "CHANGELOG": debian_changelog(changes, maintainer, epoch),
    }
    root = deb.fresh(work / "root")
    stage(program, root, facts)
    copyright_file = root / "usr/share/doc/paser-command/copyright"
    copyright_file.write_text(notices.copyright_text(inside, ROOT), encoding="utf-8")
    deb.settle(root, epoch)
    sign_tree(root, version, keys, epoch)
    control = _control(facts | {"INSTALLED_SIZE": str(deb.size_kib(root))})
    deb.write_control(root, control)
    target = DIST / f"paser-command_{version}_amd64.deb"
    deb.pack(root, target, epoch)
    sbom.write_bill(DIST / f"paser-command_{version}.cdx.json", inside, needs, epoch)
    return target


def _control(facts: dict[str, str]) -> dict[str, str]:
    debian = HERE / "debian"
    return {
        "control": filled(debian / "control.in", facts),
        "conffiles": "/etc/paser-command/site.toml.example\n",
        "postinst": filled(debian / "postinst.in", facts),
        "prerm": filled(debian / "prerm", facts),
        "postrm": filled(debian / "postrm", facts),
    }


def main(program: str, epoch: str, keys_folder: str) -> int:
    """Pack, and say where the package is."""
    keys = keys_in(Path(keys_folder)) if keys_folder else trial_keys(TRIAL_KEYS)
    try:
        target = pack(Path(program), int(epoch), keys, ROOT / "build" / "package")
    finally:
        stop_agent(keys.home)
    print(f"{target.relative_to(ROOT)} ({target.stat().st_size / 1e6:.1f} MB)")
    if keys.are_for_a_trial:
        print("Signed by throw-away keys. For others: make package KEYS=FOLDER")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
