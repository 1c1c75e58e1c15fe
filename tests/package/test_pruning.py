"""Of the frozen program's files those stay that a desk needs and Debian does not have."""

import pytest

from tools.package.pruning import kept_binaries, kept_data, kept_scripts

WHEELS = "/venv/lib/python3.11/site-packages"


def entry(target, source=None):
    return (target, source or f"{WHEELS}/{target}", "BINARY")


def names(entries):
    return [target for target, _, _ in entries]


@pytest.mark.parametrize(
    "unused",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/qml/QtQuick/libqtquick2plugin.so",
        "babel/locale-data/de.dat",
        "numpy/_core/tests/data/x.csv",
    ],
)
def test_what_nobody_uses_is_left_out(unused):
    assert kept_data([entry(unused)]) == []
    assert kept_binaries([entry(unused)], lambda _: []) == []


@pytest.mark.parametrize(
    "used",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforms/libqwayland-generic.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "babel/locale-data/id.dat",
        "babel/locale-data/root.dat",
        "paser_plugins/map/plugin.toml",
    ],
)
def test_what_a_desk_needs_stays(used):
    assert names(kept_data([entry(used)])) == [used]


def test_a_library_of_qt_stays_where_something_links_to_it_at_any_remove():
    qt = "PySide6/Qt/lib/"
    links = {
        f"{WHEELS}/PySide6/QtGui.abi3.so": ["libQt6Gui.so.6"],
        f"{WHEELS}/{qt}libQt6Gui.so.6": ["libQt6Core.so.6", "libc.so.6"],
        f"{WHEELS}/{qt}libQt6Qml.so.6": ["libQt6Network.so.6"],
    }
    libraries = [f"{qt}libQt6{name}.so.6" for name in ("Gui", "Core", "Qml", "Network")]

    kept = kept_binaries(
        [entry("PySide6/QtGui.abi3.so"), *map(entry, libraries)],
        lambda source: links.get(source, []),
    )

    assert names(kept) == ["PySide6/QtGui.abi3.so", *libraries[:2]]


def test_debians_own_libraries_are_left_to_debian():
    system = [entry("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3")]
    python = [entry("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0")]

    assert kept_binaries([*system, *python], lambda _: []) == python


def test_no_process_begins_with_what_only_windows_need():
    ours = [entry("pyi_rth_pyside6"), entry("pyi_rth_inspect"), entry("pyi_rth_pyproj")]

    assert names(kept_scripts([*ours, entry("__main__")])) == ["pyi_rth_pyproj", "__main__"]
