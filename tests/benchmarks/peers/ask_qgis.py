"""Asks QGIS how long it takes for the same points; None where it is not installed."""

import json
import subprocess
import tempfile
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from paser_command.geo import Box

_PYTHON = "/usr/bin/python3"
"""The one that Debian's python3-qgis is for."""
_LONGEST_S = 600
_SCRIPT = Path(__file__).with_name("qgis_points.py")


def frame_ms(points: NDArray[np.float64], box: Box, width: int, height: int) -> float | None:
    """Return the median milliseconds of a frame. `points` is (n, 3): degrees and severity."""
    if not _installed():
        return None
    with tempfile.NamedTemporaryFile(suffix=".points") as file:
        points.astype(np.float64).tofile(file.name)
        edges = (box.west, box.south, box.east, box.north)
        argv = [_PYTHON, str(_SCRIPT), file.name, *(str(one) for one in (width, height, *edges))]
        told = _run(argv)
    frames: list[float] = json.loads(told.splitlines()[-1])
    return median(frames)


def _installed() -> bool:
    if not Path(_PYTHON).exists():
        return False
    asked = subprocess.run(
        [_PYTHON, "-c", "import qgis.core"], env=_ENVIRONMENT, capture_output=True, check=False
    )
    return asked.returncode == 0


def _run(argv: list[str]) -> str:
    return subprocess.run(
        argv, env=_ENVIRONMENT, capture_output=True, text=True, timeout=_LONGEST_S, check=True
    ).stdout


_ENVIRONMENT = {"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "HOME": "/tmp"}
