"""Installed, upgraded, rolled back, removed and purged, as an administrator does it."""

import json
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing, suppress

import pytest

from paser_command.installed.compare import Change, differences
from paser_command.installed.manifest import UNLISTED, Installation, trusted_manifest
from tests.documents import ROOT
from tests.package.install.conftest import NEXT
from tests.package.install.exercise import shows_its_city
from tests.package.install.roots import Root
from tools.package.changes import version_of
from tools.package.libraries import elf_files
from tools.package.runpaths import foreign_runpaths

THIS = version_of(ROOT)
VERSIONS = "opt/paser-command/versions"


def version(root: Root) -> str:
    return root.run("paser-command", "--version").text.split()[-1]


def upgraded(root: Root, shelf) -> None:
    root.serve(shelf["new"])
    root.apt("update")
    root.apt("upgrade")


@pytest.mark.short
def test_a_clean_root_has_no_python_and_no_compiler(clean):
    for name in ("python3", "gcc", "cc", "pip3"):
        assert clean.run("sh", "-c", f"command -v {name}", check=False).code != 0


@pytest.mark.short
def test_the_installed_exercise_shows_its_city(installed, display):
    shows_its_city(installed, display, "installed")


@pytest.mark.short
def test_what_is_installed_is_as_it_was_signed(installed):
    said = installed.run("paser-command", "verify", "--json")

    assert json.loads(said.text)["differences"] == []


RUNS = f"/{VERSIONS}/{THIS}"
WORDS = f"{RUNS}/_internal/paser_resources/i18n/id.po"


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (f"printf x >> {WORDS}", f"{WORDS}: altered"),
        (f"rm {WORDS}", f"{WORDS}: missing"),
        (f"touch {RUNS}/_internal/sitecustomize.py", "sitecustomize.py: added"),
        ("touch /opt/paser-command/x", "/opt/paser-command/x: added"),
        (f"chmod o+w {WORDS}", f"{WORDS}: other permissions"),
        (f"chown daemon {WORDS}", f"{WORDS}: owned by somebody else than root"),
        ("ln -sf /bin/false /usr/bin/paser-command", "/usr/bin/paser-command: altered"),
        (f"printf x >> {RUNS}/MANIFEST.json", "is not signed by the release key"),
    ],
)
def test_a_file_that_differs_is_named(installed, act, told):
    installed.run("sh", "-c", act)

    said = installed.run(f"{RUNS}/paser-command", "verify", check=False)

    assert (said.code, told in said) == (1, True), said.text


