"""What the first window does not need is not loaded before it."""

import sys

from tests.patience import patient
from tests.processes import run

POSTGRESQL = "sqlalchemy.dialects.postgresql"
HEAVY = ("psycopg", "requests", "shapely", "pyproj", "pyqtgraph", "alembic", "folium", POSTGRESQL)
PANELS = "import paser_plugins.map.panel, paser_plugins.incidents.panel"


def test_the_console_loads_nothing_that_only_some_need():
    told = f"import sys, paser_ui.app; {PANELS}; print(*(set({HEAVY}) & sys.modules.keys()))"

    assert _printed(told).split() == []


def test_no_source_is_read_for_the_sake_of_the_bindings_features():
    told = f"import linecache, paser_ui.app; {PANELS}; print(*linecache.cache, sep='\\n')"

    read = _printed(told).splitlines()

    assert [file for file in read if "paser" in file and not file.startswith("<")] == []


def test_a_module_that_asks_for_the_bindings_features_still_has_them(tmp_path):
    (tmp_path / "asks.py").write_text(
        "from PySide6.QtCore import QObject\n"
        "from __feature__ import snake_case\n"
        "def name(thing): return thing.object_name()\n"
    )
    told = (
        f"import sys, paser_ui; sys.path.append({str(tmp_path)!r})\n"
        "from PySide6.QtCore import QObject\n"
        "import asks\n"
        "thing = QObject(); thing.setObjectName('gauge')\n"
        "print(asks.name(thing), thing.objectName())"
    )

    assert _printed(told).split() == ["gauge", "gauge"]


def _printed(program: str) -> str:
    done = run([sys.executable, "-c", program], timeout=patient(120))
    done.check_returncode()
    return done.stdout
