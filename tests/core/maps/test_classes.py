"""Class breaks agree with computations that know nothing of ours."""

from itertools import combinations
from statistics import quantiles

import numpy as np
import pytest

from paser_command.maps.classes import Method, breaks


def deviations(values, cuts):
    """Return the squared deviations within the classes that the breaks make."""
    classes = np.searchsorted(cuts, values, side="right")
    return sum(float(values[classes == one].var() * sum(classes == one)) for one in set(classes))


def least_deviations(values, classes):
    """Return the least squared deviations of all ways to cut the numbers, each tried."""
    ways = combinations(sorted(values)[1:], classes - 1)
    return min(deviations(values, np.array(way)) for way in ways)


def test_equal_classes_are_equally_long():
    found = breaks(np.array([0.0, 1.0, 10.0, 3.0]), Method.EQUAL, 5)

    assert found == pytest.approx((2, 4, 6, 8))


def test_quantiles_are_those_of_the_standard_library():
    values = np.random.default_rng(1).lognormal(size=997)

    found = breaks(values, Method.QUANTILE, 7)

    assert found == pytest.approx(quantiles(values, n=7, method="inclusive"))


@pytest.mark.parametrize("classes", [2, 3, 4, 5])
def test_natural_classes_deviate_least_of_all_ways(classes):
    random = np.random.default_rng(classes)
    for _ in range(20):
        values = np.unique(random.normal(size=11).round(1))

        found = breaks(values, Method.NATURAL, classes)

        assert len(found) == classes - 1
        least = least_deviations(values, classes)
        assert deviations(values, np.array(found)) == pytest.approx(least)


def test_natural_classes_find_the_gaps_of_many_numbers():
    random = np.random.default_rng(4)
    heaps = [random.normal(middle, 1.0, 50_000) for middle in (0, 50, 200)]

    low, high = breaks(np.concatenate(heaps), Method.NATURAL, 3)

    wrong = [sum(heaps[0] >= low), sum(heaps[1] < low), sum(heaps[1] >= high), sum(heaps[2] < high)]
    assert max(wrong) <= 150_000 / 512


@pytest.mark.parametrize("method", Method)
def test_numbers_that_tell_nothing_have_no_breaks(method):
    for values in ([], [7.0, 7.0], [np.nan, np.inf, -np.inf], [np.nan, 3.0]):
        assert breaks(np.array(values), method, 5) == ()


@pytest.mark.parametrize("method", Method)
def test_breaks_rise_and_stand_above_the_least_number(method):
    values = np.array([0.0] * 90 + [1.0, 2.0, 5.0, np.nan])

    found = breaks(values, method, 5)

    assert list(found) == sorted(set(found))
    assert all(cut > 0.0 for cut in found)
