"""Programs of the system, started by a program that brings its own libraries."""

import os
import sys


def system_environment() -> dict[str, str]:
    """Return the environment for a program of the system.

    PyInstaller tells a frozen program where its own libraries are; others take the system's.
    """
    told = dict(os.environ)
    if getattr(sys, "frozen", False):
        told.pop("LD_LIBRARY_PATH", None)
        if before := told.pop("LD_LIBRARY_PATH_ORIG", ""):
            told["LD_LIBRARY_PATH"] = before
    return told
