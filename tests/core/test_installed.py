"""`verify` names every installed file that is not as the release key signed it."""

import os
import threading
import time

import minisign
import msgspec
import pytest

from paser_command.errors import PaserError
from paser_command.installed.compare import Change, differences, entry_of, tree_entries
from paser_command.installed.manifest import (
    KEY,
    LIST,
    SIGNATURE,
    Installation,
    Manifest,
    installation,
    list_bytes,
    trusted_manifest,
)
from paser_command.installed.watch import InstallationWatch

MINE = os.getuid()
PAIR = minisign.KeyPair.generate()


@pytest.fixture
def installed(tmp_path):
    """A package as postinst leaves it: dpkg's files, and the running version linked to them."""
    program = tmp_path / "paser-command" / "program"
    (program / "lib").mkdir(parents=True)
    for name in ("paser-command", "lib/one.so", "lib/two.so"):
        (program / name).write_bytes(name.encode() * 1_000)
        (program / name).chmod(0o644)
    (program / "lib" / "link").symlink_to("one.so")
    (program / KEY).write_bytes(bytes(PAIR.public_key))
    starter = tmp_path / "bin"
    starter.symlink_to("paser-command/current/paser-command")
    system = {str(starter): entry_of(starter)}
    manifest = Manifest(version="1.0", program=tree_entries(program), system=system)
    told = list_bytes(manifest)
    (program / LIST).write_bytes(told)
    (program / SIGNATURE).write_bytes(bytes(PAIR.secret_key.sign(told, trusted_comment="test")))
    version = program.parent / "versions" / "1.0"
    version.mkdir(parents=True)
    (version / "lib").mkdir()
    for path in program.rglob("*"):
        if not path.is_dir():
            os.link(path, version / path.relative_to(program), follow_symlinks=False)
    (program.parent / "current").symlink_to("versions/1.0")
    return Installation(version, program.parent)


def found(installed):
    manifest = trusted_manifest(installed.folder)
    return [
        (one.path.removeprefix(f"{installed.base}/"), one.change)
        for one in differences(manifest, installed, owner=MINE)
    ]


def replace(path, data=b"other"):
    path.unlink()
    path.write_bytes(data)
    path.chmod(0o644)


def test_an_untouched_installation_has_no_differences(installed):
    assert found(installed) == []


def test_a_file_changed_in_its_place_is_named(installed):
    (installed.folder / "lib" / "two.so").write_bytes(b"other")

    assert found(installed) == [("versions/1.0/lib/two.so", Change.ALTERED)]


def test_a_file_put_in_anothers_place_is_named(installed):
    replace(installed.folder / "lib" / "two.so")

    assert found(installed) == [("versions/1.0/lib/two.so", Change.ALTERED)]


def test_dpkgs_own_copy_is_looked_at_too(installed):
    replace(installed.base / "program" / "lib" / "two.so")

    assert found(installed) == [("program/lib/two.so", Change.ALTERED)]


def test_one_flipped_bit_in_any_file_is_named(installed):
    files = [path for path in installed.folder.rglob("*") if path.is_file()]
    for path in (path for path in files if not path.is_symlink()):
        if path.name in (LIST, SIGNATURE):
            continue
        whole = path.read_bytes()
        path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])

        told = differences(
            msgspec.json.decode((installed.folder / LIST).read_bytes(), type=Manifest),
            installed,
            owner=MINE,
        )

        assert [one.path for one in told] == [str(path)]
        path.write_bytes(whole)


def test_a_missing_file_is_named(installed):
    (installed.folder / "lib" / "one.so").unlink()

    assert ("versions/1.0/lib/one.so", Change.MISSING) in found(installed)


@pytest.mark.parametrize("place", ["versions/1.0/lib/new.so", "program/new", "new"])
def test_an_added_file_is_named_wherever_it_is(installed, place):
    (installed.base / place).write_bytes(b"x")

    assert found(installed) == [(place, Change.ADDED)]


def test_a_link_that_leads_elsewhere_is_named(installed):
    link = installed.folder / "lib" / "link"
    link.unlink()
    link.symlink_to("/tmp")

    assert found(installed) == [("versions/1.0/lib/link", Change.ALTERED)]


def test_other_permissions_are_named(installed):
    (installed.folder / "lib").chmod(0o777)

    assert found(installed) == [("versions/1.0/lib", Change.MODE)]


def test_another_owner_is_named(installed):
    manifest = trusted_manifest(installed.folder)

    told = differences(manifest, installed, owner=MINE + 1)

    assert {one.change for one in told} == {Change.OWNER}


def test_what_starts_the_program_is_looked_at(installed):
    starter = installed.base.parent / "bin"
    starter.unlink()
    starter.symlink_to("/tmp/other")

    assert [change for _, change in found(installed)] == [Change.ALTERED]


def test_a_list_that_was_changed_is_not_trusted(installed):
    with (installed.folder / LIST).open("ab") as file:
        file.write(b" ")

    with pytest.raises(PaserError, match="is not signed by the release key"):
        trusted_manifest(installed.folder)


def test_a_list_under_another_key_is_not_trusted_by_the_key_from_elsewhere(installed, tmp_path):
    elsewhere = tmp_path / "release.pub"
    elsewhere.write_bytes(bytes(minisign.KeyPair.generate().public_key))

    with pytest.raises(PaserError, match="is not signed by the release key"):
        trusted_manifest(installed.folder, elsewhere)


def test_a_key_that_is_none_is_no_key(installed, tmp_path):
    nonsense = tmp_path / "release.pub"
    nonsense.write_bytes(b"nonsense")

    with pytest.raises(PaserError, match="is not signed by the release key"):
        trusted_manifest(installed.folder, nonsense)


def test_a_kept_older_version_is_compared_alone(installed):
    replace(installed.base / "program" / LIST)

    assert found(installed) == []


def test_the_installation_is_where_the_program_lies(installed):
    starter = installed.base / "current" / "paser-command"

    assert installation(starter) == installed


def test_a_source_tree_is_no_installation():
    assert installation() is None


def waited(watch):
    """What the watch says first, once it says something."""
    watch.start()
    end_s = time.monotonic() + 20
    told: list[tuple[str, PaserError]] = []
    while not told and time.monotonic() < end_s:
        told = list(watch.news())
        threading.Event().wait(0.01)
    watch.close()
    return told[0][0], str(told[0][1])


def test_a_console_is_told_of_an_altered_file(installed, caplog):
    replace(installed.folder / "lib" / "two.so")

    name, told = waited(InstallationWatch(installed, owner=MINE))

    assert name == "installed.files"
    assert "two.so (altered), 1 in all" in told
    caplog.clear()


def test_a_console_is_told_of_another_version(installed):
    (installed.base / "current").unlink()
    (installed.base / "current").symlink_to("versions/2.0")

    name, told = waited(InstallationWatch(installed, look_s=0.01, owner=MINE))

    assert (name, told[:36]) == ("installed.version", "Paser Command 2.0 is installed; this")
