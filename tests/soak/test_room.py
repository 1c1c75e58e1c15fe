"""The room of tests/integration/test_room.py for `SOAK_S` seconds, by chance `SOAK_SEED`."""

import os
import time

import pytest

from tests.soak.room import run_room

SECONDS = float(os.environ.get("SOAK_S", "600"))
SEED = int(os.environ.get("SOAK_SEED", "0")) or time.time_ns() % 1_000_000


@pytest.mark.timeout(SECONDS + 1_200)
@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_room_loses_and_doubles_nothing_and_shows_one_picture(journal_url, tmp_path, capsys):
    with capsys.disabled():
        print(f"\nSOAK_SEED={SEED}, {SECONDS:g} s")
        notes = run_room(journal_url, tmp_path, seconds=SECONDS, seed=SEED)
        print(f"{notes} notes, each there once; three pictures equal")

    assert notes > SECONDS
