"""The kills of tests/integration/test_kills.py, `SOAK_KILLS` of them, by chance `SOAK_SEED`."""

import os
import time

import pytest

from tests.soak.kills import run_kills

KILLS = int(os.environ.get("SOAK_KILLS", "200"))
ROUNDS = max(1, KILLS // 4)
"""On each of two engines; each kills a collector and a console."""

SEED = int(os.environ.get("SOAK_SEED", "0")) or time.time_ns() % 1_000_000


@pytest.mark.timeout(600 + 60 * ROUNDS)
def test_nothing_acknowledged_is_lost(journal_url, tmp_path, capsys):
    with capsys.disabled():
        print(f"\nSOAK_SEED={SEED}, {2 * ROUNDS} kills")
        acknowledged = run_kills(journal_url, tmp_path, rounds=ROUNDS, seed=SEED)
        print(f"{acknowledged} notes were acknowledged, each there once")

    assert acknowledged > 10 * ROUNDS
