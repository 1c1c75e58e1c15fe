"""The folder of workspaces: delivered ones below, the room's own above, the last good one kept."""

import os
import subprocess
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paser_command.errors import ConfigError, InputError, PaserError
from paser_command.whole_file import backup_of
from paser_command.workspaces.definition import FORMAT, Page, Workspace
from paser_command.workspaces.files import load, text_of
from paser_command.workspaces.store import WorkspaceStore, empty, slug

DELIVERED = Path(str(files("paser_resources"))) / "workspaces"
IDS = ["ruang-siaga", "banjir", "karhutla", "rapat-pimpinan", "dinding"]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "workspaces"


@pytest.fixture
def store(folder):
    return WorkspaceStore(folder, [DELIVERED])


def named(name, **changes):
    return msgspec.structs.replace(empty(name), **changes)


def left(folder):
    """Return what lies in the folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_the_delivered_ones_are_listed_in_their_order_and_then_the_rooms_own(store):
    store.save("aaa", named("Posko"))

    assert [listed.id for listed in store.list()] == [*IDS, "aaa"]
    assert [(one.own, one.delivered) for one in store.list()[4:]] == [(False, True), (True, False)]


def test_nothing_is_written_by_reading(store, folder):
    store.list()
    store.load("banjir")

    assert not folder.exists()


def test_what_is_saved_stands_over_what_is_delivered(store, folder):
    store.save("banjir", named("Banjir besar"))

    assert store.load("banjir").workspace.name == "Banjir besar"
    assert [one.name for one in store.list()][1] == "Banjir besar"
    assert left(folder) == ["banjir.toml"]


def test_the_one_before_is_kept_as_bak(store, folder):
    store.save("a", named("one"))
    store.save("a", named("two"))
    store.save("a", named("three"))

    assert load(folder / "a.toml").name == "three"
    assert load(folder / "a.toml.bak").name == "two"
    assert left(folder) == ["a.toml", "a.toml.bak"]


def test_a_refused_file_is_told_and_the_last_good_one_is_used(store, folder):
    store.save("banjir", named("good"))
    store.save("banjir", named("newer"))
    (folder / "banjir.toml").write_text("format = 1\nname = 3\n")

    loaded = store.load("banjir")

    assert loaded.workspace.name == "good"
    assert isinstance(loaded.notice, ConfigError)
    assert [one.line for one in loaded.notice.mistakes] == [1, 2]
    (listed,) = [one for one in store.list() if one.id == "banjir"]
    assert (listed.own, listed.delivered) == (True, True)
    assert listed.fault is not None


def test_without_a_last_good_one_the_delivered_one_is_used(store, folder):
    folder.mkdir()
    (folder / "banjir.toml").write_text("x")

    loaded = store.load("banjir")

    assert loaded.workspace.name == "Flood"
    assert loaded.notice is not None


def test_without_any_good_one_the_mistakes_are_told(store, folder):
    folder.mkdir()
    (folder / "posko.toml").write_text("x")
    (folder / "posko.toml.bak").write_text("y")

    with pytest.raises(ConfigError) as refused:
        store.load("posko")

    assert refused.value.path == str(folder / "posko.toml")


def test_a_refused_file_is_put_aside_before_another_takes_its_place(store, folder):
    store.save("a", named("one"))
    store.save("a", named("two"))
    newer = b'format = 7\nname = "from a newer program"\n'
    (folder / "a.toml").write_bytes(newer)

    store.save("a", named("three"))

    assert (folder / "a.toml.refused").read_bytes() == newer
    assert load(folder / "a.toml").name == "three"
    assert load(folder / "a.toml.bak").name == "one"
    assert left(folder) == ["a.toml", "a.toml.bak", "a.toml.refused"]


def test_what_would_be_refused_is_not_saved_and_what_was_there_stays(store, folder):
    store.save("a", named("one"))

    with pytest.raises(InputError, match="takes at most 80"):
        store.save("a", named("x" * 81))

    assert load(folder / "a.toml").name == "one"
    assert left(folder) == ["a.toml"]


def test_a_reset_goes_back_to_what_was_delivered_and_keeps_the_own_one(store, folder):
    store.save("banjir", named("own"))

    store.reset("banjir")
    store.reset("banjir")

    assert store.load("banjir").workspace.name == "Flood"
    assert load(backup_of(folder / "banjir.toml")).name == "own"
    assert left(folder) == ["banjir.toml.bak"]


def test_a_reset_without_a_delivered_one_is_its_end(store):
    store.save("posko", named("Posko"))

    store.reset("posko")

    assert [one.id for one in store.list()] == IDS
    with pytest.raises(InputError, match="there is no workspace posko"):
        store.load("posko")


def test_a_reset_of_a_refused_file_keeps_the_last_good_one(store, folder):
    store.save("a", named("one"))
    store.save("a", named("two"))
    (folder / "a.toml").write_text("x")

    store.reset("a")

    assert load(folder / "a.toml.bak").name == "one"
    assert left(folder) == ["a.toml.bak", "a.toml.refused"]


def test_a_reset_where_nothing_is_does_nothing(store, folder):
    store.reset("banjir")

    assert not folder.exists()


def test_a_duplicate_has_a_name_of_its_own_and_is_open(store):
    first = store.duplicate(named("x", locked=True), "Banjir")
    second = store.duplicate(named("x"), "Banjir")
    third = store.duplicate(named("x"), "村")

    assert (first, second, third) == ("banjir-2", "banjir-3", "workspace")
    assert not store.load(first).workspace.locked
    assert store.load(first).workspace.name == "Banjir"


def test_a_file_of_another_room_is_taken_in_beside_those_there_are(store, tmp_path):
    path = tmp_path / "x.toml"
    store.export(store.load("banjir").workspace, path)

    ids = [store.take_in(path) for _ in range(3)]

    assert ids == ["flood-2", "flood-3", "flood-4"]
    assert [store.load(id).workspace.name for id in ids] == ["Flood 2", "Flood 3", "Flood 4"]
    pages = store.load("banjir").workspace.pages
    assert all(store.load(id).workspace.pages == pages for id in ids)


def test_the_longest_name_is_taken_in_twice(store, tmp_path):
    path = tmp_path / "x.toml"
    store.export(named("panjang " * 10), path)

    ids = [store.take_in(path) for _ in range(12)]

    assert len(set(ids)) == 12
    assert len({store.load(id).workspace.name for id in ids}) == 12


def test_a_bad_file_is_not_taken_in(store, folder, tmp_path):
    path = tmp_path / "x.toml"
    path.write_text("format = 1\n")

    with pytest.raises(ConfigError):
        store.take_in(path)
    with pytest.raises(ConfigError):
        store.read(path)

    assert not folder.exists()


def test_an_export_is_the_file_itself(store, tmp_path):
    workspace = store.load("dinding").workspace

    store.export(workspace, tmp_path / "new folder" / "x.toml")

    assert store.read(tmp_path / "new folder" / "x.toml") == workspace
    assert (tmp_path / "new folder" / "x.toml").read_text() == text_of(workspace)


@pytest.mark.parametrize("id", ["", "..", "../etc", "a/b", "A", "a b", "-a", "x" * 61, ".a", "\0"])
def test_an_id_is_never_a_path(store, id):
    for act in (store.load, store.reset, lambda one: store.save(one, named("x"))):
        with pytest.raises(InputError, match="is no name of a workspace"):
            act(id)


def test_a_file_whose_name_is_none_is_listed_with_its_fault(store, folder):
    folder.mkdir()
    (folder / "My Room.toml").write_text(text_of(named("x")))

    (listed,) = [one for one in store.list() if one.id not in IDS]

    assert str(listed.fault) == "My Room is no name of a workspace"


@given(st.text(max_size=100))
def test_an_id_made_of_a_name_is_one(name):
    made = slug(name)

    assert slug(made) == made
    assert len(made) <= 60
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_the_first_delivered_folder_is_before_the_others(folder, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "1-banjir.toml").write_text(text_of(named("Banjir of this site")))

    store = WorkspaceStore(folder, [site, DELIVERED])

    assert store.load("banjir").workspace.name == "Banjir of this site"
    assert [one.id for one in store.list()] == ["banjir", "ruang-siaga", *IDS[2:]]


@pytest.fixture
def read_only(store, folder):
    """A folder in which nothing can be written, not even by root."""
    store.save("a", named("one"))
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)
        return
    if subprocess.run(["chattr", "+i", str(folder)], capture_output=True).returncode != 0:
        pytest.skip("this file system knows no folder that is closed to root")
    yield folder
    subprocess.run(["chattr", "-i", str(folder)], check=True)


def test_a_folder_that_cannot_be_written_is_told_and_the_old_one_stays(store, read_only):
    for act in (lambda: store.save("a", named("two")), lambda: store.reset("a")):
        with pytest.raises(PaserError, match="cannot be written"):
            act()

    assert store.load("a").workspace.name == "one"
    assert left(read_only) == ["a.toml"]


def test_a_disk_that_knows_no_links_keeps_the_last_one_too(store, folder, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    store.save("a", named("one"))
    store.save("a", named("two"))

    assert load(folder / "a.toml.bak").name == "one"
    assert left(folder) == ["a.toml", "a.toml.bak"]


def test_an_empty_workspace_is_one_page_that_may_be_saved(store):
    store.save("a", empty("Posko"))

    assert store.load("a").workspace == Workspace(format=FORMAT, name="Posko", pages=(Page(),))
