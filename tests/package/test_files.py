"""The files beside the program say what the program is: pages, units, icons."""

import re
import subprocess

import pytest

from paser_command.cli.options import parsed
from tools.package.stage import HERE, filled

FILES = HERE / "files"
FACTS = {"VERSION": "1.0", "DATE": "2026-11-25"}
PAGES = ["paser-command.1.in", "paser-command.id.1.in"]


@pytest.mark.parametrize("page", PAGES)
def test_a_manual_page_names_every_command(page):
    with pytest.raises(Exception, match="Allowed: ") as wrong:
        parsed(["nonsense"])
    commands = re.findall(r"[a-z]+", str(wrong.value).partition("Allowed: ")[2])
    text = (FILES / page).read_text()

    assert [name for name in commands if not re.search(rf"^\.B[IR]? \"?{name}\b", text, re.M)] == []


@pytest.mark.parametrize("page", [*PAGES, "paser-command-version.8.in"])
def test_a_manual_page_is_one_that_man_reads(page, tmp_path):
    made = tmp_path / "page"
    made.write_text(filled(FILES / page, FACTS))

    said = subprocess.run(
        ["man", "--warnings", "--local-file", str(made)], capture_output=True, text=True
    )

    assert (said.returncode, said.stderr) == (0, "")
    assert "@" not in said.stdout


def test_the_collectors_unit_is_watched_and_confined():
    unit = (FILES / "paser-command-collector.service").read_text()

    for line in ("Type=notify", "WatchdogSec=60", "ProtectSystem=strict", "NoNewPrivileges=yes"):
        assert f"{line}\n" in unit


@pytest.mark.parametrize("script", ["postinst.in", "prerm", "postrm", "paser-command-version"])
def test_a_maintainers_script_is_one_that_sh_reads(script):
    said = subprocess.run(
        ["sh", "-n", str(HERE / "debian" / script)], capture_output=True, text=True
    )

    assert (said.returncode, said.stderr) == (0, "")
