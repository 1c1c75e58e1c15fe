"""Stations of which the numbers alone differ have the same marks."""

import pytest

from paser_command.records import Severity
from paser_map.stations import Station, StationLayer

ONE = Station("a", "Pos A", 116.1, -1.9, "1,00 m", Severity.NONE, False)
OTHER = Station("b", "Pos B", 116.2, -1.8, "2,00 m", Severity.HIGH, True)


def test_another_value_is_the_same_mark():
    before, after = StationLayer([ONE, OTHER]), StationLayer([ONE._replace(value="1,01 m"), OTHER])

    assert after.has_marks_of(before)


@pytest.mark.parametrize(
    "change",
    [
        {"severity": Severity.LOW},
        {"stale": True},
        {"lon": 116.100001},
        {"lat": -1.900001},
        {"key": "c"},
    ],
)
def test_what_changes_a_mark_is_seen(change):
    before, after = StationLayer([ONE, OTHER]), StationLayer([ONE._replace(**change), OTHER])

    assert not after.has_marks_of(before)


def test_one_more_or_one_less_is_seen():
    assert not StationLayer([ONE, OTHER]).has_marks_of(StationLayer([ONE]))
    assert not StationLayer([ONE]).has_marks_of(StationLayer([ONE, OTHER]))
