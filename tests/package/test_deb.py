"""A package has the same bytes for the same files, root's, whoever built it and when."""

import os
import subprocess

from tools.package import deb

EPOCH = 1_795_646_000
CONTROL = {
    "control": "Package: p\nVersion: 1\nArchitecture: all\nMaintainer: m <m@m.invalid>\n"
    "Description: d\n",
    "postinst": "#!/bin/sh\nexit 0\n",
}


def staged(root, mtime):
    (root / "opt").mkdir(parents=True)
    for name, mode in (("program", 0o777), ("lib.so.1", 0o755), ("text.txt", 0o600)):
        (root / "opt" / name).write_text(name)
        (root / "opt" / name).chmod(mode)
        os.utime(root / "opt" / name, (mtime, mtime))
    deb.settle(root, EPOCH)
    deb.write_control(root, CONTROL)


def packed(folder, mtime):
    staged(folder / "root", mtime)
    deb.pack(folder / "root", folder / "p.deb", EPOCH)
    return folder / "p.deb"


def test_two_builds_are_the_same(tmp_path):
    one, other = packed(tmp_path / "one", 1_000), packed(tmp_path / "other", 2_000_000)

    assert one.read_bytes() == other.read_bytes()


def test_everything_is_roots_and_only_programs_run(tmp_path):
    said = subprocess.run(
        ["dpkg-deb", "--contents", str(packed(tmp_path, 0))], capture_output=True, text=True
    )

    listed = [(line.split()[:2], line.split()[-1]) for line in said.stdout.splitlines()]
    assert {owner for (_, owner), _ in listed} == {"root/root"}
    assert {name: mode for (mode, _), name in listed if not name.endswith("/")} == {
        "./opt/lib.so.1": "-rw-r--r--",
        "./opt/program": "-rwxr-xr-x",
        "./opt/text.txt": "-rw-r--r--",
    }


def test_each_file_has_its_sum(tmp_path):
    staged(tmp_path / "root", 0)

    sums = (tmp_path / "root" / "DEBIAN" / "md5sums").read_text()

    assert [line.split()[1] for line in sums.splitlines()] == [
        "opt/lib.so.1",
        "opt/program",
        "opt/text.txt",
    ]
