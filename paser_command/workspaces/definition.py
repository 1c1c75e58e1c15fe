"""What a workspace is: pages, each for a display, and the panels that stand on them."""

import math
import re
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from paser_command.errors import InputError
from paser_command.toml_check import Fault
from paser_command.toml_lines import KeyPath
from paser_command.workspaces.display import Display

FORMAT = 1
"""The version of the files that this program writes."""

MOST_PANELS = 100
MOST_PAGES = 20
MOST_DEEP = 12

PanelName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9_-]{1,60}\Z",
        description="1 to 60 of the characters a to z, 0 to 9, _ and -",
    ),
]
PanelType = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9_]{1,40}\.[a-z0-9_]{1,40}\Z",
        description="a plugin's id, a point, and its panel's id, such as map.map",
    ),
]
Title = Annotated[str, msgspec.Meta(max_length=120)]
Share = Annotated[float, msgspec.Meta(gt=0, le=1_000_000)]
Pixels = Annotated[int, msgspec.Meta(ge=-100_000, le=100_000)]
Pin = Literal["selection", "time", "area"]
State = dict[str, str | int | float | bool]


class Node(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A part of a page: panels in tabs, or parts beside or below one another.

    Just one of `tabs`, `across` and `down` is given. `current` is the tab in front. `shares` are
    the parts' sizes in any unit, all alike where there are none.
    """

    tabs: tuple[PanelName, ...] = ()
    current: str = ""
    across: tuple["Node", ...] = ()
    down: tuple["Node", ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def parts(self) -> tuple["Node", ...]:
        """The parts of a split; none of tabs."""
        return self.across or self.down

    def panels(self) -> Iterator[str]:
        """Give the names of all panels in it."""
        yield from self.tabs
        for part in self.parts:
            yield from part.panels()


class Floating(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Panels in a window of their own: left, top, width and height from their display's corner."""

    at: tuple[Pixels, Pixels, Pixels, Pixels]
    layout: Node


class Page(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"floating": "float"},
):
    """What one display shows, or one window of a desk.

    `display` is the one that it stood on; where that is not there, `place` says which of those
    present it wants, counted from 1. A "free" window stands at `at`: left, top, width and height
    from its display's corner. Pages of one `time` above 0 are moved in time together, apart from
    the others; `own_time` is an older word for a time of its own.
    """

    name: Title = ""
    place: Annotated[int, msgspec.Meta(ge=1, le=MOST_PAGES)] = 1
    display: Display | None = None
    window: Literal["full", "free"] = "full"
    at: tuple[Pixels, Pixels, Pixels, Pixels] | None = None
    own_time: bool = False
    time: Annotated[int, msgspec.Meta(ge=0, le=MOST_PAGES)] = 0
    layout: Node = Node()
    floating: tuple[Floating, ...] = ()

    def panels(self) -> Iterator[str]:
        """Give the names of all panels on it."""
        yield from self.layout.panels()
        for one in self.floating:
            yield from one.layout.panels()


class PanelSpec(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A panel: of which type, what people call it, what it does not follow, and its settings."""

    type: PanelType
    title: Title = ""
    pinned: tuple[Pin, ...] = ()
    state: State = {}


class Workspace(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"panels": "panel", "pages": "page"},
):
    """A whole workspace. What is `locked` does not remember what is changed while it is shown."""

    format: Annotated[int, msgspec.Meta(ge=1)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    locked: bool = False
    panels: Annotated[dict[PanelName, PanelSpec], msgspec.Meta(max_length=MOST_PANELS)] = {}
    pages: Annotated[tuple[Page, ...], msgspec.Meta(min_length=1, max_length=MOST_PAGES)]


def faults(workspace: Workspace) -> Iterator[Fault]:
    """Give what is wrong with a workspace whose parts are right by themselves."""
    stands: dict[str, KeyPath] = {}
    for number, page in enumerate(workspace.pages):
        where: KeyPath = ("page", number)
        yield from _window(page, where)
        yield from _node(page.layout, (*where, "layout"), workspace, stands)
        for place, one in enumerate(page.floating):
            inside: KeyPath = (*where, "float", place)
            yield from _node(one.layout, (*inside, "layout"), workspace, stands)
            if not any(one.layout.panels()):
                yield inside, InputError("a window of its own needs a panel")


def free_name(taken: Iterator[str] | set[str], wanted: str) -> str:
    """Return a name for one more panel: the wanted one, or that with a number."""
    names = set(taken)
    stem = re.sub(r"[^a-z0-9_-]", "-", wanted.lower())[:50] or "panel"
    if stem not in names:
        return stem
    return next(name for n in range(2, len(names) + 3) if (name := f"{stem}-{n}") not in names)


def _window(page: Page, where: KeyPath) -> Iterator[Fault]:
    if page.at is not None and (page.at[2] < 1 or page.at[3] < 1):
        yield (*where, "at"), InputError("a window is at least one pixel wide and high")


def _node(
    node: Node, where: KeyPath, workspace: Workspace, stands: dict[str, KeyPath], deep: int = 0
) -> Iterator[Fault]:
    if deep > MOST_DEEP:
        yield where, InputError("parts lie in parts more than {most} deep", most=MOST_DEEP)
        return
    given = [name for name in ("tabs", "across", "down") if getattr(node, name)]
    if len(given) > 1:
        words = " + ".join(given)
        yield where, InputError("a part has tabs, across or down; here are {given}", given=words)
    if node.shares and len(node.shares) != len(node.parts):
        yield (
            (*where, "shares"),
            InputError(
                "there are {parts} parts and {shares} shares",
                parts=len(node.parts),
                shares=len(node.shares),
            ),
        )
    elif node.shares and not math.isfinite(sum(node.shares)):
        yield (*where, "shares"), InputError("must be a finite number, and is {found}", found="inf")
    yield from _tabs(node, where, workspace, stands)
    for kind in ("across", "down"):
        for place, part in enumerate(getattr(node, kind)):
            yield from _node(part, (*where, kind, place), workspace, stands, deep + 1)


def _tabs(
    node: Node, where: KeyPath, workspace: Workspace, stands: dict[str, KeyPath]
) -> Iterator[Fault]:
    for place, name in enumerate(node.tabs):
        at = (*where, "tabs", place)
        if name not in workspace.panels:
            yield at, InputError("there is no panel {name} in this file", name=name)
        elif name in stands:
            yield at, InputError("the panel {name} stands somewhere else already", name=name)
        stands.setdefault(name, at)
    if node.current and node.current not in node.tabs:
        yield (
            (*where, "current"),
            InputError("the tab in front, {name}, is none of the tabs", name=node.current),
        )
