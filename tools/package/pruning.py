"""Which files of the frozen program nobody uses: they are left out of the package.

Qt's wheel brings far more than windows need. Of its plugins those stay that a desk on X11 or
Wayland loads; of its libraries those that something in the program links to. What lies in the
system's own folders stays out: the package depends on Debian's, so Debian mends them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
"""Where it goes in the program, where it comes from, what kind PyInstaller calls it."""

Links = Callable[[str], Iterable[str]]
"""Gives the names of the libraries that a file links to."""

QT_LIBRARIES = "PySide6/Qt/lib/"
_QT_PLUGINS = "PySide6/Qt/plugins/"
_KEPT_QT_PLUGINS = re.compile(
    r"platforms/libq(xcb|offscreen|minimal|wayland.*)\.so"
    r"|platforminputcontexts/lib(compose|ibus)platforminputcontextplugin\.so"
    r"|platformthemes/libqxdgdesktopportal\.so"
    r"|imageformats/libq(jpeg|webp)\.so"
    r"|xcbglintegrations/.*|wayland-.*"
)
_LOCALES = re.compile(r"(root|global|id|en)(_[A-Z]{2})?\.dat")
_KEPT_REGIONS = ("root", "global", "id", "id_ID", "en", "en_US", "en_GB")
_UNUSED_HOOKS = frozenset(
    {
        # Imports Qt into every process, the collector's too; PySide finds its plugins by itself.
        "pyi_rth_pyside6",
        # For what nobody does: workers of multiprocessing, listing a package's modules, sources.
        "pyi_rth_multiprocessing",
        "pyi_rth_pyqtgraph_multiprocess",
        "pyi_rth_pkgutil",
        "pyi_rth_inspect",
    }
)
_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")


def kept_binaries(entries: Iterable[Entry], links: Links | None = None) -> list[Entry]:
    """Return the libraries and extension modules that the program needs and Debian has not."""
    ours = [entry for entry in entries if not _is_debians(entry) and not _is_unused(entry[0])]
    reached = _reached(ours, links or _links)
    return [
        entry
        for entry in ours
        if not entry[0].startswith(QT_LIBRARIES) or PurePosixPath(entry[0]).name in reached
    ]


def kept_data(entries: Iterable[Entry]) -> list[Entry]:
    """Return the data files without translations, languages and tests that nobody reads."""
    return [entry for entry in entries if not _is_unused(entry[0])]


def kept_scripts(entries: Iterable[Entry]) -> list[Entry]:
    """Return the program's first lines without PyInstaller's own that only cost time."""
    return [entry for entry in entries if entry[0] not in _UNUSED_HOOKS]


def _is_debians(entry: Entry) -> bool:
    """Tell whether Debian has the file; Python itself is not always Debian's, and comes along."""
    return entry[1].startswith(_SYSTEM_FOLDERS) and "python" not in entry[1]


def _is_unused(target: str) -> bool:
    path = PurePosixPath(target)
    if target.startswith(_QT_PLUGINS):
        return not _KEPT_QT_PLUGINS.fullmatch(target.removeprefix(_QT_PLUGINS))
    if target.startswith("babel/locale-data/"):
        return path.stem not in _KEPT_REGIONS
    return target.startswith(("PySide6/Qt/translations/", "PySide6/Qt/qml/")) or (
        "tests" in path.parts or path.suffix in (".pyi", ".pxd", ".h", ".c")
    )


def _reached(entries: Sequence[Entry], links: Links) -> set[str]:
    """Return the names of the libraries that something which stays links to, at any remove."""
    sources = {PurePosixPath(target).name: source for target, source, _ in entries}
    waiting = [source for target, source, _ in entries if not target.startswith(QT_LIBRARIES)]
    reached: set[str] = set()
    while waiting:
        for name in links(waiting.pop()):
            if name in sources and name not in reached:
                reached.add(name)
                waiting.append(sources[name])
    return reached


def _links(source: str) -> Iterable[str]:
    from PyInstaller.depend.bindepend import get_imports

    return [PurePosixPath(name).name for name, _ in get_imports(source)]
