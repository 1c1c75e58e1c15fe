"""The program looks for libraries beside itself, and nowhere on the machine that built it."""

import os
import shutil
import subprocess

import pytest

from tools.package.runpaths import drop_foreign_runpaths, foreign_runpaths


@pytest.fixture
def program(tmp_path):
    """A folder with one program, and what sets where it looks."""
    if shutil.which("patchelf") is None:
        if os.environ.get("CI"):
            pytest.fail("patchelf is not installed here")
        pytest.skip("patchelf is not installed here: apt-get install patchelf")
    shutil.copy("/bin/true", tmp_path / "program")
    return tmp_path / "program"


def looking_in(program, places):
    subprocess.run(["patchelf", "--set-rpath", places, str(program)], check=True)


def test_a_builders_home_is_taken_out_and_the_program_runs(program):
    looking_in(program, "$ORIGIN/lib:/home/builder/lib")
    assert foreign_runpaths(program) == ["/home/builder/lib"]

    drop_foreign_runpaths(program.parent)

    assert foreign_runpaths(program) == []
    assert subprocess.run([str(program)], check=False).returncode == 0


def test_what_is_told_from_its_own_place_stays(program):
    looking_in(program, "$ORIGIN/lib")
    before = program.read_bytes()

    drop_foreign_runpaths(program.parent)

    assert program.read_bytes() == before
