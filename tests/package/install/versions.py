"""The package signed anew by throw-away keys, as it is or as a later version.

No releaser's key ever signs what tests make: versions that do not exist, times that are over.
"""

import re
import shutil
import subprocess
from pathlib import Path

from tests.documents import ROOT
from tools.package import deb
from tools.package.changes import version_of
from tools.package.keys import Keys
from tools.package.signing import sign_tree
from tools.package.stage import PROGRAM

EPOCH = 1_795_646_000


def signed_anew(package: Path, keys: Keys, folder: Path, *, later: str = "") -> Path:
    """Return the package signed by these keys; `later` is the version that it says instead.

    A later one has a file more.
    """
    root = folder / "root"
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(root)], check=True)
    control = {
        path.name: path.read_text()
        for path in (root / "DEBIAN").iterdir()
        if path.name != "md5sums"
    }
    shutil.rmtree(root / "DEBIAN")
    if later:
        control = {name: _saying(later, text) for name, text in control.items()}
        internal = root / PROGRAM / "_internal"
        told = next(internal.glob("paser_command-*.dist-info")) / "METADATA"
        told.write_text(_saying(later, told.read_text()))
        (internal / "later.txt").write_text(later)
    version = later or version_of(ROOT)
    deb.settle(root, EPOCH)
    sign_tree(root, version, keys, EPOCH)
    deb.write_control(root, control)
    target = folder / f"paser-command_{version}_amd64.deb"
    deb.pack(root, target, EPOCH)
    shutil.rmtree(root)
    return target


def _saying(version: str, text: str) -> str:
    return re.sub(r"(?m)^(Version: |version=)\S+$", rf"\g<1>{version}", text)
