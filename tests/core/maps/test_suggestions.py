"""Rules to begin with fit the data that they are made from."""

import numpy as np

from paser_command.maps.classes import Method
from paser_command.maps.colours import CATEGORIES
from paser_command.maps.suggestions import MOST_SUGGESTED, category_rule, class_rule


def test_classes_have_a_colour_each_from_dark_to_light():
    rule = class_rule("jiwa", np.arange(101.0), method=Method.EQUAL, classes=4, ramp_name="slate")

    assert rule.breaks == (25.0, 50.0, 75.0)
    assert rule.colours[0] == "#2f4553"
    assert len(rule.colours) == 4


def test_numbers_that_are_few_make_fewer_classes():
    rule = class_rule(
        "x", np.array([1.0, 1.0, 2.0]), method=Method.NATURAL, classes=5, ramp_name="sand"
    )

    assert len(rule.colours) == len(rule.breaks) + 1 == 2


def test_the_most_frequent_values_are_categories_in_the_alphabets_order():
    values = [f"v{number:02d}" for number in range(20) for _ in range(number + 1)]

    rule = category_rule("jenis", np.array([*values, None, ""], object))

    assert list(rule.colours) == [f"v{number:02d}" for number in range(20 - MOST_SUGGESTED, 20)]
    assert list(rule.colours.values())[:8] == list(CATEGORIES)
    assert rule.other == ""
