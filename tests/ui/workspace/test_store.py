"""A person's settings come back after a restart, and a broken file harms nothing."""

import os

import msgspec
import pytest

from paser_command.config import FixedSettings
from paser_command.errors import PaserError
from paser_command.session.frames import Selection
from paser_ui.preferences.schema import fields
from paser_ui.settings import VERSION, Settings
from paser_ui.workspace.store import SettingsStore

SAVED = Settings(
    language="en",
    selection=Selection("incident", "incident-1"),
    workspace="banjir",
)


def test_what_was_saved_is_loaded(tmp_path):
    SettingsStore(tmp_path / "new").save(SAVED)

    loaded = SettingsStore(tmp_path / "new").load()

    assert loaded.settings == SAVED
    assert loaded.notice is None


def test_the_first_start_has_the_defaults(tmp_path):
    loaded = SettingsStore(tmp_path).load()

    assert loaded.settings == Settings()
    assert loaded.notice is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\x00" * 200,
        b"[]",
        b'{"version": "one"}',
        b'{"version": 2, "unknown": 2}',
        b'{"version": 2, "workspace": 7}',
        b'{"version": 1, "language": []}',
        b"\xff\xfe{}",
        b'{"version": ' + str(VERSION + 1).encode() + b"}",
    ],
)
def test_a_file_that_is_no_settings_is_refused_and_kept(tmp_path, body):
    store = SettingsStore(tmp_path)
    store.path.write_bytes(body)

    loaded = store.load()
    store.save(SAVED)

    assert loaded.settings == Settings()
    assert str(store.path) in str(loaded.notice)
    assert (tmp_path / "settings.json.refused").read_bytes() == body
    assert SettingsStore(tmp_path).load().settings == SAVED


def test_a_torn_file_gives_way_to_the_last_good_one(tmp_path):
    store = SettingsStore(tmp_path)
    store.save(SAVED)
    store.save(msgspec.structs.replace(SAVED, language="id"))
    whole = store.path.read_bytes()

    for length in range(0, len(whole) - 1, 97):
        store.path.write_bytes(whole[:length])
        loaded = SettingsStore(tmp_path).load()
        assert loaded.settings == SAVED
        assert loaded.notice is not None


def test_a_language_that_nobody_speaks_is_left_aside(tmp_path):
    SettingsStore(tmp_path).save(msgspec.structs.replace(SAVED, language="xx"))

    assert SettingsStore(tmp_path).load().settings.language == ""


def test_only_its_person_reads_the_file(tmp_path):
    store = SettingsStore(tmp_path)
    store.save(SAVED)

    assert store.path.stat().st_mode & 0o077 == 0


def test_nothing_is_left_beside_the_file(tmp_path):
    store = SettingsStore(tmp_path)
    for _ in range(3):
        store.save(SAVED)

    assert sorted(os.listdir(tmp_path)) == ["settings.json", "settings.json.bak"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(PaserError, match="could not be saved"):
        SettingsStore(tmp_path / "file").save(SAVED)


def test_settings_of_the_first_version_are_taken_but_for_the_places_of_panels(tmp_path):
    store = SettingsStore(tmp_path)
    store.path.write_bytes(
        b'{"version": 1, "language": "en", "pulse": false, "layout": "AAAA", '
        b'"panels": {"map.map": {"zoom": 9}}}'
    )

    loaded = store.load()

    assert loaded.notice is None
    assert loaded.settings == Settings(language="en", pulse=False)


def test_what_the_site_has_fixed_stands_before_what_a_person_chose(tmp_path):
    SettingsStore(tmp_path).save(SAVED)
    store = SettingsStore(tmp_path, {"language": "id", "scale": 150})

    shown = store.load().settings
    store.save(shown)

    assert (shown.language, shown.scale) == ("id", 150)
    assert SettingsStore(tmp_path).load().settings == SAVED


def test_the_site_may_fix_what_a_person_is_asked_for_and_nothing_else():
    assert set(FixedSettings.__struct_fields__) == {field.name for field in fields()}
