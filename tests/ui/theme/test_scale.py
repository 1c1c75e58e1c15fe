"""A person's scale is Qt's own factor, and never overrules the environment."""

from paser_ui.theme.scale import scale_environment


def test_the_scale_is_said_as_a_factor():
    assert scale_environment(125, {}) == {"QT_SCALE_FACTOR": "1.25"}


def test_the_delivered_scale_says_nothing():
    assert scale_environment(100, {}) == {}


def test_a_factor_of_the_environment_counts():
    assert scale_environment(150, {"QT_SCALE_FACTOR": "2"}) == {}
