"""Rules of what brings a workspace up are a readable file; a wrong one is refused by its line."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paser_command.errors import ConfigError, InputError
from paser_command.language import Language
from paser_command.plugin.manifest import read_manifest
from paser_command.workspaces.rules import FILE, Rule, Rules, parse, rules_file, text_of
from paser_command.workspaces.store import WorkspaceStore

ROOT = Path(__file__).parents[3]
RESOURCES = Path(str(files("paser_resources")))
DELIVERED = RESOURCES / FILE
GOOD = """\
format = 1

[[rule]]
id = "banjir"
when = "incident"
category = "flood"
severity = "high"
area = "64.01"
workspace = "banjir"
on = "wall"
centre = true
open = ["charts.series"]
stay_s = 60.0
"""


@pytest.fixture
def file(tmp_path):
    return rules_file(tmp_path, DELIVERED)


def test_the_delivered_rules_are_good_and_all_but_one_are_examples(file):
    kept = file.load()

    assert kept.notice is None
    assert [rule.id for rule in kept.value.rules if rule.enabled] == ["kritis-di-dinding"]
    assert {rule.when for rule in kept.value.rules} == {"incident", "alert", "alarm", "feed"}


def test_what_is_enabled_at_first_touches_no_desk_and_goes_back(file):
    for rule in file.load().value.rules:
        if rule.enabled:
            assert (rule.on, rule.select, rule.open) == ("wall", False, ())
            assert rule.stay_s > 0


def test_the_delivered_rules_name_what_there_is(file, tmp_path):
    workspaces = {one.id for one in WorkspaceStore(tmp_path, [RESOURCES / "workspaces"]).list()}
    manifests = (ROOT / "plugins/paser_plugins").glob("*/plugin.toml")
    panels = {panel.id for path in manifests for panel in read_manifest(path).panels}

    for rule in file.load().value.rules:
        assert rule.workspace in {"", *workspaces}
        assert set(rule.open) <= panels


_rules = st.builds(
    Rule,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,59}", fullmatch=True),
    enabled=st.booleans(),
    when=st.just("incident"),
    category=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    severity=st.sampled_from(["", "low", "critical"]),
    area=st.sampled_from(["", "64.01", "drawing/1"]),
    workspace=st.sampled_from(["banjir", "a"]),
    on=st.just("wall"),
    centre=st.booleans(),
    open=st.sampled_from([(), ("a.b", "map.map")]),
    stay_s=st.floats(0, 86_400),
)


@given(st.lists(_rules, max_size=4, unique_by=lambda rule: rule.id))
def test_what_is_written_is_read_as_it_was(rules):
    whole = Rules(rules=tuple(rules))

    assert parse(Path("x"), text_of(whole)) == whole


def test_the_rooms_own_rules_take_the_delivered_ones_place(file):
    own = parse(Path("x"), GOOD)

    file.save(own)

    assert file.load() == (own, None)


def test_a_refused_file_is_told_and_the_last_good_one_is_used(file):
    own = parse(Path("x"), GOOD)
    file.save(own)
    file.save(Rules())
    file.path.write_text("format = 1\n[[rule]]\n")

    kept = file.load()

    assert kept.value == own
    assert isinstance(kept.notice, ConfigError)


def test_without_a_last_good_one_the_delivered_rules_hold(file):
    file.path.write_text("format = 9\n")

    kept = file.load()

    assert kept.value == parse(DELIVERED, DELIVERED.read_text())
    assert "version 9" in str(kept.notice)


def test_rules_that_would_be_refused_are_not_saved(file):
    with pytest.raises(InputError, match="does nothing"):
        file.save(Rules(rules=(Rule(id="a", when="feed"),)))

    assert not file.path.exists()


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "said"),
    [
        ("[[rule]]", "[rule]", 3, "rule", "must be a list"),
        ('id = "banjir"', "", 3, "rule[1]", "id is missing"),
        ('id = "banjir"', 'id = "A B"', 4, "rule[1].id", "is A B"),
        ('"incident"', '"insident"', 5, "rule[1].when", "did you mean incident?"),
        ('"incident"', '"alarm"', 6, "rule[1].category", "alarm has no category. Allowed: sev"),
        ('"incident"', '"feed"', 8, "rule[1].area", "feed has no area. Allowed: feed, state"),
        ("category", "catgory", 6, "rule[1].catgory", "did you mean category?"),
        ('"high"', '"hihg"', 7, "rule[1].severity", "did you mean high?"),
        (
            'workspace = "banjir"',
            'workspace = "../x"',
            9,
            "rule[1].workspace",
            "an id of a workspace",
        ),
        ('"wall"', '"desk"', 13, "rule[1].stay_s", "only a workspace on a wall goes back"),
        ('workspace = "banjir"\n', "", 12, "rule[1].stay_s", "only a workspace on a wall goes"),
        ('"wall"', '"wal"', 10, "rule[1].on", "did you mean wall?"),
        ("true", "1", 11, "rule[1].centre", "must be true or false"),
        ('"charts.series"', '"charts"', 12, "rule[1].open[1]", "a plugin's id, a point"),
        ("60.0", "-1", 13, "rule[1].stay_s", "must be 0 to 86400"),
        ("60.0", "nan", 13, "rule[1].stay_s", "finite"),
    ],
)
def test_a_mistake_is_told_with_its_line_in_both_languages(old, new, line, where, said):
    with pytest.raises(ConfigError) as refused:
        parse(Path("automation.toml"), GOOD.replace(old, new, 1))

    told = [(one.line, one.where, str(one.error)) for one in refused.value.mistakes]
    assert any((one, key) == (line, where) and said in text for one, key, text in told), told
    assert Language("id").error(refused.value) != str(refused.value)


@pytest.mark.parametrize(
    "does", ['workspace = "banjir"', "centre = true", "select = true", 'open = ["charts.series"]']
)
def test_a_rule_does_one_thing_at_least(does):
    rule = 'format = 1\n\n[[rule]]\nid = "banjir"\nwhen = "incident"\n'

    with pytest.raises(ConfigError, match="the rule does nothing"):
        parse(Path("x"), rule)

    assert parse(Path("x"), f"{rule}{does}\n").rules[0].id == "banjir"


def test_two_rules_of_one_id_are_told():
    second = GOOD.partition("\n\n")[2]

    with pytest.raises(ConfigError, match=r"x:16: rule\[2\]\.id: there is another rule banjir"):
        parse(Path("x"), f"{GOOD}\n{second}")
