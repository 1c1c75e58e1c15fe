"""The manuals are true: settings, keys, site files and examples are those of the program."""

import ast
import logging
import re
import socket
import threading
import tomllib
from types import ModuleType, SimpleNamespace

import pytest
from PySide6.QtWidgets import QLabel

from paser_command import api
from paser_command.api import (
    MINUTE,
    FeedContext,
    Http,
    Observation,
    Picture,
    Receipt,
    RulePlan,
    Stream,
)
from paser_command.config import load_site
from paser_command.plugin.discovery import discover
from paser_command.plugin.kinds import feed_kinds
from paser_command.plugin.manifest import FeedManifest, read_manifest
from paser_command.rules.past import over_past
from paser_map import api as map_api
from paser_ui import api as ui_api
from tests.documents import MANUAL, ROOT, SPAN, blocks_of, page_id, rows_of
from tests.hostile.server import HostileServer
from tests.plugins.panel_kit import NOW, FakeContext, frame

FEEDS = [feed for _, feed in discover().feeds()]

both_languages = pytest.mark.parametrize("language", ["id", "en"])


def settings_rows(feed: FeedManifest) -> list[tuple[str, str, str, str]]:
    return [
        (
            f"`{feed.id}`",
            f"`{setting.name}`",
            setting.type,
            f'"{setting.default}"'
            if isinstance(setting.default, str)
            else ""
            if setting.default is None
            else str(setting.default),
        )
        for setting in feed.settings
    ]


@both_languages
@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.id)
def test_the_administrators_manual_has_every_setting_of_every_feed(feed, language):
    heading = {"id": "Jenis sumber", "en": "Types of feeds"}[language]
    rows = rows_of(MANUAL / f"administrator.{language}.md", heading)

    told = [tuple(row[:4]) for row in rows if len(row) == 5 and row[0] == f"`{feed.id}`"]

    assert told == settings_rows(feed)
    assert [f"`{feed.id}`", f"{feed.interval_s:g} s"] in [[row[0], row[-1]] for row in rows]


@both_languages
def test_the_administrators_manual_has_every_key_of_the_site_file(language):
    heading = {"id": "Berkas situs", "en": "The site file"}[language]
    rows = rows_of(MANUAL / f"administrator.{language}.md", heading)

    keys = {name for row in rows for name in SPAN.findall(row[0])}

    assert keys == {
        *("site.name", "site.zone", "site.lon", "site.lat", "journal.url", "exercise.scenario"),
        *("areas.districts", "areas.code_field", "areas.name_field", "areas.crs"),
        *("fixed.language", "fixed.zone", "fixed.theme"),
        *("fixed.scale", "fixed.pulse", "fixed.sounds"),
        *("limit.stream", "limit.name", "limit.deadband"),
        *("limit.on_delay_s", "limit.off_delay_s"),
        *("feed.id", "feed.type", "feed.url", "feed.interval_s", "feed.settings", "feed.hosts"),
    }


@pytest.mark.parametrize(
    "page",
    [ROOT / "README.md", MANUAL / "administrator.id.md", MANUAL / "administrator.en.md"],
    ids=page_id,
)
def test_the_site_files_that_are_shown_are_in_order(page, tmp_path):
    kinds = feed_kinds(discover())
    shown = [re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in blocks_of(page, "toml")]
    assert shown

    for block in shown:
        site = tmp_path / "site.toml"
        site.write_text(block)
        load_site(site, kinds)


def test_the_authors_example_is_a_plugin(tmp_path):
    page = MANUAL / "plugin-author.en.md"
    (tmp_path / "plugin.toml").write_text(blocks_of(page, "toml")[0])

    manifest = read_manifest(tmp_path / "plugin.toml")

    feed, _, _, panel, _ = blocks_of(page, "python")
    assert f"class {manifest.feeds[0].class_path.partition(':')[2]}:" in feed
    assert f"class {manifest.panels[0].class_path.partition(':')[2]}(Panel):" in panel


def test_the_authors_entry_point_is_one():
    shown = blocks_of(MANUAL / "plugin-author.en.md", "ini")[0]

    groups = tomllib.loads(shown)["project"]["entry-points"]

    assert groups == {"paser_command.plugins": {"gauges": "paser_gauges:plugin.toml"}}


