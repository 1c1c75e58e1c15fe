"""The limit rule: an alarm comes where a number reaches its limit, goes firmly, is never lost."""

import msgspec
import pytest

from paser_command.config import LimitSettings
from paser_command.picture.picture import Picture
from paser_command.records import Limit, Quality, Severity, Stream
from paser_command.rules.bands import band_of
from paser_command.rules.limits import limits_plan
from paser_command.times import HOUR, MINUTE, SECOND
from tests.core.rules.kit import LADDER, Room, by_site, told
from tests.records import LEVEL, START, level

RAIN = Stream(
    feed="hujan",
    key="hujan/1",
    at=START,
    name="Hujan",
    unit="mm/jam",
    limits=(Limit("Hujan lebat", 10.0, Severity.MEDIUM),),
)


def numbers(room, *values, start=START, step=SECOND):
    """Hear numbers one by one, each as it is measured, and return what alarms say."""
    raised = []
    for number, value in enumerate(values):
        at = start + number * step
        raised += room.hear(level(value, at), at=at)
    return told(raised)


def described(stream=LADDER, **settings):
    room = Room(plans=by_site(**settings) if settings else None)
    room.hear(stream)
    return room


def test_a_limit_reached_raises_an_alarm_once():
    assert numbers(described(), 2.0, 2.2, 2.3, 3.3, 3.4) == [("Siaga 3", True), ("Siaga 1", True)]


def test_an_alarm_goes_only_well_below_its_limit():
    room = described(off_delay_s=0)

    assert numbers(room, 2.3, 2.19, 2.16, 2.21) == [("Siaga 3", True)]
    assert numbers(room, 2.1, start=START + MINUTE) == [("Siaga 3", False)]


def test_an_alarm_goes_once_its_value_was_below_for_the_delay():
    room = described(off_delay_s=60)
    numbers(room, 2.3)
    room.hear(level(2.1, START + 10 * SECOND), at=START + 10 * SECOND)

    assert told(room.wait(START + 69 * SECOND)) == []
    assert told(room.wait(START + 70 * SECOND)) == [("Siaga 3", False)]
    assert room.journal[-1].at == START + 70 * SECOND


def test_a_value_that_rises_again_in_the_delay_keeps_its_alarm():
    room = described(off_delay_s=60)

    said = numbers(room, 2.3, 2.1, 2.25, 2.1, 2.3, step=40 * SECOND)

    assert said == [("Siaga 3", True)]
    assert told(room.wait(START + HOUR)) == []


def test_numbers_that_come_late_together_prove_by_their_own_times_that_the_delay_is_over():
    room = described(off_delay_s=60)
    past = [level(2.3, START - HOUR), level(2.0, START - 30 * MINUTE), level(1.9, START - MINUTE)]

    assert told(room.hear(*past)) == [("Siaga 3", True), ("Siaga 3", False)]


def test_an_alarm_comes_once_its_value_was_there_for_the_delay():
    room = described(on_delay_s=30)

    assert numbers(room, 2.3, 2.1, 2.3, step=20 * SECOND) == []
    assert told(room.wait(START + 69 * SECOND)) == []
    assert told(room.wait(START + 70 * SECOND)) == [("Siaga 3", True)]


def test_of_a_steep_fall_one_alarm_is_cleared():
    room = described(off_delay_s=60)
    numbers(room, 3.4, 1.0)

    assert told(room.wait(START + HOUR)) == [("Siaga 1", False)]
    assert room.picture.alarms[f"rules/limit:{LEVEL}"].alarm.raised is False


def test_a_fall_below_the_highest_limit_leaves_the_lower_one():
    room = described(off_delay_s=60)
    numbers(room, 3.4, 2.5)

    assert told(room.wait(START + HOUR)) == [("Siaga 3", True)]


def test_rain_in_bursts_is_one_alarm():
    room = Room()
    room.hear(RAIN)
    bursts = [11.0, 9.0, 12.0, 7.0, 10.5, 6.0, 11.0] * 4

    said = []
    for minute, value in enumerate(bursts):
        at = START + minute * MINUTE
        said += told(room.hear(level(value, at, RAIN.key), at=at))

    assert said == [("Hujan lebat", True)]


@pytest.mark.parametrize(
    ("unit", "value", "deadband"),
    [
        ("m", 2.2, 0.05),
        ("m", 65.0, 0.05),
        ("cm", 250.0, 5.0),
        ("mm/jam", 10.0, 2.5),
        ("km/jam", 60.0, 9.0),
        ("µg/m³", 150.0, 15.0),
        ("\u03bcg/m3", 150.0, 15.0),
        ("℃", 37.0, 0.5),
        ("m³/s", 200.0, 10.0),
        ("kV", 20.0, 0.4),
    ],
)
def test_a_deadband_fits_what_is_measured(unit, value, deadband):
    band = band_of(Limit("Siaga", value, Severity.HIGH), unit, "a/1", ())

    assert band.deadband == pytest.approx(deadband)


