"""A workspace as it stands on the screen: its pages, its panels, and how it is remembered."""

from collections.abc import Callable, Iterator

import msgspec
from PySide6.QtCore import QPoint, QRect

from paser_command.workspaces.definition import (
    FORMAT,
    Floating,
    Node,
    Page,
    PanelSpec,
    Workspace,
    free_name,
)
from paser_ui.docking import Docking
from paser_ui.panel_host import PanelHost
from paser_ui.panels import Panels
from paser_ui.times import COMMON
from paser_ui.windows.page import NEW, PageView

Corner = Callable[[PageView], QPoint]
"""Tells where on the desktop the display of a page begins."""


class Board:
    """Pages that are moved between windows as wholes, and live on while they are not shown.

    Panels are named in the workspace's file; on the screen their key is that after `prefix`, so
    that two workspaces may be shown at once, and a name may stand in both. `homes` are the pages
    that panels stood on last, by their keys.
    """

    def __init__(self, prefix: str, workspace: Workspace, panels: Panels, docking: Docking) -> None:
        self.prefix = prefix
        self.name = workspace.name
        self.locked = workspace.locked
        self.pages: list[PageView] = []
        self.homes: dict[str, PageView] = {}
        self._panels = panels
        self._docking = docking
        standing = {name for page in workspace.pages for name in page.panels()}
        self._specs: dict[str, PanelSpec] = {
            name: spec for name, spec in workspace.panels.items() if name in standing
        }
        self._maximised: dict[PageView, tuple[str, Node]] = {}
        self._floats: list[tuple[PageView, Floating]] = []
        for page in workspace.pages:
            self._add_page(page)
        self.lock(workspace.locked)

    def names(self) -> list[str]:
        """Return the names of all panels, as the file has them."""
        return list(self._specs)

    def host(self, name: str) -> PanelHost:
        """Return a panel by its name."""
        return self._panels.host(self.prefix + name, self._specs[name])

    def hosts(self) -> Iterator[tuple[str, PanelHost]]:
        """Give all panels with their names."""
        for name in self._specs:
            yield name, self.host(name)

    def page_of(self, name: str) -> PageView | None:
        """Return the page that a panel stands on, though another may be alone there.

        None for one in a window of its own.
        """
        key = self.prefix + name
        return next((page for page in self.pages if key in self._tree(page).panels()), None)

    def spec(self, name: str) -> PanelSpec:
        """Return a panel's definition as it stands now."""
        return self._spec(name)

    def type_of(self, name: str) -> str:
        """Return a panel's type."""
        return self._specs[name].type

    def read(self, corner: Corner) -> Workspace:
        """Return the workspace as it stands now."""
        floats = self._floating(corner)
        pages = tuple(self._page(page, floats.get(page, ())) for page in self.pages)
        standing = {name for page in pages for name in page.panels()}
        specs = {name: self._spec(name) for name in self._specs if name in standing}
        return Workspace(
            format=FORMAT, name=self.name, locked=self.locked, panels=specs, pages=pages
        )

    def lock(self, locked: bool) -> None:
        """Keep panels where they stand, and remember no change."""
        self.locked = locked
        for name in self._specs:
            self._docking.lock(self.prefix + name, locked)

    def add_page(self, name: str) -> PageView:
        """Add an empty page."""
        return self._add_page(Page(name=name))

    def drop_page(self, page: PageView) -> None:
        """Let a page go, with the panels on it."""
        self._restore(page)
        gone = [key.removeprefix(self.prefix) for key in page.dock.panels()]
        for name in gone:
            self.close(name)
        self.pages.remove(page)
        page.deleteLater()

    def add(self, type_id: str, page: PageView, beside: str | None = None) -> str:
        """Stand a new panel on a page; return its name."""
        name = free_name(set(self._specs), type_id.partition(".")[2] or type_id)
        self._restore(page)
        self._specs[name] = PanelSpec(type=type_id)
        host = self.host(name)
        page.dock.put(host.panel_id, self.prefix + beside if beside else None)
        return name

    def copy(self, name: str) -> str:
        """Stand a panel of the same settings beside one; return its name."""
        spec = self._spec(name)
        made = free_name(set(self._specs), name.rpartition("-")[0] or name)
        self._specs[made] = spec
        page = self.page_of(name) or self.pages[0]
        self._restore(page)
        page.dock.put(self.host(made).panel_id, self.prefix + name)
        return made

    def close(self, name: str) -> None:
        """Let a panel go for good."""
        page = self.page_of(name)
        if page is not None:
            self._restore(page)
        self._specs.pop(name, None)
        self._panels.drop([self.prefix + name])

    def move(self, name: str, page: PageView) -> None:
        """Stand a panel on another page, and show it there."""
        before = self.page_of(name)
        if before is page:
            return
        for one in (before, page):
            if one is not None:
                self._restore(one)
        key = self.prefix + name
        self._docking.park(key)
        page.dock.put(key)
        self._docking.raise_tab(key)

    def float(self, name: str, at: QRect | None = None) -> None:
        """Make a panel a window by itself."""
        page = self.page_of(name)
        if page is not None:
            self._restore(page)
        self._docking.float(self.prefix + name, at)

    def maximise(self, name: str) -> None:
        """Show one panel alone on its page; the second time all stand as before."""
        page = self.page_of(name)
        if page is None:
            return
        if page in self._maximised:
            self._restore(page)
            return
        self._maximised[page] = (name, page.dock.read())
        page.build(Node(tabs=(self.prefix + name,)))

    def reveal(self, name: str) -> None:
        """Let a panel be seen where another is alone on its page."""
        page = self.page_of(name)
        if page is not None and self.maximised(page) not in ("", name):
            self._restore(page)

    def maximised(self, page: PageView) -> str:
        """Return the name of the panel that is alone on a page now; "" where none is."""
        return self._maximised[page][0] if page in self._maximised else ""

    def show_floats(self, corner: Corner) -> None:
        """Show the windows that panels have for themselves."""
        for page, one in self._floats:
            left, top, width, height = one.at
            at = QRect(corner(page) + QPoint(left, top), QRect(0, 0, width, height).size())
            self._docking.show_floating(renamed(one.layout, lambda name: self.prefix + name), at)
        self._floats = []

    def hide_floats(self, corner: Corner) -> None:
        """Take the windows of single panels off the screen, until they are shown again."""
        found = self._floating(corner)
        self._floats = [(page, one) for page, some in found.items() for one in some]
        for _, one in self._floats:
            for name in one.layout.panels():
                self._docking.park(self.prefix + name)

    def drop(self) -> None:
        """Let all of it go."""
        self._panels.drop([self.prefix + name for name in self._specs])
        for page in self.pages:
            page.deleteLater()
        self.pages = []

    def _add_page(self, page: Page) -> PageView:
        made = PageView(self._docking, page)
        for name in page.panels():
            self.host(name)
        made.build(renamed(page.layout, lambda name: self.prefix + name))
        self.pages.append(made)
        self._floats += [(made, one) for one in page.floating]
        return made

    def _restore(self, page: PageView) -> None:
        """Stand all panels of a page as before one of them was alone."""
        if page in self._maximised:
            tree = self._tree(page)
            del self._maximised[page]
            page.build(tree)

    def _tree(self, page: PageView) -> Node:
        """Return how all panels of a page stand, though one of them may be alone there now.

        By hand panels go away from beneath that one, and others come.
        """
        if page not in self._maximised:
            return page.dock.read()
        _, before = self._maximised[page]
        elsewhere = self._elsewhere(page)
        kept = _of(before, set(before.panels()) - elsewhere)
        come = tuple(key for key in page.dock.panels() if key not in before.panels())
        if not come:
            return kept
        return Node(across=(kept, Node(tabs=come))) if any(kept.panels()) else Node(tabs=come)

    def _elsewhere(self, page: PageView) -> set[str]:
        """Return the keys of the panels that stand on other pages, or in windows of their own."""
        others = {key for one in self.pages if one is not page for key in one.dock.panels()}
        return others | {key for _, node in self._docking.floats() for key in node.panels()}

    def _page(self, page: PageView, floats: tuple[Floating, ...]) -> Page:
        at = page.at
        return Page(
            name=page.name,
            place=page.place,
            display=page.display,
            window="full" if page.full else "free",
            at=(at.x(), at.y(), at.width(), at.height()) if at is not None else None,
            own_time=page.time == NEW,
            time=max(page.time, COMMON),
            layout=self._own(self._tree(page)),
            floating=floats,
        )

    def _floating(self, corner: Corner) -> dict[PageView, tuple[Floating, ...]]:
        """Return what stands in windows of its own, by the page whose display has it."""
        found: dict[PageView, tuple[Floating, ...]] = {}
        for page, waiting in self._floats:
            found[page] = (*found.get(page, ()), waiting)
        for geometry, node in self._docking.floats():
            own = self._own(node)
            if any(own.panels()):
                page = self._nearest(geometry, corner)
                left = geometry.topLeft() - corner(page)
                at = (left.x(), left.y(), geometry.width(), geometry.height())
                found[page] = (*found.get(page, ()), Floating(at=at, layout=own))
        return found

    def _nearest(self, geometry: QRect, corner: Corner) -> PageView:
        """Return the page whose display begins nearest at the left of a window, or above."""

        def away(page: PageView) -> int:
            gap = geometry.center() - corner(page)
            beyond = -min(0, gap.x()) - min(0, gap.y())
            return beyond * 1_000 + abs(gap.x()) + abs(gap.y())

        return min(self.pages, key=away)

    def _own(self, node: Node) -> Node:
        """Return a tree of what is this workspace's, by its own names."""
        kept = renamed(node, lambda name: name.removeprefix(self.prefix), self.prefix)
        return _of(kept, set(self._specs))

    def _spec(self, name: str) -> PanelSpec:
        host = self._panels.get(self.prefix + name)
        if host is None:
            return self._specs[name]
        pins = tuple(pin.value for pin in host.view.pins)
        state = {key: value for key, value in host.save_state().items() if _is_written(value)}
        return msgspec.structs.replace(
            self._specs[name], title=host.own_title, pinned=pins, state=state
        )


