"""The core of Paser Command: records, journal, picture, collector. No Qt, no windows."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("paser-command")
except PackageNotFoundError:  # read from a folder that was never installed
    __version__ = "0+unknown"
