"""The failing server of tests/integration/test_stalls.py, `SOAK_ROUNDS` times, by `SOAK_SEED`."""

import os
import time

import pytest

from tests.soak.stalls import run_stalls

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "40"))
SEED = int(os.environ.get("SOAK_SEED", "0")) or time.time_ns() % 1_000_000


@pytest.mark.timeout(600 + 60 * ROUNDS)
def test_a_server_that_fails_loses_and_doubles_nothing(tmp_path, capsys):
    with capsys.disabled():
        print(f"\nSOAK_SEED={SEED}, {ROUNDS} rounds")
        found = run_stalls(tmp_path, rounds=ROUNDS, seed=SEED)
        print(f"{dict(found.rounds)}: {found.notes} notes, {found.set_back} gone with a server set")
        print(f"back, the others there once; told within {found.slowest_told_s:.2f} s")

    assert found.notes > 5 * ROUNDS