def example(number: int) -> ModuleType:
    """The module that a block of the authors' manual is."""
    made = ModuleType("example")
    exec(blocks_of(MANUAL / "plugin-author.en.md", "python")[number], made.__dict__)
    return made


def test_the_authors_feed_reads_its_document(clock):
    body = b"""[{"id": "kandilo", "at": "2026-11-20T03:00:00Z", "m": 2.1},
               {"id": "telake", "at": "yesterday", "m": 1.0}]"""
    given, passed = [], []
    with HostileServer() as server:
        url = server.put("/levels", body)
        context = FeedContext(
            feed="muka-air",
            url=url,
            settings={"unit": "m"},
            exercise=False,
            lon=116.19,
            lat=-1.91,
            http=Http(url, user_agent="test"),
            now=clock,
            latest=lambda _: None,
            log=logging.getLogger("test"),
            passed_over=lambda error, count=1, of=0: passed.append((error.code, count, of)),
        )

        given.extend(example(0).LevelFeed(context).poll())

    assert [record.key for record in given] == ["muka-air/kandilo"] * 2
    assert passed == [("bad_value", 1, 2)]


def test_the_authors_stream_pushes_what_its_source_tells(clock):
    pushed, stopping = [], threading.Event()

    class Sink:
        def push(self, items):
            pushed.extend(items)
            stopping.set()
            return Receipt()

        def alive(self):
            pass

    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        context = FeedContext(
            feed="muka-air",
            url=url,
            settings={},
            exercise=False,
            lon=116.19,
            lat=-1.91,
            http=Http(None, user_agent="test"),
            now=clock,
            latest=lambda _: None,
            log=logging.getLogger("test"),
        )
        feed = example(1).LineFeed(context)
        running = threading.Thread(target=feed.run, args=(Sink(), stopping))
        running.start()
        with server.accept()[0] as connection:
            connection.sendall(b"kandilo 2.1\n")
            running.join()
        feed.close()

    assert [(one.key, one.value) for one in pushed] == [("muka-air/kandilo", 2.1)]


def test_the_authors_rule_tells_of_silence_once_and_of_its_end():
    plan = RulePlan("silent", example(2).SilentStreams)
    numbers = [
        Observation(feed="f", key="f/kandilo", at=NOW, received=NOW + minute * MINUTE, value=2.1)
        for minute in (0, 5, 60)
    ]

    raised = over_past(plan, Picture(), numbers, NOW + 65 * MINUTE)

    alarms = [one for one in raised if isinstance(one, api.Alarm)]
    assert [(one.raised, (one.at - NOW) // MINUTE) for one in alarms] == [(True, 15), (False, 60)]


def test_the_authors_panel_draws_a_frame(qtbot):
    level = Observation(feed="f", key="f/kandilo", at=NOW, value=2.1)
    picture = Picture()
    picture.apply(Stream(feed="f", key="f/kandilo", at=NOW, name="<b>Kandilo", unit="m"))
    picture.apply(level)

    panel = example(3).GaugesPanel(FakeContext("map"))
    qtbot.addWidget(panel)
    panel.render_frame(frame(picture))

    assert [label.text() for label in panel.findChildren(QLabel)] == ["<b>Kandilo  2,10 m"]


def names_from(code: str, module: str) -> set[str]:
    imports = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in imports if node.module == module for alias in node.names}


def test_the_authors_examples_use_what_the_api_has():
    blocks = blocks_of(MANUAL / "plugin-author.en.md", "python")

    assert len(blocks) == 5
    assert names_from("".join(blocks), "paser_command.api") <= set(api.__all__)
    assert names_from(blocks[3], "paser_ui.api") <= set(ui_api.__all__)
    assert names_from(blocks[4], "paser_map.api") <= set(map_api.__all__)


def test_the_authors_layer_is_made_of_the_shelters(qtbot):
    shelter = SimpleNamespace(key="gor", name="GOR", lon=116.19, lat=-1.9)
    table = {"gauges.shelters": {"gor": shelter}}
    shown = SimpleNamespace(picture=SimpleNamespace(table=table.__getitem__))

    layer = example(4).SHELTERS.make(shown, api.Language("en"))

    assert layer.kind == "gauges.shelter"
    assert layer.place_of("gor") is not None
