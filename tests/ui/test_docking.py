"""What stands on a page is read as it was built, and panels go from page to page without loss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paser_command.workspaces.definition import Node
from paser_ui.docking import Docking

MOST = 8
ROOM = 2_400
"""Pixels of the page: eight parts of a panel's least size fit beside one another."""


class Desktop:
    """A window with two pages, and panels that are nothing but widgets."""

    def __init__(self):
        self.window = QWidget()
        self.docking = Docking(self.window)
        self.pages = []
        rows = QVBoxLayout(self.window)
        for _ in range(2):
            page = self.docking.page(self.window)
            rows.addWidget(page.widget)
            self.pages.append(page)
        self.pages[1].widget.hide()
        self.window.resize(ROOM, ROOM)
        self.window.show()
        for number in range(MOST):
            panel = QWidget()
            panel.setMinimumSize(1, 1)
            self.docking.add(f"p{number}", f"Panel {number}", panel)

    def build(self, node):
        """Build a page as PageView does: the parts get their sizes once it has its own."""
        self.pages[0].build(node)
        self.pages[0].resize_parts(node)


@pytest.fixture
def desktop(qapp):
    made = Desktop()
    yield made
    for window in made.docking.windows():
        window.hide()
    made.window.close()
    made.window.deleteLater()


@pytest.fixture(scope="module")
def lasting(qapp):
    made = Desktop()
    yield made
    made.window.close()
    made.window.deleteLater()


def tabs(*names, current=""):
    return Node(tabs=names, current=current)


def across(*parts, shares=()):
    return Node(across=parts, shares=shares)


def down(*parts, shares=()):
    return Node(down=parts, shares=shares)


def plain(node):
    """Return what has to stay: which panels stand beside, below and behind which."""
    if node.tabs or not node.parts:
        return node.tabs
    return ("across" if node.across else "down", *map(plain, node.parts))


def fronts(node):
    """Return the tabs in front."""
    return [node.current, *(front for part in node.parts for front in fronts(part))]


def shares(node):
    """Return all shares."""
    return [*node.shares, *(share for part in node.parts for share in shares(part))]


def merged(node):
    """Return the same of a tree that nobody read: by what DockPage promises to keep of it."""
    if not node.parts:
        return node.tabs
    kind = "across" if node.across else "down"
    parts = [part for part in map(merged, node.parts) if part]
    flat: list[str] = []
    for part in parts:
        flat += part[1:] if part[0] == kind else [part]
    return (kind, *flat) if len(flat) > 1 else (flat[0] if flat else ())


@some.composite
def trees(draw, names=tuple(f"p{number}" for number in range(MOST)), deep=0):
    """Give trees of some of the panels; empty parts and splits of one part are among them."""
    if len(names) < 2 or deep > 3 or draw(some.booleans()):
        current = draw(some.sampled_from(("", *names)))
        return Node(tabs=names, current=current)
    cut = draw(some.integers(0, len(names)))
    parts = (draw(trees(names[:cut], deep + 1)), draw(trees(names[cut:], deep + 1)))
    shares = draw(some.sampled_from(((), (1.0, 1.0), (3.0, 1.0))))
    return draw(some.sampled_from((across, down)))(*parts, shares=shares)


@settings(max_examples=60, deadline=None)
@given(node=trees())
def test_what_is_read_is_what_was_built(lasting, node):
    lasting.build(node)

    read = lasting.pages[0].read()

    assert plain(read) == merged(node)
    assert sorted(read.panels()) == sorted(node.panels())


@settings(max_examples=30, deadline=None)
@given(node=trees())
def test_what_was_read_is_read_again(lasting, node):
    lasting.build(node)
    read = lasting.pages[0].read()

    lasting.build(read)

    again = lasting.pages[0].read()
    assert plain(again) == plain(read)
    assert fronts(again) == fronts(read)
    # Shares are sizes in whole pixels: a part may lose or win a few of them.
    assert shares(again) == pytest.approx(shares(read), abs=4)


def test_the_tab_in_front_and_the_shares_are_kept(desktop):
    desktop.build(across(tabs("p0", "p1", current="p1"), tabs("p2"), shares=(3.0, 1.0)))

    read = desktop.pages[0].read()

    assert read.across[0].current == "p1"
    assert read.shares[0] / read.shares[1] == pytest.approx(3.0, rel=0.03)


def test_a_panel_that_is_not_named_again_is_parked_and_lives_on(desktop):
    desktop.build(across(tabs("p0"), tabs("p1")))

    desktop.build(tabs("p1"))
    desktop.pages[1].put("p0")

    assert desktop.pages[0].panels() == ["p1"]
    assert desktop.pages[1].panels() == ["p0"]


def test_a_panel_floats_and_is_docked_again(desktop):
    desktop.build(across(tabs("p0"), tabs("p1")))
    told = []
    desktop.docking.floated.connect(lambda *what: told.append(what))

    desktop.docking.float("p0", QRect(10, 20, 300, 200))
    floats = desktop.docking.floats()
    desktop.docking.park("p0")
    desktop.pages[0].put("p0", beside="p1")

    assert floats == [(QRect(10, 20, 300, 200), tabs("p0"))]
    assert ("p0", True) in told
    assert desktop.docking.floats() == []
    assert desktop.pages[0].read().tabs == ("p1", "p0")


def test_a_window_of_several_panels_comes_back_as_it_was(desktop):
    node = across(tabs("p0"), down(tabs("p1"), tabs("p2", "p3")))

    desktop.docking.show_floating(node, QRect(10, 20, 400, 300))

    ((at, read),) = desktop.docking.floats()
    assert at == QRect(10, 20, 400, 300)
    assert plain(read) == merged(node)


def test_a_window_beyond_all_displays_is_shown_on_one(desktop):
    desktop.build(across(tabs("p0"), tabs("p1")))

    desktop.docking.float("p0", QRect(9_000, 9_000, 300, 200))

    ((at, _),) = desktop.docking.floats()
    assert desktop.window.screen().availableGeometry().contains(at)


def test_a_locked_panel_cannot_be_moved_by_hand(desktop):
    feature = type(desktop.docking.dock("p0")).DockWidgetFeature
    desktop.docking.lock("p0", True)

    features = desktop.docking.dock("p0").features()

    assert not features & (feature.DockWidgetMovable | feature.DockWidgetFloatable)


def test_a_panel_that_was_dropped_is_gone(desktop):
    desktop.build(across(tabs("p0"), tabs("p1")))

    desktop.docking.drop("p0")

    assert "p0" not in desktop.docking.names()
    assert desktop.pages[0].read() == tabs("p1")
