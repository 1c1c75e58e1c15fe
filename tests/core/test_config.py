"""A site file is taken whole and right, or refused with every mistake and its line."""

from pathlib import Path

import pytest

from paser_command.config import (
    ExerciseSettings,
    FeedKind,
    FeedSettings,
    FixedSettings,
    JournalSettings,
    LimitSettings,
    SettingKind,
    Site,
    SiteConfig,
    load_site,
    settings_of,
    site_toml,
)
from paser_command.errors import ConfigError

KNOWN = {
    "bmkg.quakes": FeedKind(
        60.0,
        (
            SettingKind("radius_km", "float", 1000.0, "Quakes farther than this are left out."),
            SettingKind("list", "string", help="Which list to ask for."),
            SettingKind("limit", "integer", 15),
        ),
    ),
    "cap.alerts": FeedKind(120.0),
}

SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "sqlite+pysqlite:////var/lib/journal.sqlite"
"""
FEED = """\
[[feed]]
id = "gempa"
type = "bmkg.quakes"
url = "https://data.example/list.json"
settings = { radius_km = 800, list = "felt" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "site.toml"
    path.write_text(text)
    return path


def mistakes(folder: Path, text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        load_site(written(folder, text), KNOWN)
    return [(one.line, one.where, str(one.error)) for one in caught.value.mistakes]


def test_a_good_site_file_is_taken(tmp_path: Path):
    config = load_site(written(tmp_path, SITE + FEED), KNOWN)

    assert config.site == Site(name="Kabupaten Paser", zone="Asia/Makassar", lon=116.19, lat=-1.91)
    assert config.exercise is None
    assert [feed.id for feed in config.feeds] == ["gempa"]
    assert config.feeds[0].interval_s is None


def test_defaults_are_put_into_a_feeds_settings(tmp_path: Path):
    feed = load_site(written(tmp_path, SITE + FEED), KNOWN).feeds[0]

    settings = settings_of(feed, KNOWN["bmkg.quakes"])

    assert settings == {"radius_km": 800.0, "list": "felt", "limit": 15}
    assert isinstance(settings["radius_km"], float)


MISTAKES = [
    ("zone = ", 'zone = "Asia/Grogot"', 3, "site.zone", "Asia/Grogot is no time zone"),
    ("zone = ", 'zone = "../etc"', 3, "site.zone", "is no time zone"),
    ("lat = ", "lat = -190", 5, "site.lat", "must be -90 to 90, and is -190"),
    ("lat = ", "lot = 1", 5, "site.lot", "did you mean lon"),
    ('url = "sq', 'url = "sqlite:///x"', 7, "journal.url", "write sqlite+pysqlite: instead of s"),
    ('url = "sq', 'url = "postgres://u:p@h/d"', 7, "journal.url", "write postgresql+psycopg:"),
    ('url = "sq', 'url = "mysql://h/d"', 7, "journal.url", "sqlite+pysqlite:///FILE or postgre"),
    ('url = "sq', 'url = "sqlite"', 7, "journal.url", "sqlite+pysqlite:///FILE or postgre"),
    ('id = "', 'id = "Gempa Bumi"', 9, "feed[1].id", "must be 1 to 40 of the characters a to z"),
    ("type = ", 'type = "bmkg.quake"', 10, "feed[1].type", "did you mean bmkg.quakes?"),
    ('url = "ht', 'url = "ftp://x/y"', 11, "feed[1].url", "http:// or https:// with a host"),
    ('url = "ht', 'url = "http:///y"', 11, "feed[1].url", "http:// or https:// with a host"),
    ('url = "ht', 'url = "http://x:99999/"', 11, "feed[1].url", "http:// or https://"),
    ("settings", "interval_s = 0", 12, "feed[1].interval_s", "must be 0.1 to 86400, and is 0"),
    ("settings", "settings = {list = 1}", 12, "feed[1].settings.list", "must be a text"),
    ("settings", 'settings = {list = "a", lim = 1}', 12, "feed[1].settings.lim", "did you mean l"),
    ("settings", "settings = {}", 12, "feed[1].settings", "list is missing: Which list to ask"),
    ("settings", 'settings = {list = "a", limit = 1.5}', 12, "feed[1].settings.limit", "a whole"),
    ("settings", 'settings = {list = "a", radius_km = true}', 12, "feed[1].settings.radius_km", ""),
]


@pytest.mark.parametrize(("old", "new", "line", "where", "words"), MISTAKES)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old, new, line, where, words):
    lines = (SITE + FEED).splitlines()
    place = next(place for place, text in enumerate(lines) if text.startswith(old))
    lines[place] = new

    told = mistakes(tmp_path, "\n".join(lines))

    assert (line, where) in [(one[0], one[1]) for one in told]
    assert words in next(one[2] for one in told if one[1] == where)


def test_a_url_with_a_password_is_not_repeated(tmp_path: Path):
    text = SITE.replace("sqlite+pysqlite:////var/lib/journal.sqlite", "postgresql://u:geheim@h/d")

    told = mistakes(tmp_path, text)

    assert "geheim" not in str(told)


def test_two_feeds_with_one_id_are_refused_with_both_lines(tmp_path: Path):
    told = mistakes(tmp_path, SITE + FEED + FEED)

    assert told == [(14, "feed[2].id", "gempa is the id of the feed on line 9 too")]


def test_mistakes_of_all_sorts_are_told_together_even_in_one_table(tmp_path: Path):
    site = SITE.replace("sqlite+pysqlite", "sqlite").replace("116.19", '"east"')
    site = site.replace("Makassar", "Makasar")
    feed = FEED.replace("quakes", "quake").replace("https:", "gopher:") + 'colour = "red"\n'

    told = mistakes(tmp_path, site + FEED + feed)

    assert [(line, where) for line, where, _ in told] == [
        (3, "site.zone"),
        (4, "site.lon"),
        (7, "journal.url"),
        (14, "feed[2].id"),
        (15, "feed[2].type"),
        (16, "feed[2].url"),
        (18, "feed[2].colour"),
    ]


def test_a_written_site_file_is_read_back_the_same(tmp_path: Path):
    config = SiteConfig(
        site=Site(name='Pa"ser\n\x7f é', zone="Asia/Makassar", lon=116.19, lat=-1.91),
        journal=JournalSettings(url="sqlite+pysqlite:///x.sqlite"),
        exercise=ExerciseSettings(scenario="banjir-kandilo"),
        fixed=FixedSettings(language="id", scale=150, pulse=False),
        limits=(LimitSettings(stream="a/*", name="Siaga 1", deadband=0.1, off_delay_s=90.0),),
        feeds=(
            FeedSettings(id="a", type="cap.alerts", url="http://127.0.0.1:1/a", interval_s=2.0),
            FeedSettings(
                id="b", type="x.y", url="http://h/", settings={"a": True, "b c": "d\\", "e": 1e20}
            ),
        ),
    )

    assert load_site(written(tmp_path, site_toml(config))) == config


def test_a_deadband_below_zero_is_refused_with_its_line(tmp_path: Path):
    told = mistakes(tmp_path, f'{SITE}\n[[limit]]\nstream = "a/*"\ndeadband = -1\n')

    assert told == [(11, "limit[1].deadband", "must be 0 to 1000000000, and is -1")]


def test_a_setting_that_people_do_not_have_cannot_be_fixed(tmp_path: Path):
    fixed = 'scale = 1000\nlanguage = "fr"\ncolour = "red"\n'

    told = mistakes(tmp_path, f"{SITE}\n[fixed]\n{fixed}")

    assert [where for _, where, _ in told] == ["fixed.scale", "fixed.language", "fixed.colour"]
