"""What a rule does is said, journalled and undone; it takes the keyboard from nobody who types."""

import pytest

from paser_command.picture.picture import Picture
from paser_command.session.frames import Selection
from paser_command.workspaces.automation import Act, Automation
from paser_command.workspaces.definition import Page
from paser_command.workspaces.rules import Rule
from paser_command.workspaces.things import Thing
from paser_ui.automatic import LINE, Automatic
from tests.ui.city import FakeSession
from tests.ui.fronts import HOME, PANELS, tabs, workspace

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
    flood = workspace("Banjir", Page(layout=tabs("map")), types=PANELS)
    return open_front(FakeSession(Picture()), workspaces=[flood], language="en")


def automatic(front, *, typing=False):
    return Automatic(
        Automation(()),
        front.desk,
        front.workspaces,
        front.walls,
        front.window.banner,
        seat="meja 2",
        is_typing=lambda: typing,
    )


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
    front.workspaces.add_panel("other.thing")
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
