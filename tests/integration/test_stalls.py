"""A server that stands still, falls or is set back is told at once, and nothing is lost by that."""

import pytest

from tests import postgres
from tests.soak.stalls import run_stalls

SEED = 20261202
ROUNDS = 6


@pytest.mark.skipif(postgres.missing() is not None, reason=str(postgres.missing()))
@pytest.mark.timeout(600)
def test_a_server_that_fails_loses_and_doubles_nothing(tmp_path):
    found = run_stalls(tmp_path, rounds=ROUNDS, seed=SEED)

    assert found.set_back > 0
    assert found.notes > 5 * ROUNDS
