"""A console that asks for the installed version is followed by it, with the same command line."""

import os
import sys

import pytest

from tests.patience import patient
from tests.processes import run

CONSOLE = """\
import sys
from argparse import Namespace
from pathlib import Path

from paser_command.cli import console, keeping
from paser_command.installed import manifest

base, code = Path(sys.argv.pop(1)), int(sys.argv.pop(1))
console.console = lambda options, heart, start: code
manifest.installation = lambda: manifest.Installation(base / "versions" / "1.0", base)
sys.exit(keeping.keep(Namespace(for_s=None, safe_mode=False)))
"""


@pytest.fixture
def base(tmp_path):
    """Where versions are kept; the one that is started next says what it was given."""
    newer = tmp_path / "versions" / "2.0"
    newer.mkdir(parents=True)
    (newer / "paser-command").write_text('#!/bin/sh\necho "2.0 $*"\n')
    (newer / "paser-command").chmod(0o755)
    (tmp_path / "current").symlink_to("versions/2.0")
    return tmp_path


def ended(base, code):
    """How a kept console goes on that ends with the code: the last exit code, and what was said."""
    ran = run(
        [sys.executable, "-c", CONSOLE, str(base), str(code), "--config", "site.toml"],
        env=os.environ | {"PASER_COMMAND_HOME": str(base / "home")},
        timeout=patient(30),
    )
    return ran.returncode, ran.stdout


def test_the_installed_version_takes_its_place(base):
    assert ended(base, 76) == (0, "2.0 --config site.toml\n")


def test_a_plain_end_is_the_end(base):
    assert ended(base, 0) == (0, "")


def test_without_an_installation_nothing_follows(base):
    (base / "current").unlink()

    code, said = ended(base, 76)

    assert (code, said) == (1, "")
