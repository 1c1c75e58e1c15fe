"""The core of Paser Command: records, journal, picture, collector. No Qt, no windows."""


def __getattr__(name: str) -> str:
    """Return `__version__`, read from the metadata only where somebody asks: no panel does."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("paser-command")
    except PackageNotFoundError:  # read from a folder that was never installed
        return "0+unknown"
