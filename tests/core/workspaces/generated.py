"""Workspaces that tests draw: every shape that a file may have, with strange texts."""

from typing import Any

from hypothesis import strategies as st

from paser_command.workspaces.definition import (
    FORMAT,
    Floating,
    Node,
    Page,
    PanelSpec,
    Workspace,
)
from paser_command.workspaces.display import Display

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ['"""', "'''", "\\", "\x7f\x00\x1f\x85\u2028", "# no comment", "a = 1\r\n[b]", "\ufeff", "é村"]
)
_names = st.from_regex(r"[a-z0-9_-]{1,60}", fullmatch=True)
_types = st.sampled_from(["map.map", "charts.series", "gone.panel", "a.b", "0.9"])
_pixels = st.integers(-100_000, 100_000)
_sides = st.integers(1, 100_000)
_shares = st.floats(0, 1_000_000, exclude_min=True)
_values = (
    texts
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
_states = st.dictionaries(texts, _values, max_size=4)
_rectangles = st.tuples(_pixels, _pixels, _sides, _sides)

displays = st.builds(
    Display,
    maker=texts,
    model=texts,
    serial=texts,
    width_mm=st.integers(0, 5000),
    height_mm=st.integers(0, 5000),
    connector=texts,
)
_panels = st.builds(
    PanelSpec,
    type=_types,
    title=texts,
    pinned=st.lists(st.sampled_from(["selection", "time", "area"]), max_size=3).map(tuple),
    state=_states,
)


@st.composite
def workspaces(draw: st.DrawFn) -> Workspace:
    """A workspace as a file may hold it: every panel stands in one place at most."""
    panels = draw(st.dictionaries(_names, _panels, max_size=5))
    waiting = list(panels)
    pages = draw(st.lists(_page(waiting), min_size=1, max_size=2))
    name = draw(texts.filter(bool))
    return Workspace(
        format=FORMAT, name=name, locked=draw(st.booleans()), panels=panels, pages=tuple(pages)
    )


@st.composite
def _page(draw: st.DrawFn, waiting: list[str]) -> Page:
    values: dict[str, Any] = {
        "name": draw(texts),
        "place": draw(st.integers(1, 20)),
        "display": draw(st.none() | displays),
        "window": draw(st.sampled_from(["full", "free"])),
        "at": draw(st.none() | _rectangles),
        "own_time": draw(st.booleans()),
        "time": draw(st.integers(0, 20)),
        "layout": draw(_node(waiting, 4)),
        "floating": (draw(_floating(waiting.pop())),) if waiting else (),
    }
    return Page(**values)


@st.composite
def _floating(draw: st.DrawFn, panel: str) -> Floating:
    return Floating(at=draw(_rectangles), layout=Node(tabs=(panel,)))


@st.composite
def _node(draw: st.DrawFn, waiting: list[str], deep: int) -> Node:
    if deep == 0 or draw(st.booleans()):
        tabs = tuple(waiting.pop() for _ in range(draw(st.integers(0, len(waiting)))))
        current = draw(st.sampled_from(("", *tabs)))
        return Node(tabs=tabs, current=current)
    parts = tuple(draw(st.lists(_node(waiting, deep - 1), min_size=1, max_size=2)))
    sizes = st.lists(_shares, min_size=len(parts), max_size=len(parts)).map(tuple)
    shares = draw(sizes) if draw(st.booleans()) else ()
    if draw(st.booleans()):
        return Node(across=parts, shares=shares)
    return Node(down=parts, shares=shares)
