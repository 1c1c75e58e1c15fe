"""A start that nothing decides is asked about once, kept, and can be chosen anew."""

import json
import tomllib
from argparse import Namespace

import pytest

from paser_command.cli.first_start import asking, decided, is_undecided
from paser_command.config import load_site
from paser_command.errors import ConfigError, InputError
from paser_command.plugin.discovery import discover
from paser_command.plugin.kinds import feed_kinds
from paser_command.session.start import (
    EXERCISE,
    Answer,
    Start,
    Way,
    forget_start,
    keep_start,
    kept_start,
    public_site,
)

PLUGINS = discover()
SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "sqlite+pysqlite:///x.sqlite"
"""


def options(**given):
    values = dict.fromkeys(
        ("exercise", "config", "journal", "speed", "language", "for_s", "screenshot")
    )
    return Namespace(**{**values, "json": False, **given})


class Asked:
    """Answers, and keeps the questions."""

    def __init__(self, answer):
        self.answer = answer
        self.questions = []

    def __call__(self, question):
        self.questions.append(question)
        return self.answer


@pytest.mark.parametrize(
    "given",
    [{"exercise": "karhutla"}, {"config": "x"}, {"journal": "x"}, {"speed": 2.0}],
    ids=lambda given: next(iter(given)),
)
def test_an_option_decides(tmp_path, given):
    assert not is_undecided(options(**given), tmp_path)


def test_a_site_file_decides(tmp_path):
    before = is_undecided(options(), tmp_path)
    (tmp_path / "site.toml").write_text(SITE)

    assert (before, is_undecided(options(), tmp_path)) == (True, False)


def test_the_exercise_is_started_and_kept(tmp_path):
    ask = Asked(Answer(Start(Way.EXERCISE), "en"))

    first = decided(options(), PLUGINS, tmp_path, ask)
    again = decided(options(), PLUGINS, tmp_path, ask)

    assert first is not None
    assert again is not None
    assert (first.exercise, first.language, again.exercise) == (EXERCISE, "en", EXERCISE)
    assert len(ask.questions) == 1


def test_the_public_feeds_have_a_site_file_and_a_journal_of_their_own(tmp_path):
    chosen = decided(options(), PLUGINS, tmp_path, Asked(Answer(Start(Way.PUBLIC), "id")))

    assert chosen is not None
    site = load_site(public_site(tmp_path), feed_kinds(PLUGINS))
    assert chosen.config == str(public_site(tmp_path))
    assert site.journal.url == f"sqlite+pysqlite:///{tmp_path / 'paser.sqlite'}"
    assert {feed.url.split("/")[2] for feed in site.feeds} == {"data.bmkg.go.id", "www.bmkg.go.id"}


def test_nothing_is_written_for_the_public_feeds_before_they_are_chosen(tmp_path):
    decided(options(), PLUGINS, tmp_path, Asked(None))

    assert list(tmp_path.iterdir()) == []


def test_what_a_person_made_of_the_public_site_file_stays(tmp_path):
    path = public_site(tmp_path)
    path.write_text(SITE)

    assert public_site(tmp_path).read_text() == SITE


@pytest.mark.parametrize("way", [Way.EXERCISE, Way.PUBLIC])
def test_a_choice_is_kept_and_forgotten(tmp_path, way):
    keep_start(tmp_path, Start(way))
    kept = kept_start(tmp_path)

    forget_start(tmp_path)
    forget_start(tmp_path)

    assert (kept, kept_start(tmp_path)) == (Start(way), None)


def test_an_own_site_file_is_started(tmp_path):
    site = tmp_path / "own.toml"
    site.write_text(SITE)

    chosen = decided(options(), PLUGINS, tmp_path, Asked(Answer(Start(Way.OWN, str(site)), "id")))

    assert chosen is not None
    assert chosen.config == str(site)


def test_an_own_site_file_that_went_wrong_is_asked_about_with_what_is_wrong(tmp_path):
    site = tmp_path / "own.toml"
    site.write_text(SITE.replace("Asia/Makassar", "Asia/Nowhere"))
    keep_start(tmp_path, Start(Way.OWN, str(site)))
    ask = Asked(None)

    chosen = decided(options(), PLUGINS, tmp_path, ask)

    assert chosen is None
    assert isinstance(ask.questions[0].fault, ConfigError)
    assert "own.toml:3: site.zone" in str(ask.questions[0].fault)


def test_where_nobody_can_be_asked_what_is_wrong_is_told(tmp_path):
    keep_start(tmp_path, Start(Way.OWN, str(tmp_path / "away.toml")))

    with pytest.raises(InputError, match="there is no such file"):
        decided(options(), PLUGINS, tmp_path, None)


def test_where_nobody_can_be_asked_nothing_is_chosen(tmp_path):
    given = options()

    assert decided(given, PLUGINS, tmp_path, None) is given


@pytest.mark.parametrize("body", [b"", b"{", json.dumps({"way": "sideways"}).encode(), b"\xff"])
def test_a_damaged_choice_is_asked_anew(tmp_path, body):
    (tmp_path / "start.json").write_bytes(body)

    assert kept_start(tmp_path) is None


@pytest.mark.parametrize("given", [{"for_s": 1.0}, {"screenshot": "x"}, {"json": True}, {}])
def test_nobody_is_asked_where_nobody_looks(given, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    assert asking(options(**given)) is None


def test_the_windows_say_where_they_ask():
    with open("pyproject.toml", "rb") as file:
        points = tomllib.load(file)["project"]["entry-points"]["paser_command.start"]

    assert points == {"start": "paser_ui.first_start.window:ask"}