def test_a_flipped_bit_in_any_shipped_file_is_named(installed):
    base = installed / "opt/paser-command"
    place = Installation(base / "versions" / THIS, base)
    manifest = trusted_manifest(place.folder)
    files = [place.folder / name for name, one in manifest.program.items() if one.kind == "file"]
    for path in files:
        with path.open("r+b") as file:
            first = file.read(1) or b"\0"
            file.seek(0)
            file.write(bytes([first[0] ^ 1]))

    found = {one.path for one in differences(manifest, place) if one.change is Change.ALTERED}

    shipped = [path for path in place.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert {path for path in shipped if path.name not in UNLISTED} == set(files)
    assert {str(path) for path in files} - found == set()


def test_no_file_has_libraries_looked_for_elsewhere(installed):
    files = list(elf_files(installed / "opt/paser-command/program"))

    assert [path for path in files if foreign_runpaths(path)] == []
    assert files


@pytest.mark.short
def test_a_size_within_the_goals(installed, built):
    taken = subprocess.run(
        ["du", "-sk", str(installed / "opt/paser-command")], capture_output=True, text=True
    )

    assert built.stat().st_size <= 130e6
    assert int(taken.stdout.split()[0]) * 1024 <= 350e6


@pytest.mark.short
def test_an_upgrade_starts_the_new_version_and_keeps_the_old(installed, shelf):
    upgraded(installed, shelf)

    assert version(installed) == NEXT
    assert installed.run("paser-command-version").text.splitlines() == [f"  {THIS}", f"* {NEXT}"]
    assert installed.run("paser-command", "verify", check=False).code == 0


def test_the_way_back_needs_no_network(installed, shelf):
    upgraded(installed, shelf)

    installed.run("paser-command-version", THIS)

    assert version(installed) == THIS
    assert installed.run("paser-command", "verify", check=False).code == 0


def test_a_downgrade_by_apt(installed, shelf):
    upgraded(installed, shelf)

    installed.apt("install", "--allow-downgrades", f"paser-command={THIS}")

    assert version(installed) == THIS
    assert installed.run("paser-command", "verify", check=False).code == 0


def test_a_journal_of_every_older_version_is_opened(installed):
    kept = sorted((ROOT / "tests/data").glob("journal-*.sqlite"))
    for path in kept:
        shutil.copy(path, installed / "root" / path.name)
        url = f"sqlite+pysqlite:////root/{path.name}"

        installed.run("paser-command", "journal", "verify", "--journal", url)
    assert kept


def test_a_journal_of_a_newer_program_is_refused_after_the_way_back(installed):
    path = installed / "root/journal.sqlite"
    shutil.copy(max((ROOT / "tests/data").glob("journal-*.sqlite")), path)
    with closing(sqlite3.connect(path)) as journal, journal:
        journal.execute("UPDATE alembic_version SET version_num = '9999'")

    words = ("journal", "verify", "--journal", "sqlite+pysqlite:////root/journal.sqlite")
    said = installed.run("paser-command", *words, check=False)

    assert (said.code, "newer" in said) == (1, True), said.text
    with closing(sqlite3.connect(path)) as journal:
        assert journal.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_a_version_that_is_not_kept_is_refused(installed):
    said = installed.run("paser-command-version", "0.0.1", check=False)

    assert (said.code, "version 0.0.1 is not kept here" in said) == (1, True)


def test_what_is_removed_leaves_settings_and_journals(installed):
    (installed / "etc/paser-command/site.toml").write_text("[site]\n")
    (installed / "var/lib/paser-command/journal.sqlite").write_text("")

    installed.apt("remove", "paser-command")

    assert not (installed / "opt/paser-command").exists()
    assert not (installed / "usr/bin/paser-command").is_symlink()
    assert (installed / "etc/paser-command/site.toml.example").exists()
    assert (installed / "var/lib/paser-command/journal.sqlite").exists()


@pytest.mark.short
def test_what_is_purged_leaves_only_what_is_the_citys(installed):
    (installed / "var/lib/paser-command/journal.sqlite").write_text("")

    said = installed.apt("purge", "paser-command")

    assert "holds journals and is left" in said
    assert not (installed / "etc/paser-command").exists()
    assert (installed / "var/lib/paser-command/journal.sqlite").exists()


@pytest.mark.parametrize("after_s", [0.3, 1.0, 2.0, 3.0, 4.0, 5.0, 6.5])
def test_a_power_cut_in_an_upgrade_leaves_a_version_that_works(installed, shelf, after_s):
    installed.serve(shelf["new"])
    installed.apt("update")
    with subprocess.Popen(
        installed.command("apt-get", "--yes", "install", "paser-command"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as upgrade:
        while not installed.running() and upgrade.poll() is None:
            time.sleep(0.01)
        with suppress(subprocess.TimeoutExpired):
            upgrade.wait(after_s)
        upgrade.kill()
    installed.cut_off()

    at_once = version(installed)
    sound = installed.run("paser-command", "verify", check=False)
    installed.run("dpkg", "--configure", "-a", check=False)
    configured = version(installed)
    installed.apt("install", "paser-command")

    assert {at_once, configured} <= {THIS, NEXT}
    assert sound.code == 0 or "program/" in sound
    assert version(installed) == NEXT
    assert installed.run("paser-command", "verify", check=False).code == 0
