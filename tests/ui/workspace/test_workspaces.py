"""Workspaces are switched without loss, kept in files, and refused by line and reason."""

import pytest
from PySide6.QtWidgets import QLineEdit

from paser_command.workspaces.definition import Node, Page
from paser_command.workspaces.files import load, text_of
from paser_ui.times import COMMON
from tests.ui.fronts import HOME, PANELS, tabs, workspace

BAD = 'format = 1\nname = "Bad"\n\n[[page]]\nlayout = { tabs = ["nobody"] }\n'


@pytest.fixture
def front(open_front):
    page = Page(name="Flood", layout=Node(across=(tabs("map"), tabs("chart"))))
    flood = workspace("Banjir", page, types=PANELS)
    return open_front(workspaces=(flood,), panel="Typing", language="en")


def saved(front, id):
    return load(front.workspaces.store.folder / f"{id}.toml")


def told(front):
    return " ".join(front.window.banner.told())


def test_switching_makes_nothing_anew(front):
    field = front.workspaces.board.host("map").findChild(QLineEdit, "field")
    field.setText("half a sen")
    before = front.panels.all()[:]

    front.workspaces.show("banjir")
    hidden = field.isVisible()
    front.workspaces.show(HOME)

    assert not hidden
    assert [host for host in front.panels.all() if host in before] == before
    assert front.workspaces.board.host("map").findChild(QLineEdit, "field") is field
    assert field.text() == "half a sen"
    assert field.isVisible()


def test_what_is_left_is_kept_as_it_stands_then(front):
    kept = []
    front.workspaces.left.connect(lambda: kept.append(front.workspaces.remembered()))
    front.workspaces.show("banjir")
    kept.clear()
    front.arranging.add_page("Dua")

    front.workspaces.show(HOME)

    ((id, whole),) = kept
    assert id == "banjir"
    assert [page.name for page in whole.pages] == ["Flood", "Dua"]


def test_what_is_removed_is_not_kept(front):
    front.workspaces.duplicate("Banjir dua")
    kept = []
    front.workspaces.left.connect(lambda: kept.append(front.workspaces.id))

    front.workspaces.remove()

    assert kept == []


def test_only_the_shown_workspace_s_panels_are_seen(front):
    front.workspaces.show("banjir")

    seen = [host.panel_id for host in front.panels.all() if host.isVisible()]

    assert sorted(seen) == ["banjir/chart", "banjir/map"]


def test_a_switch_is_told_to_the_journal_once(front):
    front.workspaces.show("banjir")
    front.workspaces.show("banjir")

    verbs = [
        (verb, subject, arguments["id"], arguments["reason"])
        for verb, subject, arguments in front.desk.session.commands
    ]
    assert verbs == [("workspace", "meja 2", "banjir", "person")]


def test_a_workspace_that_is_not_there_changes_nothing(front):
    shown = front.workspaces.show("nowhere")

    assert not shown
    assert front.workspaces.id == HOME
    assert "nowhere" in told(front)


def test_what_was_changed_is_remembered(front):
    front.arranging.float("map")

    id, kept = front.workspaces.remembered()

    assert id == HOME
    assert [name for page in kept.pages for one in page.floating for name in one.layout.tabs] == [
        "map"
    ]


def test_a_locked_one_remembers_nothing(front):
    front.workspaces.lock(True)
    front.arranging.float("map")

    assert front.workspaces.remembered() is None
    assert saved(front, HOME).locked
    assert saved(front, HOME).pages[0].floating == ()


def test_an_unlocked_one_remembers_again(front):
    front.workspaces.lock(True)
    front.workspaces.lock(False)

    assert front.workspaces.remembered() is not None
    assert not saved(front, HOME).locked


def test_a_missing_plugin_leaves_a_place_and_keeps_the_settings(open_front, tmp_path):
    front = open_front()
    front.workspaces.board.host("thing").restore_state({"zoom": 9.5, "word": "x"})
    front.workspaces.save()

    again = open_front(panels=PANELS[:4], home=tmp_path / "home")
    again.arranging.bring(f"{HOME}/thing")
    again.workspaces.save()

    assert again.workspaces.board.host("thing").panel is None
    kept = saved(again, HOME).panels["thing"]
    assert (kept.type, kept.state["zoom"], kept.state["word"]) == ("other.thing", 9.5, "x")


def test_reset_goes_back_to_what_was_delivered(front):
    front.arranging.close_panel("map")
    front.workspaces.save()

    front.workspaces.reset()

    assert "map" in front.workspaces.board.names()
    assert front.workspaces.id == HOME
    assert not (front.workspaces.store.folder / f"{HOME}.toml").exists()


