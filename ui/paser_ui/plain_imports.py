"""Imports stay Python's own: Qt's binding need not read the source of all that is imported.

It does, to learn which modules may ask for its `__feature__` (names in snake_case, properties), and
all lines that it read stay in memory: 28 MiB and 0.2 s of this console's start. Nothing here asks
for one, so each module is taken to be a user of Qt without features; a plugin that asks for one in
its own module still has it there.

Source: measured with PySide6 6.11; https://doc.qt.io/qtforpython-6/developer/feature-motivation.html.
"""

from importlib import import_module
from types import ModuleType

_FEATURES = "shibokensupport.feature"
_SEARCH = "_mod_uses_pyside"


def read_no_source() -> None:
    """Have the binding take each module imported from now on for a user of Qt, without a look.

    Where a version of the binding has no such search there is nothing to do.
    """
    import_module("PySide6")
    features = import_module(_FEATURES)
    if hasattr(features, _SEARCH):
        setattr(features, _SEARCH, _uses_qt)


def _uses_qt(_: ModuleType) -> bool:
    return True
