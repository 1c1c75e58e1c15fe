"""Which Debian packages the frozen program needs: those of the libraries that it links to.

What Qt opens by name only stands in tools/system-packages.sh, which a checkout uses too.
"""

import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tools.package.freeze import ROOT

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)


def depends(program: Path) -> list[str]:
    """Return the packages, each once, with the C library's version first."""
    missing = sorted(_needed(program) - {path.name for path in program.rglob("*.so*")})
    return [_c_library(program), *sorted({*_listed(), *_packages_of(missing)} - {"libc6"})]


def elf_files(program: Path) -> Iterable[Path]:
    """Give the programs and libraries in the folder."""
    for path in sorted(program.rglob("*")):
        if path.is_file() and not path.is_symlink() and _is_elf(path):
            yield path


def headers(path: Path) -> str:
    """Return what objdump tells of a program or library."""
    return subprocess.run(
        ["objdump", "-p", str(path)], check=True, capture_output=True, text=True
    ).stdout


_headers = cache(headers)


def _needed(program: Path) -> set[str]:
    """Return the names of all libraries that a file of the program links to."""
    return {name for path in elf_files(program) for name in _NEEDED.findall(_headers(path))}


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _listed() -> list[str]:
    said = subprocess.run(
        [str(ROOT / "tools" / "system-packages.sh"), "--list"],
        check=True,
        capture_output=True,
        text=True,
    )
    return said.stdout.split()


def _packages_of(libraries: Iterable[str]) -> set[str]:
    places = _places()
    packages = set()
    for name in libraries:
        if name not in places:
            raise SystemExit(f"{name} is linked to, and is not on this system")
        packages.add(_owner(places[name]))
    return packages


def _places() -> dict[str, str]:
    said = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True)
    lines = [line.split() for line in said.stdout.splitlines() if "x86-64" in line]
    return {line[0]: line[-1] for line in reversed(lines)}


def _owner(path: str) -> str:
    """Return the package of the file; merged /usr is known to dpkg by either name."""
    for name in (path, str(Path(path).resolve()), path.removeprefix("/usr"), f"/usr{path}"):
        said = subprocess.run(["dpkg", "-S", name], check=False, capture_output=True, text=True)
        if said.returncode == 0:
            return said.stdout.partition(":")[0]
    raise SystemExit(f"{path} belongs to no package")


def _c_library(program: Path) -> str:
    """Return the dependency on the newest version of the C library's symbols that are used."""
    newest = (2, 17)
    for path in elf_files(program):
        found = re.findall(r"GLIBC_(\d+)\.(\d+)", _headers(path))
        newest = max([newest, *((int(major), int(minor)) for major, minor in found)])
    return f"libc6 (>= {newest[0]}.{newest[1]})"
