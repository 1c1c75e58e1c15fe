"""A value is told with the decimals that people need, and a value nobody renews is stale."""

import pytest

from paser_command.api import MINUTE, SECOND, FeedState, Language
from paser_ui.api import is_stale, value_text
from tests.plugins.panel_kit import NOW, health, level, picture_of


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (3.4, "m", "3,40 m"),
        (3.0, "m", "3,00 m"),
        (12.34, "mm", "12,3 mm"),
        (0.126, "mm", "0,13 mm"),
        (12.0, "cm", "12 cm"),
        (1234.5, "m3", "1.234 m3"),
        (-0.5, "°C", "-0,50 °C"),
        (7.0, "", "7"),
        (0.004, "m", "0,0040 m"),
        (0.0123, "kg", "0,012 kg"),
        (0.0, "m", "0,00 m"),
        (1e-9, "m", "1,00×10⁻⁹ m"),
        (-1e9, "m", "-1,00×10⁹ m"),
        (999.96e9, "", "1,00×10¹²"),
        (2.5e-4, "mm", "250×10⁻⁶ mm"),
    ],
)
def test_a_value_has_its_unit_and_the_decimals_it_needs(value, unit, text):
    assert value_text(Language("id"), value, unit) == text


@pytest.mark.parametrize(("age", "stale"), [(2 * MINUTE, False), (2 * MINUTE + 1, True)])
def test_past_twice_its_interval_a_value_is_stale(age, stale):
    picture = picture_of(level("kandilo", 1.0, age=age))

    assert is_stale(picture, "sungai/kandilo", NOW) is stale


@pytest.mark.parametrize(("asked_s", "allowed"), [(30.0, 60 * SECOND), (1.0, 5 * SECOND)])
def test_a_value_is_not_stale_before_its_feed_was_asked_again(asked_s, allowed):
    picture = picture_of(
        level("kandilo", 1.0, age=allowed, interval_s=1.0), health("sungai", interval_s=asked_s)
    )

    assert not is_stale(picture, "sungai/kandilo", NOW)
    assert is_stale(picture, "sungai/kandilo", NOW + 1)


@pytest.mark.parametrize("state", [FeedState.LATE, FeedState.FAILING])
def test_a_value_of_a_silent_feed_is_stale(state):
    picture = picture_of(level("kandilo", 1.0, age=SECOND), health("sungai", state))

    assert is_stale(picture, "sungai/kandilo", NOW)


def test_a_value_of_a_feed_that_is_not_heard_of_is_stale():
    slow = level("kandilo", 1.0, age=SECOND, interval_s=3600.0)
    picture = picture_of(slow, health("sungai", at=NOW - 10 * MINUTE))

    assert is_stale(picture, "sungai/kandilo", NOW)


def test_a_stream_without_a_value_is_stale():
    assert is_stale(picture_of(), "sungai/kandilo", NOW)