def renamed(node: Node, name_of: Callable[[str], str], prefix: str = "") -> Node:
    """Return the tree with other names; without those that do not begin with the prefix."""
    tabs = tuple(name_of(name) for name in node.tabs if name.startswith(prefix))
    current = name_of(node.current) if node.current.startswith(prefix) and node.current else ""
    return msgspec.structs.replace(
        node,
        tabs=tabs,
        current=current if current in tabs else "",
        across=tuple(renamed(part, name_of, prefix) for part in node.across),
        down=tuple(renamed(part, name_of, prefix) for part in node.down),
    )


def _of(node: Node, names: set[str]) -> Node:
    """Return the tree with just these panels; parts that are empty are left out."""
    if not node.parts:
        tabs = tuple(name for name in node.tabs if name in names)
        return Node(tabs=tabs, current=node.current if node.current in tabs else "")
    shares = node.shares or (1.0,) * len(node.parts)
    kept = [
        (own, share)
        for part, share in zip(node.parts, shares, strict=True)
        if any((own := _of(part, names)).panels())
    ]
    if len(kept) < 2:
        return kept[0][0] if kept else Node()
    parts, sizes = tuple(part for part, _ in kept), tuple(share for _, share in kept)
    return Node(across=parts, shares=sizes) if node.across else Node(down=parts, shares=sizes)


def _is_written(value: object) -> bool:
    """Tell whether a file can hold a value of a panel's state."""
    return isinstance(value, str | bool | int) or (
        isinstance(value, float) and value == value and abs(value) != float("inf")
    )
