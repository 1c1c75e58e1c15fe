"""A plugin adds to the core by its own folder alone: no line of the program names what it adds."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import msgspec
import pytest

from paser_command.export.things import LAYERS, Telling, things
from paser_command.extensions import Extensions, extensions
from paser_command.journal.engine import sqlite_url
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.language import Language
from paser_command.maps.findable import PictureSearch
from paser_command.maps.nearby import nearest
from paser_command.outbox.ticket import TicketState
from paser_command.picture.picture import Picture
from paser_command.plugin.discovery import GROUP, Plugins, discover
from paser_command.records import Record, Unknown
from paser_command.session.session import Session
from tests import extension
from tests.conftest import SetClock
from tests.pictures import body_of, picture_of
from tests.records import START, flood
from tests.waiting import until

MANIFEST = """
[plugin]
id = "other"
name = "Other"
version = "1"
api = 1
"""


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugins]:
    extension.install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    yield discover([EntryPoint("shelters", "paser_shelters:plugin.toml", GROUP)])
    ours = (extension.PACKAGE, "paser_wrong")
    for name in [name for name in sys.modules if name.startswith(ours)]:
        del sys.modules[name]


@pytest.fixture
def added(plugins: Plugins) -> Extensions:
    found = extensions(plugins)
    assert not found.faults
    return found


def shelter(added: Extensions, key: str = "pos/gor", people: int = 0) -> Record:
    values = {
        "kind": "shelters.shelter",
        "feed": "pos",
        "key": key,
        "at": START,
        "received": START,
        "name": "GOR Sadurengas",
        "lon": 116.19,
        "lat": -1.9,
        "room": 400,
        "people": people,
    }
    made: Record = msgspec.convert(values, added.kinds[0].record)
    return made


def test_a_kind_and_a_part_go_through_the_journal_and_a_keyframe(
    added: Extensions, tmp_path: Path, clock: SetClock
):
    journal = open_journal(sqlite_url(tmp_path / "j.sqlite"), REAL, model=added.model())
    Writer(journal, clock).append([shelter(added), flood()])
    reader = Reader(journal)

    picture, _ = reader.picture(clock())

    assert list(picture.table("shelters.shelters")) == ["pos/gor"]
    assert picture_of(body_of(picture), added.model()) == picture
    assert not picture.unread
    reader.close()
    journal.close()


def test_a_verb_is_saved_by_the_session_and_folded_by_the_part(
    added: Extensions, tmp_path: Path, clock: SetClock
):
    journal = open_journal(sqlite_url(tmp_path / "j.sqlite"), REAL, model=added.model())
    session = Session(journal, who="sari", seat="2", now=clock, verbs=added.all_verbs())
    session.start()
    (close,) = added.verbs[0].values

    ticket = session.act(msgspec.convert({"why": "penuh"}, close), "pos/gor")
    part = added.parts[0]
    until(lambda: bool(session.drain() and getattr(session.picture.part(part), "closed", None)))

    assert ticket.state is TicketState.SAVED
    assert getattr(session.picture.part(part), "closed", None) == {"pos/gor": "penuh"}
    session.stop()


def test_without_the_plugin_its_records_are_carried_and_counted(
    added: Extensions, tmp_path: Path, clock: SetClock
):
    url = sqlite_url(tmp_path / "j.sqlite")
    with_plugin = open_journal(url, REAL, model=added.model())
    Writer(with_plugin, clock).append([shelter(added), flood(), shelter(added, "pos/2")])
    with_plugin.close()
    journal = open_journal(url, REAL)
    reader = Reader(journal)

    page = reader.read(0)
    picture, _ = reader.picture(clock())

    carried = [record for record in page.records if isinstance(record, Unknown)]
    assert [(one.name, one.key, one.damaged) for one in carried] == [
        ("shelters.shelter", "pos/gor", False),
        ("shelters.shelter", "pos/2", False),
    ]
    assert picture.unread["newer shelters.shelter"].count == 2
    assert list(picture.incidents) == ["warga/1"]
    reader.close()
    journal.close()


def test_what_a_part_shows_is_found_told_nearby_and_exported(added: Extensions):
    picture = Picture(parts=added.model().parts)
    picture.apply(shelter(added))
    search = PictureSearch()
    search.follow(picture)

    assert [one.name for one in search.index.find("sadurengas", 5)] == ["GOR Sadurengas"]
    assert [one.name for one in nearest(picture, (116.2, -1.9))["shelters.shelter"]] == [
        "GOR Sadurengas"
    ]
    exported = things(picture, set(LAYERS), Telling(START, Language("en", "UTC")))
    assert [(one.layer, one.title) for one in exported] == [("others", "GOR Sadurengas")]


def test_a_part_that_raises_stands_still_and_ends_nothing(
    added: Extensions, caplog: pytest.LogCaptureFixture
):
    picture = Picture(parts=added.model().parts)

    with caplog.at_level(logging.CRITICAL):
        picture.apply_all([shelter(added), shelter(added, "pos/2", people=-1), flood()])
        picture.apply(shelter(added, "pos/3"))

    assert list(picture.stopped) == ["shelters.part"]
    assert list(picture.table("shelters.shelters")) == ["pos/gor"]
    assert list(picture.incidents) == ["warga/1"]
    _, missing = Picture.load(picture.dump(), added.model().parts)
    assert missing == added.parts


def test_a_part_of_another_version_is_folded_again_from_the_records(
    added: Extensions, monkeypatch: pytest.MonkeyPatch
):
    before = Picture(parts=added.model().parts)
    records = [flood(received=START), shelter(added)]
    before.apply_all(records)
    dumped = before.dump()
    monkeypatch.setattr(added.parts[0], "version", 2)

    picture, missing = Picture.load(dumped, added.model().parts)
    assert missing == added.parts
    assert not picture.table("shelters.shelters")
    picture.fold_only(missing, records)

    assert picture == before


@pytest.mark.parametrize(
    ("piece", "what"),
    [
        ('[[kinds]]\nid = "shelters.other"\nobject = "core:SHELTER"', "not a kind of record"),
        ('[[kinds]]\nid = "shelters.shelter"\nobject = "core:Shelter"', "not a kind of record"),
        ('[[kinds]]\nid = "shelters.shelter"\nobject = "core:NOTHING"', "could not be loaded"),
        ('[[parts]]\nid = "shelters.shelter"\nobject = "core:SheltersPart"', "not a part"),
    ],
)
def test_a_piece_that_is_none_is_left_out_and_named(
    plugins: Plugins, tmp_path: Path, piece: str, what: str, monkeypatch: pytest.MonkeyPatch
):
    package = tmp_path / "wrong" / "paser_wrong"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "core.py").write_text("from paser_shelters.core import *\n")
    (package / "plugin.toml").write_text(MANIFEST.replace("other", "shelters") + piece)
    monkeypatch.syspath_prepend(tmp_path / "wrong")
    wrong = discover([EntryPoint("shelters", "paser_wrong:plugin.toml", GROUP)])
    assert not wrong.faults

    found = extensions(wrong)

    (fault,) = found.faults
    assert what in str(fault)
    assert not found.kinds
    assert not found.parts


def test_the_programs_own_commands_collect_and_tell_what_a_plugin_adds(tmp_path: Path):
    installed = extension.install(tmp_path / "site")
    site = tmp_path / "site.toml"
    site.write_text(
        '[site]\nname = "Paser"\nzone = "Asia/Makassar"\nlon = 116.19\nlat = -1.9\n'
        f'[journal]\nurl = "{sqlite_url(tmp_path / "j.sqlite")}"\n'
        '[[feed]]\nid = "pos"\ntype = "shelters.polled"\nurl = "http://127.0.0.1:9/"\n'
        '[[feed]]\nid = "siaran"\ntype = "shelters.streamed"\nurl = "http://127.0.0.1:9/"\n'
    )

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "paser_command.cli", *arguments]
        return subprocess.run(
            command, env=_environment(tmp_path) | installed, check=True, capture_output=True
        ).stdout.decode()

    run("--for", "3", "collect", "--config", str(site))
    told = json.loads(run("--json", "picture", "--config", str(site)))

    assert [one["name"] for one in told["shelters.shelters"]] == ["GOR Sadurengas", "SD 1"]
    assert [one["subject"] for one in told["alarms"]] == ["siaran/sd-1"]
    assert not told["unread"]


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, **{f"XDG_{kind}_HOME": str(folder) for kind in ("DATA", "STATE")}}
