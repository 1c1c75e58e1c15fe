"""A later version of the package, made of this one: it says another version and has a file more."""

import re
import shutil
import subprocess
from pathlib import Path

from tools.package import deb
from tools.package.keys import Keys
from tools.package.signing import sign_tree
from tools.package.stage import PROGRAM

EPOCH = 1_795_646_000


def next_version(package: Path, version: str, keys: Keys, folder: Path) -> Path:
    """Return the later package, signed by the same keys."""
    root = folder / "root"
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(root)], check=True)
    control = {
        path.name: re.sub(r"(?m)^(Version: |version=)\S+$", rf"\g<1>{version}", path.read_text())
        for path in (root / "DEBIAN").iterdir()
        if path.name != "md5sums"
    }
    shutil.rmtree(root / "DEBIAN")
    internal = root / PROGRAM / "_internal"
    told = next(internal.glob("paser_command-*.dist-info")) / "METADATA"
    told.write_text(re.sub(r"(?m)^Version: .*$", f"Version: {version}", told.read_text()))
    (internal / "later.txt").write_text(version)
    deb.settle(root, EPOCH)
    sign_tree(root, version, keys, EPOCH)
    deb.write_control(root, control)
    target = folder / f"paser-command_{version}_amd64.deb"
    deb.pack(root, target, EPOCH)
    shutil.rmtree(root)
    return target
