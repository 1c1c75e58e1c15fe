"""Desks to measure: so many displays, and so many panels in tabs on each."""

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from paser_command.workspaces.definition import FORMAT, Node, Page, PanelSpec, Workspace

TYPES = ("map.map", "incidents.incidents", "charts.series", "feeds.health")
WINDOWS = 3
PANELS = 24
_WIDTH_PX, _HEIGHT_PX = 1920, 1080


def plug_in(displays: int = WINDOWS) -> None:
    """Have Qt find so many displays beside one another; to be called before Qt begins."""
    screens = [
        {
            "name": f"S{number + 1}",
            "x": number * _WIDTH_PX,
            "y": 0,
            "width": _WIDTH_PX,
            "height": _HEIGHT_PX,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
        for number in range(displays)
    ]
    path = Path(tempfile.mkdtemp(prefix="paser-bench-screens-"), "screens.json")
    path.write_text(json.dumps({"screens": screens}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"


def desk(panels: int = PANELS, windows: int = WINDOWS, types: Sequence[str] = TYPES) -> Workspace:
    """Return a workspace: each window shows a panel of every type, the others are tabs behind."""
    specs: dict[str, PanelSpec] = {}
    places: list[list[list[str]]] = [[[] for _ in types] for _ in range(windows)]
    for number in range(panels):
        name = f"panel-{number}"
        place, window = number % len(types), number // len(types) % windows
        specs[name] = PanelSpec(type=types[place])
        places[window][place].append(name)
    pages = tuple(
        Page(name=f"{at}", place=at, layout=_layout(tabs)) for at, tabs in enumerate(places, 1)
    )
    return Workspace(format=FORMAT, name="bench", panels=specs, pages=pages)


def _layout(tabs: list[list[str]]) -> Node:
    """Stand the groups of tabs in two columns."""
    groups = [Node(tabs=tuple(names)) for names in tabs if names]
    if len(groups) < 2:
        return groups[0] if groups else Node()
    half = len(groups) // 2
    return Node(across=tuple(_column(part) for part in (groups[:half], groups[half:])))


def _column(groups: list[Node]) -> Node:
    return Node(down=tuple(groups)) if len(groups) > 1 else groups[0]
