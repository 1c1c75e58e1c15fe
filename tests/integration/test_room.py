"""Three desks and a collector on one PostgreSQL live through whatever a network does."""

import pytest

from tests.soak.room import run_room

SECONDS = 40.0


@pytest.mark.timeout(900)
@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_room_loses_and_doubles_nothing_and_shows_one_picture(journal_url, tmp_path):
    notes = run_room(journal_url, tmp_path, seconds=SECONDS, seed=20261201)

    assert notes > 100
