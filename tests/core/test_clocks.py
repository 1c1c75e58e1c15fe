"""A system clock that is turned for moments leaves no trace in what goes by the steady clock."""

import pytest

from paser_command.clocks import SteadyClock
from paser_command.times import DAY, HOUR, MINUTE, SECOND
from tests.records import START


class Machine:
    """A machine whose clock a test turns; `run` lets time pass."""

    def __init__(self):
        self.system = START
        self.boot = 7 * MINUTE
        self.told: list[int] = []
        self.clock = SteadyClock(lambda: self.system, lambda: self.boot, self.told.append)

    def run(self, span):
        for _ in range(int(span // SECOND)):
            self.system += SECOND
            self.boot += SECOND
            self.clock()


@pytest.fixture
def machine():
    return Machine()


def test_it_goes_with_the_system_clock(machine):
    machine.run(10 * SECOND)

    assert machine.clock() == START + 10 * SECOND


def test_a_step_of_moments_is_followed_at_once(machine):
    machine.system += 2 * SECOND

    assert machine.clock() == START + 2 * SECOND
    assert not machine.told


@pytest.mark.parametrize("turn", [DAY, -DAY])
def test_six_seconds_of_another_day_leave_no_trace(machine, turn):
    machine.system += turn
    machine.run(6 * SECOND)
    during = machine.clock()
    machine.system -= turn
    machine.run(MINUTE + SECOND)

    assert during == START + 6 * SECOND
    assert machine.clock() == START + 6 * SECOND + MINUTE + SECOND
    assert machine.told == [turn]


def test_a_turned_clock_that_stands_for_a_minute_is_followed(machine):
    machine.system -= HOUR
    machine.run(59 * SECOND)
    before = machine.clock()

    machine.run(2 * SECOND)

    assert before == START + 59 * SECOND
    assert machine.clock() == START - HOUR + 61 * SECOND
    assert machine.told == [-HOUR]
    assert machine.clock.turned == 0


def test_a_clock_turned_again_begins_its_minute_anew(machine):
    machine.system += DAY
    machine.run(40 * SECOND)
    machine.system += DAY
    machine.run(40 * SECOND)

    assert machine.clock() == START + 80 * SECOND
    assert machine.told == [DAY, 2 * DAY]
    assert machine.clock.turned == 2 * DAY