def test_a_copy_has_a_name_of_its_own_and_is_shown(front):
    front.workspaces.duplicate("Night shift")

    assert front.workspaces.id == "night-shift"
    assert front.workspaces.name == "Night shift"
    assert sorted(front.workspaces.board.names()) == sorted(
        type_id.partition(".")[2] for type_id in PANELS
    )


def test_another_name_is_that_of_the_file_and_the_list(front):
    front.workspaces.rename("Ruang gelap")

    assert saved(front, HOME).name == "Ruang gelap"
    assert "Ruang gelap" in [listed.name for listed in front.workspaces.catalogue()]


@pytest.mark.parametrize(
    "name", ["<b>x</b> & 'y' \"z\"" * 4, "🌊" * 80, "‮ab\x00\x7f\n" * 16, "../../etc/passwd", " . "]
)
def test_strange_names_are_kept_as_they_are(front, name):
    name = name[:80]
    front.workspaces.duplicate(name)

    if front.workspaces.id == HOME:
        assert told(front)
    else:
        assert saved(front, front.workspaces.id).name == name
        path = front.workspaces.store.folder / f"{front.workspaces.id}.toml"
        assert path.parent == front.workspaces.store.folder
    front.workspaces.show("banjir")
    front.speak()


def test_a_bad_file_is_refused_by_line_and_reason(front, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(BAD)

    front.workspaces.take_in(path)

    assert front.workspaces.id == HOME
    assert "bad.toml:5" in told(front)
    assert "there is no panel nobody in this file" in told(front)


def test_an_exported_file_is_taken_in_by_another_room(front, tmp_path):
    path = tmp_path / "room.toml"
    front.workspaces.export(path)
    front.workspaces.take_in(path)

    assert front.workspaces.name == "War room 2"
    assert sorted(front.workspaces.board.names()) == sorted(load(path).panels)


def test_a_workspace_that_was_made_here_can_go(front):
    front.workspaces.make("Short")

    front.workspaces.remove()

    assert front.workspaces.id != "short"
    assert "short" not in [listed.id for listed in front.workspaces.catalogue()]


def test_a_spoilt_file_gives_the_last_good_one_and_says_so(open_front, front, tmp_path):
    front.workspaces.rename("Good")
    front.workspaces.rename("Better")
    path = front.workspaces.store.folder / f"{HOME}.toml"
    path.write_text(BAD)

    again = open_front(home=tmp_path / "home", language="en")

    assert again.workspaces.board.name == "Good"
    assert "there is no panel nobody in this file" in told(again)


def test_a_hundred_panels_on_twenty_pages_are_shown_and_kept(open_front, tmp_path):
    names = [f"map-{number}" for number in range(2, 102)]
    pages = tuple(
        Page(
            name=f"Page {first}",
            layout=Node(across=tuple(tabs(name) for name in names[first : first + 5])),
        )
        for first in range(0, 100, 5)
    )
    front = open_front(workspaces=(workspace("Large", *pages, types=PANELS),))

    front.workspaces.show("large")
    for _ in pages:
        front.arranging.next_page()
    front.workspaces.save()

    kept = saved(front, "large")
    assert [page.name for page in kept.pages] == [page.name for page in pages]
    assert sorted(kept.panels) == sorted(names)
    assert text_of(kept)


def test_the_common_time_is_that_of_the_main_window(front):
    front.arranging.toggle_own_time()

    assert not front.window.desk.own_time
    assert [page.time for page in front.workspaces.board.pages] == [COMMON]


def test_a_window_of_its_own_moves_in_time_alone_and_back(front):
    front.arranging.toggle_full()
    page = front.workspaces.board.pages[0]
    window = front.windows.window_of(page)

    front.windows.follow_time(page, True)
    front.arranging.settle()
    host = front.workspaces.board.host("map")
    apart = (window.desk.own_time, host.view.session is front.desk.session)
    front.windows.follow_time(page, False)
    front.arranging.settle()

    assert apart == (True, False)
    assert not window.desk.own_time
    assert host.view.session is front.desk.session


def test_a_window_that_closes_takes_no_panel_with_it(front):
    front.arranging.toggle_full()
    side = front.windows.window_of(front.workspaces.board.pages[0])
    host = front.workspaces.board.host("map")

    front.workspaces.show("banjir")
    desk = side.desk
    front.workspaces.show(HOME)
    front.arranging.toggle_full()

    assert host.view.desk is front.desk
    assert host.view.desk is not desk
    assert host.isVisible()
