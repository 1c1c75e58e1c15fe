"""What a rule does is said, journalled and undone; it takes the keyboard from nobody who types."""

import pytest
from PySide6.QtWidgets import QPushButton

from paser_command.picture.picture import Picture
from paser_command.records import Command
from paser_command.session.frames import Selection
from paser_command.workspaces.automation import Act, Automation
from paser_command.workspaces.definition import Page
from paser_command.workspaces.room import DisplaySetting, Room
from paser_command.workspaces.rules import Rule
from paser_command.workspaces.things import Thing
from paser_ui.automatic import CENTRE_ZOOM, LINE, Automatic, undo_act
from paser_ui.wall.walls import Walls
from paser_ui.wall.window import WallWindow
from tests.ui.city import NOON, FakeSession
from tests.ui.frames import frame_of
from tests.ui.fronts import HOME, PANELS, tabs, workspace
from tests.ui.wall.plugged import DESK, WALL, WALL_2, Plugged

THING = Thing(
    when="incident",
    key="warga/1",
    kind="incident",
    select="warga/1",
    rank=4,
    facts={"title": "Banjir di Kuaro"},
    lon=116.1,
    lat=-1.8,
)


@pytest.fixture
def front(open_front):
    more = [workspace(n, Page(layout=tabs("map")), types=PANELS) for n in ("Banjir", "Dinding")]
    return open_front(FakeSession(Picture()), workspaces=more, language="en", panel="Placed")


def automatic(front, *, typing=False, walls=None):
    return Automatic(
        Automation(()),
        front.desk,
        front.workspaces,
        front.arranging,
        walls or front.walls,
        front.window.banner,
        is_typing=lambda: typing,
    )


@pytest.fixture
def walls(front):
    """Walls on two displays more, with panels that have places."""
    settings = tuple(DisplaySetting(display=one.display, wall=True) for one in (WALL, WALL_2))
    made = Walls(
        Plugged(DESK, WALL, WALL_2),  # type: ignore[arg-type]
        lambda: Room(displays=settings),
        lambda beside: WallWindow(beside, site_name="Paser"),
        front.workspaces.store,
        front.panels,
        front.docking,
        front.desk,
        now_s=lambda: 0.0,
    )
    made.arrange()
    yield made
    for window in made.windows():
        window.close()
        window.deleteLater()


def on(walls):
    return [screen.page for screen in walls.shown()]


def places(walls):
    """Return the places that the maps of the walls were asked to show, drawn once."""
    hosts = [host for one in (WALL, WALL_2) for _, host in walls.hosts_on(one.display).hosts()]
    for host in hosts:
        host.draw(frame_of(host))
    return [host.panel.places for host in hosts]


def act(**rule):
    return Act(rule=Rule(id="banjir", when="incident", **rule), thing=THING)


def done(front):
    return [arguments for verb, _, arguments in front.desk.session.commands if verb == "automation"]


def test_a_workspace_comes_up_and_the_thing_is_picked(front):
    automatic(front).do(act(workspace="banjir", select=True))

    assert front.workspaces.id == "banjir"
    assert front.desk.selection == Selection("incident", "warga/1")


def test_it_is_said_on_the_screen_and_in_the_journal(front):
    automatic(front).do(act(workspace="banjir", select=True))

    assert "Rule banjir showed Banjir: Banjir di Kuaro" in " ".join(front.window.banner.told())
    assert done(front) == [{"rule": "banjir", "thing": "warga/1", "did": "workspace:banjir select"}]


def test_one_key_takes_all_of_it_back(front):
    rules = automatic(front)
    rules.do(act(workspace="banjir", select=True))

    able = rules.can_undo
    rules.undo()

    assert able
    assert not rules.can_undo
    assert front.workspaces.id == HOME
    assert front.desk.selection == Selection()
    assert LINE not in front.window.banner.told()


def test_who_types_is_asked_and_not_interrupted(front):
    automatic(front, typing=True).do(act(workspace="banjir"))

    assert front.workspaces.id == HOME
    assert "would show Banjir" in " ".join(front.window.banner.told())
    assert done(front) == []


def test_a_panel_that_is_hidden_comes_to_the_front_without_the_focus(front):
    front.arranging.add_panel("other.thing")
    focus = front.window.focusWidget()

    automatic(front).do(act(open=("other.thing",)))

    assert front.window.focusWidget() is focus


def test_how_many_were_held_back_is_said(front):
    flood = Act(
        rule=Rule(id="banjir", when="incident", workspace="banjir"), thing=THING, held_back=7
    )

    automatic(front).do(flood)

    assert "7 more were held back" in " ".join(front.window.banner.told())


def test_where_nothing_is_to_be_done_nothing_is_said(front):
    automatic(front).do(act(workspace=HOME))

    assert front.window.banner.told() == []
    assert done(front) == []


def test_a_rule_for_the_wall_changes_the_walls_and_nothing_at_the_desk(front, walls):
    automatic(front, walls=walls, typing=True).do(
        act(workspace="banjir", on="wall", select=True, centre=True)
    )

    assert on(walls) == ["Banjir", "Banjir"]
    assert places(walls) == [[(116.1, -1.8, CENTRE_ZOOM)]] * 2
    assert front.workspaces.id == HOME
    assert front.desk.selection == Selection()
    assert [one["did"] for one in done(front)] == ["wall:banjir"]


def test_the_walls_maps_stay_where_they_are_unless_the_rule_says_so(front, walls):
    automatic(front, walls=walls).do(act(workspace="banjir", on="wall"))

    assert places(walls) == [[], []]


def test_the_walls_go_back_when_the_rule_says(front, walls):
    rules = automatic(front, walls=walls)
    rules.do(act(workspace="banjir", on="wall", stay_s=60.0))
    guests = list(walls._guests.values())

    assert [guest.until_s for guest in guests] == [60.0, 60.0]
    rules.undo()
    assert on(walls) == ["Dinding", "Dinding"]


def test_who_types_keeps_the_keyboard_though_something_is_picked(front):
    automatic(front, typing=True).do(act(select=True))

    assert front.desk.selection == Selection("incident", "warga/1")


def test_the_map_of_the_desk_goes_to_the_thing(front):
    host = front.workspaces.board.host("map")
    host.draw(frame_of(host))

    automatic(front).do(act(centre=True))

    assert host.panel.places == [(116.1, -1.8, CENTRE_ZOOM)]


def test_what_was_offered_is_done_when_the_person_says_so(front):
    automatic(front, typing=True).do(act(workspace="banjir"))

    front.window.banner.findChild(QPushButton, "bannerAct").click()

    assert front.workspaces.id == "banjir"


def test_undo_can_be_done_only_where_a_rule_did_something(front):
    rules = automatic(front)
    undo = undo_act(rules)

    before = undo.enabled()
    rules.do(act(workspace="banjir"))

    assert not before
    assert undo.enabled()


def test_what_was_taken_back_is_told_to_the_journal_of_this_seat_alone(front):
    rules = automatic(front)
    rules.do(act(workspace="banjir"))
    for number, seat in enumerate(("meja 2", "meja 2", "meja 3")):
        told = {"rule": "banjir", "thing": "warga/1", "did": "workspace:banjir"}
        front.desk.session.live_picture.apply(automated(number, seat, **told))
    front.desk.session.live_picture.apply(automated(9, "meja 2", undone="act-1"))

    rules.undo()

    assert done(front)[-1] == {"undone": "act-0"}


def automated(number, seat, **arguments):
    return Command(
        feed="console",
        key=f"act-{number}",
        at=NOON + number,
        received=NOON + number,
        verb="automation",
        subject=seat,
        arguments=arguments,
    )
