"""Takes out of the frozen program where the machine that built it keeps libraries.

A Python that was built in somebody's home leaves that folder in its modules: the loader would look
there on every workstation, and somebody else may own a folder of that name.
"""

import re
import subprocess
from pathlib import Path

from tools.package.libraries import elf_files, headers

_RUNPATH = re.compile(r"^\s+(?:RUNPATH|RPATH)\s+(\S+)$", re.MULTILINE)


def drop_foreign_runpaths(program: Path) -> None:
    """Let no file of the program look for libraries but beside itself."""
    for path in elf_files(program):
        if foreign_runpaths(path):
            subprocess.run(["patchelf", "--remove-rpath", str(path)], check=True)


def foreign_runpaths(path: Path) -> list[str]:
    """Return where the file has libraries looked for that is not told from its own place."""
    found = _RUNPATH.search(headers(path))
    places = found[1].split(":") if found else []
    return [place for place in places if not place.startswith("$ORIGIN")]
