"""Stamps that lie ahead: seconds are believed, more than that counts as of its receipt."""

import pytest

from paser_command.times import HOUR, MINUTE, SECOND, effective_at, follows
from tests.records import START


@pytest.mark.parametrize(
    ("at", "received", "counts_as"),
    [
        (START, START + HOUR, START),
        (START + 2 * SECOND, START, START + 2 * SECOND),
        (START + 3 * SECOND, START, START),
        (START + HOUR, 0, START + HOUR),
    ],
)
def test_a_stamp_far_ahead_counts_as_of_its_receipt(at, received, counts_as):
    assert effective_at(at, received) == counts_as


def test_of_two_believable_stamps_the_later_counts():
    assert follows(START, START, START, START)
    assert follows(START + 1, START + MINUTE, START, START)
    assert not follows(START - 1, START + MINUTE, START, START)


@pytest.mark.parametrize("true_at", [START + MINUTE, START, START - 5 * MINUTE])
def test_a_stamp_of_the_future_hides_no_later_value(true_at):
    future_at, future_received = START + 59 * MINUTE, START

    assert follows(true_at, START + MINUTE, future_at, future_received)


def test_of_a_clock_that_is_always_ahead_what_is_received_later_counts():
    assert follows(START + 2 * HOUR, START + MINUTE, START + 3 * HOUR, START)
    assert not follows(START + HOUR, START, START + 2 * HOUR, START)