def test_the_site_sets_deadbands_by_stream_and_limit():
    own = (
        LimitSettings(stream="muka-air/*", deadband=0.2, off_delay_s=5),
        LimitSettings(stream="muka-air/*", name="Siaga 1", deadband=0.4),
    )

    def deadband(name, stream):
        return band_of(Limit(name, 3.2, Severity.HIGH), "m", stream, own).deadband

    assert deadband("Siaga 3", LEVEL) == 0.2
    assert deadband("Siaga 1", LEVEL) == 0.4
    assert deadband("Siaga 1", "lain/1") == 0.05


def test_a_bad_number_raises_nothing():
    room = described()
    bad = msgspec.structs.replace(level(9.0), quality=Quality.BAD)

    assert told(room.hear(bad)) == []


def test_a_late_number_raises_nothing():
    room = described()
    numbers(room, 1.0, start=START + HOUR)

    assert told(room.hear(level(9.0, START))) == []


@pytest.mark.parametrize("ahead", [2 * MINUTE, 59 * MINUTE])
def test_a_stamp_of_the_future_hides_no_number_over_a_limit(ahead):
    room = described()
    room.hear(level(1.0, START + ahead), at=START)

    # The source delivers a minute late: the true stamp is older than the receipt of the wrong one.
    true = level(3.4, START - MINUTE)

    assert told(room.hear(true, at=START + SECOND)) == [("Siaga 1", True)]


def test_a_clock_seconds_ahead_hides_no_number_over_a_limit():
    room = described()
    room.hear(level(1.0, START + 1_900_000), at=START)

    said = told(room.hear(level(3.4, START + SECOND), at=START + SECOND))

    assert said == [("Siaga 1", True)]
    assert told(room.wait(START + HOUR)) == [("Siaga 1", False)]


def test_a_number_that_came_before_its_limits_is_judged_by_them():
    room = Room()
    room.hear(level(2.5))

    assert told(room.hear(LADDER)) == [("Siaga 3", True)]


def test_an_alarm_of_a_limit_that_is_no_more_is_cleared():
    room = described()
    numbers(room, 2.5)

    bare = msgspec.structs.replace(LADDER, limits=())

    assert told(room.hear(bare)) == [("Siaga 3", False)]


def test_an_alarm_of_a_limit_that_went_before_a_restart_is_cleared_with_the_next_number():
    room = described()
    numbers(room, 2.5)
    room.picture.apply(msgspec.structs.replace(LADDER, limits=()))
    room.restart()

    assert numbers(room, 2.5, start=START + HOUR) == [("Siaga 3", False)]


def test_a_restart_repeats_nothing():
    room = described(off_delay_s=0)
    numbers(room, 2.5)
    room.restart()

    assert told(room.wait(START + MINUTE)) == []
    assert numbers(room, 2.6, start=START + HOUR) == []
    assert numbers(room, 1.0, start=START + HOUR + MINUTE) == [("Siaga 3", False)]


def test_a_restart_forgets_no_delay():
    room = described(off_delay_s=60)
    numbers(room, 2.5, 2.0)
    room.restart()

    assert told(room.wait(START + MINUTE)) == []
    assert told(room.wait(START + MINUTE + SECOND)) == [("Siaga 3", False)]


def test_a_delay_that_ended_while_nobody_ran_is_over_at_the_start():
    room = described(on_delay_s=60)
    numbers(room, 2.5)
    room.clock.at = START + HOUR
    room.restart()

    assert told(room.wait(START + HOUR + SECOND)) == [("Siaga 3", True)]
    assert room.journal[-1].at == START + MINUTE


def test_an_alarm_stands_since_it_reached_its_limit_from_below():
    same = Limit("Siaga 2", 2.7, Severity.MEDIUM)
    room = described(msgspec.structs.replace(LADDER, limits=(*LADDER.limits, same)), off_delay_s=0)

    def since(minute: int, value: float) -> int:
        numbers(room, value, start=START + minute * MINUTE)
        (stands,) = room.picture.alarms.values()
        return int(stands.since - START) // MINUTE

    assert since(1, 2.3) == 1
    assert since(2, 2.8) == 2
    assert since(3, 2.9) == 2
    assert since(4, 3.3) == 4
    assert since(5, 2.9) == 4
    assert since(6, 3.4) == 6
    assert since(7, 1.0) == 6


def test_an_old_alarm_of_a_picture_is_taken_up():
    picture = Picture()
    before = Room(picture, (limits_plan(),))
    before.hear(LADDER, level(3.4))

    after = Room(picture)

    assert told(after.hear(level(3.5, START + MINUTE), at=START + MINUTE)) == []
