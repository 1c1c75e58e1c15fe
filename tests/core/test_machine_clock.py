"""A run of tests says so where the machine's clock was set meanwhile, and nothing else."""

import pytest

from tests.machine_clock import Moment, jump

BEGAN = Moment(1_000_000.0, 50.0)


@pytest.mark.parametrize("slewed_s", [0.0, 0.9, -0.9])
def test_a_clock_that_goes_on_by_itself_is_not_told(slewed_s):
    assert jump(BEGAN, Moment(1_000_600.0 + slewed_s, 650.0)) is None


@pytest.mark.parametrize(("set_s", "told"), [(86_400.0, "+86400.0 s"), (-5.0, "-5.0 s")])
def test_a_clock_that_was_set_is_told(set_s, told):
    words = jump(BEGAN, Moment(1_000_600.0 + set_s, 650.0))

    assert words == f"the machine's clock was set by {told} while the tests ran"
