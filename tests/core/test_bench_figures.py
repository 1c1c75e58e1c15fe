"""A figure is judged as it is at yardstick 1.0, and is told raw as well."""

import json
from typing import Any

from tests.benchmarks.figures import Figure, Judged, as_json, as_table
from tests.benchmarks.yardstick import Yardstick

BEFORE = Yardstick(loop=2.0, numpy=1.0, sqlite=1.0, paint=1.0)
AFTER = Yardstick(loop=4.0, numpy=1.0, sqlite=1.0, paint=1.0)


def judged(**changes):
    values: dict[str, Any] = {
        "what": "a start",
        "value": 3.3,
        "unit": "s",
        "goal": 1.2,
        "part": "loop",
    }
    return Judged(Figure(**(values | changes)), BEFORE, AFTER)


def test_a_figure_is_divided_by_its_part_of_before_and_after():
    assert (judged().yardstick, round(judged().scaled, 9), judged().holds) == (3.0, 1.1, True)


def test_what_is_judged_besides_is_divided_too():
    assert judged(also={"lists": (360.0, 120.0)}).holds
    assert not judged(also={"lists": (366.0, 120.0)}).holds


def test_a_figure_without_a_part_is_judged_raw():
    assert not judged(part=None).holds


def test_the_file_and_the_table_tell_raw_yardstick_scaled_goal_and_whether_it_holds():
    figures = {"P8": judged(), "P4": judged(part=None, sense="at_least")}

    told = json.loads(as_json(figures))

    assert {name: told["P8"][name] for name in ("value", "goal", "holds")} == {
        "value": 3.3,
        "goal": 1.2,
        "holds": True,
    }
    assert told["P8"]["yardstick"]["part"] == "loop"
    assert told["P8"]["yardstick"]["before"]["loop"] == 2.0
    assert told["P4"]["scaled"] == 3.3
    _, first, second = as_table(figures).splitlines()
    assert first.split()[:7] == ["P8", "3.30", "loop", "3.00", "1.10", "<=", "1.2"]
    assert second.split()[:6] == ["P4", "3.30", "none", "3.30", ">=", "1.2"]
