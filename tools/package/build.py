"""`make package`: the signed Debian package of the commit that is checked out.

Keys come from the folder that KEYS names; without it throw-away keys are made under build/.
"""

import os
import subprocess
import sys

from tools.package.freeze import ROOT, commit_epoch, freeze, make_environment
from tools.package.runpaths import drop_foreign_runpaths

WORK = ROOT / "build" / "package"


def main() -> int:
    """Freeze in an environment of the lock, then pack with that environment's own Python."""
    WORK.mkdir(parents=True, exist_ok=True)
    python = make_environment(WORK / "venv")
    epoch = commit_epoch()
    program = freeze(python, WORK, epoch)
    drop_foreign_runpaths(program)
    keys = os.environ.get("KEYS", "")
    command = [str(python), "-m", "tools.package.packing", str(program), str(epoch), keys]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
