"""What the first window does not need is not loaded before it."""

import subprocess
import sys

POSTGRESQL = "sqlalchemy.dialects.postgresql"
HEAVY = ("psycopg", "requests", "shapely", "pyproj", "pyqtgraph", "alembic", "folium", POSTGRESQL)


def test_the_console_loads_nothing_that_only_some_need():
    panels = "import paser_plugins.map.panel, paser_plugins.incidents.panel"
    told = f"import sys, paser_ui.app; {panels}; print(*(set({HEAVY}) & sys.modules.keys()))"

    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=120
    )

    assert done.stdout.split() == []
