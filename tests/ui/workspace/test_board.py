"""Panels go from page to page, alone and back, into windows and back: the others stay."""

import pytest
from PySide6.QtCore import QPoint, QRect

from paser_command.workspaces.definition import Node, Page
from tests.ui.fronts import PANELS, tabs, workspace

NAMES = ["chart", "health", "incidents", "map", "thing"]


@pytest.fixture
def board(open_front):
    pages = (
        Page(name="One", layout=Node(across=(tabs("map"), tabs("incidents", "chart")))),
        Page(name="Two", layout=Node(down=(tabs("health"), tabs("thing")))),
    )
    front = open_front(workspaces=(workspace("Two", *pages, types=PANELS),))
    front.workspaces.show("two")
    return front.workspaces.board


def standing(board):
    """Return the names of each page's panels, those in windows of their own last."""
    kept = board.read(lambda _page: QPoint())
    on_pages = [sorted(page.layout.panels()) for page in kept.pages]
    floats = [sorted(one.layout.panels()) for page in kept.pages for one in page.floating]
    return [*on_pages, *floats]


def test_a_panel_moves_to_another_page(board):
    board.move("map", board.pages[1])

    assert standing(board) == [["chart", "incidents"], ["health", "map", "thing"]]


def test_a_copy_stands_beside_and_has_the_same_settings(board):
    board.host("map").restore_state({"zoom": 9.5})

    made = board.copy("map")

    assert made == "map-2"
    kept = board.read(lambda _page: QPoint())
    assert kept.panels["map-2"].state["zoom"] == 9.5
    assert standing(board)[0] == ["chart", "incidents", "map", "map-2"]


def test_a_panel_that_is_closed_goes_and_the_others_stay(board):
    board.close("incidents")

    assert standing(board) == [["chart", "map"], ["health", "thing"]]
    assert "incidents" not in board.read(lambda _page: QPoint()).panels


def test_a_panel_is_alone_and_all_stand_again_as_before(board):
    before = board.read(lambda _page: QPoint())

    board.maximise("map")
    alone = board.pages[0].dock.panels()
    kept = standing(board)
    board.maximise("map")

    assert [key.rpartition("/")[2] for key in alone] == ["map"]
    assert kept == [["chart", "incidents", "map"], ["health", "thing"]]
    assert standing(board) == kept
    assert board.read(lambda _page: QPoint()).pages[0].layout.across[1].tabs == (
        before.pages[0].layout.across[1].tabs
    )


def test_a_panel_that_floats_is_remembered_by_its_place(board):
    board.float("map", QRect(120, 80, 300, 200))

    kept = board.read(lambda _page: QPoint(100, 50))

    assert standing(board) == [["chart", "incidents"], ["health", "thing"], ["map"]]
    assert [one.at for page in kept.pages for one in page.floating] == [(20, 30, 300, 200)]


@pytest.mark.parametrize("act", ["float", "move", "copy", "close", "add", "reveal"])
def test_what_is_done_while_a_panel_is_alone_loses_no_other(board, act):
    board.maximise("map")

    match act:
        case "float":
            board.float("chart", QRect(10, 10, 300, 200))
        case "move":
            board.move("chart", board.pages[1])
        case "copy":
            board.copy("chart")
        case "close":
            board.close("chart")
        case "add":
            board.add("map.map", board.pages[0])
        case "reveal":
            board.reveal("chart")

    names = sorted(name for part in standing(board) for name in part)
    more = {"copy": ["chart-2"], "add": ["map-2"]}.get(act, [])
    gone = ["chart"] if act == "close" else []
    assert names == sorted([*(name for name in NAMES if name not in gone), *more])
    assert not board.maximised(board.pages[0])


def test_what_is_dragged_away_from_beneath_a_panel_that_is_alone_stands_once(board):
    board.maximise("map")
    key = f"{board.prefix}chart"

    board.pages[1].dock.put(key)

    assert standing(board) == [["incidents", "map"], ["chart", "health", "thing"]]
    board.maximise("map")
    assert standing(board) == [["incidents", "map"], ["chart", "health", "thing"]]


def test_what_is_dragged_onto_a_page_where_a_panel_is_alone_stays_there(board):
    board.maximise("map")

    board.pages[0].dock.put(f"{board.prefix}thing")

    assert standing(board) == [["chart", "incidents", "map", "thing"], ["health"]]
    board.maximise("map")
    assert standing(board) == [["chart", "incidents", "map", "thing"], ["health"]]


def test_a_page_goes_with_all_its_panels_though_one_is_alone_there(board):
    board.maximise("map")

    board.drop_page(board.pages[0])

    assert standing(board) == [["health", "thing"]]
    assert sorted(board.names()) == ["health", "thing"]


def test_windows_of_single_panels_are_hidden_with_the_workspace_and_shown_again(board):
    board.float("map", QRect(120, 80, 300, 200))
    before = board.read(lambda _page: QPoint())

    board.hide_floats(lambda _page: QPoint())
    hidden = (board.host("map").isVisible(), board.read(lambda _page: QPoint()))
    board.show_floats(lambda _page: QPoint())

    assert hidden == (False, before)
    assert board.host("map").isVisible()
    assert board.read(lambda _page: QPoint()).pages[0].floating == before.pages[0].floating
