"""A workspace comes back from its file as it was, whoever wrote it and whichever version of us."""

import tomllib
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paser_command.errors import ConfigError, InputError
from paser_command.plugin.manifest import read_manifest
from paser_command.workspaces.definition import (
    FORMAT,
    MOST_DEEP,
    Node,
    Page,
    PanelSpec,
    Workspace,
    free_name,
)
from paser_command.workspaces.files import body_of, load, text_of
from tests.core.workspaces.generated import texts, workspaces

ROOT = Path(__file__).parents[3]
DELIVERED = sorted(Path(str(files("paser_resources"))).glob("workspaces/*.toml"))
DEFAULTS = {"War room", "Flood", "Forest fire", "Leaders' meeting", "Wall"}


def panel_types():
    manifests = (ROOT / "plugins/paser_plugins").glob("*/plugin.toml")
    return {panel.id for path in manifests for panel in read_manifest(path).panels}


@given(workspaces())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_is_read_as_it_was(tmp_path_factory, workspace):
    path = tmp_path_factory.getbasetemp() / "round.toml"

    path.write_bytes(body_of(workspace, path))

    assert load(path) == workspace
    assert text_of(load(path)) == text_of(workspace)


def nested(depth):
    node = Node(tabs=("map",))
    for level in range(depth):
        parts = (node, Node())
        node = Node(across=parts) if level % 2 else Node(down=parts, shares=(0.1, 1 / 3))
    return Workspace(
        format=FORMAT,
        name="deep",
        panels={"map": PanelSpec(type="map.map")},
        pages=(Page(layout=node),),
    )


def test_parts_as_deep_as_may_be_come_back(tmp_path):
    path = tmp_path / "deep.toml"
    path.write_bytes(body_of(nested(MOST_DEEP), path))

    assert load(path) == nested(MOST_DEEP)


def test_parts_that_are_deeper_are_not_written():
    with pytest.raises(ConfigError, match="parts lie in parts more than 12 deep"):
        body_of(nested(MOST_DEEP + 1), Path("deep.toml"))


def test_no_line_of_parts_is_longer_than_people_like_to_read():
    panels = {f"panel-{n}": PanelSpec(type="map.map") for n in range(20)}
    parts = tuple(Node(tabs=(name,)) for name in panels)
    page = Page(layout=Node(down=(Node(across=parts[:10]), Node(across=parts[10:]))))

    written = text_of(Workspace(format=FORMAT, name="wide", panels=panels, pages=(page,)))

    assert max(map(len, written.splitlines())) <= 100


@pytest.mark.parametrize("path", DELIVERED, ids=lambda path: path.stem)
def test_a_delivered_file_holds_panels_of_known_types(path):
    workspace = load(path)

    standing = [name for page in workspace.pages for name in page.panels()]
    assert sorted(standing) == sorted(workspace.panels)
    assert {panel.type for panel in workspace.panels.values()} <= panel_types()
    assert [page.place for page in workspace.pages] == [1, 2, 3]
    assert all(page.name for page in workspace.pages)


def test_the_five_workspaces_of_the_room_are_delivered():
    assert {load(path).name for path in DELIVERED} == DEFAULTS


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "\ud800"}, "characters that are none"),
        ({"name": ""}, "needs at least 1"),
        ({"name": "x" * 81}, "takes at most 80"),
        ({"pages": ()}, "page is missing"),
        ({"panels": {"map": PanelSpec(type="map.map", state={"x": float("nan")})}}, "finite"),
        ({"panels": {"map": PanelSpec(type="map.map", state={"x": -float("inf")})}}, "finite"),
        ({"panels": {"map": PanelSpec(type="map.map", state={"x": 2**63})}}, "below 2\\^63"),
        ({"panels": {"A B": PanelSpec(type="map.map")}}, "a to z"),
        ({"panels": {"map": PanelSpec(type="map.map", state={"x": "y" * 2**20})}}, "1 MiB"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(changes, said):
    good = Workspace(format=FORMAT, name="a", pages=(Page(),))

    with pytest.raises(InputError, match=said):
        body_of(msgspec.structs.replace(good, **changes), Path("a.toml"))


def renamed(tree):
    """The step of an invented version: the name was called a title."""
    return {("name" if key == "title" else key): value for key, value in tree.items()}


def lettered(tree):
    """Another, from a version before it: panels had no namespace."""
    panels = tree.get("panel", {})
    return {**tree, "panel": {name: {**one, "type": "map.map"} for name, one in panels.items()}}


STEPS = {FORMAT - 2: lettered, FORMAT - 1: renamed}


@pytest.mark.parametrize("age", [1, 2])
def test_an_older_file_is_taken_up_step_by_step(tmp_path, age):
    path = tmp_path / "old.toml"
    kind = "map.map" if age == 1 else "map"
    path.write_text(
        f'format = {FORMAT - age}\ntitle = "Banjir"\n[[page]]\n[panel.map]\ntype = "{kind}"\n'
    )

    workspace = load(path, STEPS)

    assert workspace.format == FORMAT
    assert workspace.name == "Banjir"
    assert workspace.panels == {"map": PanelSpec(type="map.map")}


def test_a_mistake_in_an_older_file_has_its_line(tmp_path):
    path = tmp_path / "old.toml"
    path.write_text(f'format = {FORMAT - 1}\ntitle = "Banjir"\n\n[[page]]\nplace = 0\n')

    with pytest.raises(ConfigError) as refused:
        load(path, STEPS)

    assert [(one.line, one.where) for one in refused.value.mistakes] == [(5, "page[1].place")]


def test_the_file_itself_stays_as_it_is_when_it_is_taken_up(tmp_path):
    path = tmp_path / "old.toml"
    path.write_text(f'format = {FORMAT - 1}\ntitle = "Banjir"\n[[page]]\n')
    before = path.read_bytes()

    load(path, STEPS)

    assert path.read_bytes() == before


@pytest.mark.parametrize("version", ["0", "-1", "true", '"1"', "1.0"])
def test_a_version_that_never_was_is_refused(tmp_path, version):
    path = tmp_path / "old.toml"
    path.write_text(f'format = {version}\nname = "Banjir"\n[[page]]\n')

    with pytest.raises(ConfigError) as refused:
        load(path)

    assert [(one.line, one.where) for one in refused.value.mistakes] == [(1, "format")]


@given(taken=st.sets(st.sampled_from(["map", "map-2", "map-3", "panel"])), wanted=texts)
def test_a_free_name_is_free_and_may_be_written(taken, wanted):
    name = free_name(taken, wanted)

    assert name not in taken
    assert 1 <= len(name) <= 60
    assert tomllib.loads(f"{name} = 1") == {name: 1}
