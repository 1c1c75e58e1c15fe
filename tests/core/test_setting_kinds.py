"""A setting is checked by its declared type, or each mistake is told with its line."""

from pathlib import Path

import pytest

from paser_command.config import FeedKind, load_site, settings_of
from paser_command.errors import ConfigError, FeedError
from paser_command.plugin.manifest import read_manifest
from paser_command.setting_kinds import SettingKind, setting_values
from paser_command.site_secrets import secrets_of, without_secrets
from tests.core.test_config import SITE, written

KINDS = (
    SettingKind("title", "text", ""),
    SettingKind("radius", "number", 10.0, unit="km", least=0, most=500),
    SettingKind("pages", "integer", 3, least=1),
    SettingKind("deep", "boolean", False),
    SettingKind("list", "choice", "felt", choices=("felt", "latest")),
    SettingKind("topics", "list", [], of="text"),
    SettingKind("codes", "table", {}, of="integer"),
    SettingKind("token", "secret", ""),
    SettingKind("centre", "place", {"lon": 116, "lat": -2}),
    SettingKind("backlog", "duration", "6 h", most=172_800),
    SettingKind("gauge", "stream", "muka-air/1"),
)
KNOWN = {"t.t": FeedKind(60.0, KINDS, ("mqtt", "mqtts"))}


def site(settings: str, url: str = "mqtts://broker.example:8883") -> str:
    return f'{SITE}[[feed]]\nid = "a"\ntype = "t.t"\nurl = "{url}"\n[feed.settings]\n{settings}\n'


def test_each_type_gives_its_part_what_it_declares(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("TRIAL_TOKEN", "geheim")
    text = """
title = "Muka air"
radius = 20
list = "latest"
topics = ["a/#", "b"]
codes = { BJR = 17 }
token = { env = "TRIAL_TOKEN" }
centre = { lon = 116.2, lat = -1.9 }
backlog = "15 min"
"""

    values = settings_of(load_site(written(tmp_path, site(text)), KNOWN).feeds[0], KNOWN["t.t"])

    assert values == {
        "title": "Muka air",
        "radius": 20.0,
        "pages": 3,
        "deep": False,
        "list": "latest",
        "topics": ("a/#", "b"),
        "codes": {"BJR": 17},
        "token": "geheim",
        "centre": (116.2, -1.9),
        "backlog": 900.0,
        "gauge": "muka-air/1",
    }


MISTAKES = [
    ("title = 1", "title", "must be a text, and is a whole number"),
    ("radius = 900", "radius", "must be 0 to 500 km, and is 900"),
    ("radius = nan", "radius", "must be a finite number"),
    ("pages = 0", "pages", "must be at least 1, and is 0"),
    ("pages = 1.5", "pages", "must be a whole number"),
    ("pages = true", "pages", "must be a whole number, and is true or false"),
    ("deep = 1", "deep", "must be true or false"),
    ('list = "fell"', "list", "did you mean felt?"),
    ("topics = [1]", "topics[1]", "must be a text"),
    ('topics = "a"', "topics", "must be a list, and is a text"),
    ('codes = { BJR = "x" }', "codes.BJR", "must be a whole number"),
    ('token = { keyring = "x" }', "token.keyring", "Allowed: env, file"),
    ("token = 5", "token", "a secret is { env ="),
    ("centre = { lon = 516, lat = 0 }", "centre", "516, 0 is no place on the earth"),
    ("centre = { lon = 1 }", "centre", "a place is { lon = 116.19"),
    ('backlog = "soon"', "backlog", "must be a duration such as"),
    ('backlog = "3 d"', "backlog", "must be at most 172800, and is 259200"),
    ('gauge = "x"', "gauge", "must be a stream, FEED/KEY"),
    ("colour = 1", "colour", "colour is not known"),
]


@pytest.mark.parametrize(("line", "where", "words"), MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, line, where, words):
    with pytest.raises(ConfigError) as caught:
        load_site(written(tmp_path, site(line)), KNOWN)

    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.where) == (13, f"feed[1].settings.{where}")
    assert words in str(mistake.error)


def test_a_type_says_which_schemes_its_addresses_have(tmp_path: Path):
    with pytest.raises(ConfigError, match="begins with mqtt:, mqtts:"):
        load_site(written(tmp_path, site("", "https://broker.example")), KNOWN)

    file = {"t.t": FeedKind(60.0, KINDS, ("file",))}
    load_site(written(tmp_path, site("", "file:///srv/levels.csv")), file)


def test_further_hosts_are_origins(tmp_path: Path):
    text = site("").replace("[feed.settings]", 'hosts = ["https://b.example", "b.example"]')

    with pytest.raises(ConfigError) as caught:
        load_site(written(tmp_path, text), KNOWN)

    assert [mistake.where for mistake in caught.value.mistakes] == ["feed[1].hosts[2]"]


def test_a_secret_in_a_file_is_read_there_and_hidden_from_logs(tmp_path: Path):
    (tmp_path / "token").write_text("geheim\n")
    text = site(f'token = {{ file = "{tmp_path}/token" }}')

    config = load_site(written(tmp_path, text), KNOWN)

    assert settings_of(config.feeds[0], KNOWN["t.t"])["token"] == "geheim"
    assert "geheim" in secrets_of(config, KNOWN)
    assert str(tmp_path) not in str(without_secrets(config, KNOWN).feeds)


def test_a_secret_that_is_not_there_is_a_reason_and_no_fault_of_the_program():
    with pytest.raises(FeedError) as caught:
        setting_values({"token": {"env": "NOT_SET_ANYWHERE"}}, KINDS)

    assert (caught.value.code, caught.value.codes_facts) == ("no_secret", {"where": "token"})


def test_a_manifest_declares_them_and_its_defaults_are_checked(tmp_path: Path):
    path = tmp_path / "plugin.toml"
    head = '[plugin]\nid = "t"\nname = "T"\nversion = "1"\napi = 1\n[[feeds]]\nid = "t.t"\n'
    head += 'name = "T"\nclass = "feed:T"\nschemes = ["mqtt"]\n[[feeds.settings]]\n'
    path.write_text(f'{head}name = "r"\ntype = "number"\nunit = "km"\nmost = 5\ndefault = 9\n')

    with pytest.raises(ConfigError, match="it must be at most 5 km, and is 9"):
        read_manifest(path)

    path.write_text(f'{head}name = "r"\ntype = "choice"\nchoices = ["a"]\ndefault = "a"\n')
    assert read_manifest(path).feeds[0].settings[0].kind.choices == ("a",)
