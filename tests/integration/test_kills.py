"""kill -9 at random moments: nothing acknowledged is lost, and the room is back at once."""

import pytest

from tests.soak.kills import run_kills

SEED = 20261123


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("journal_url", "rounds"), [("sqlite", 6), ("postgresql", 4)], indirect=["journal_url"]
)
def test_nothing_acknowledged_is_lost_in_twenty_kills(journal_url, rounds, tmp_path):
    acknowledged = run_kills(journal_url, tmp_path, rounds=rounds, seed=SEED)

    assert acknowledged > 10 * rounds
