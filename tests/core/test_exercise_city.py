"""The city of an exercise is a pure function: its past never changes, however often it is asked."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paser_command.exercise.city import HISTORY, City
from paser_command.exercise.curves import curve_at, noise
from paser_command.exercise.scenario import BACKENDS, load_scenario
from paser_command.exercise.units import heard_last
from paser_command.geo import distance_m
from paser_command.times import HOUR, MINUTE, SECOND, parse

BEGAN = parse("2026-11-20T03:03:17.250000Z")
FLOOD = load_scenario("banjir-kandilo")
SPEEDS = st.sampled_from([0.5, 1.0, 7.0, 60.0, 600.0])
SPANS = st.integers(0, 5 * HOUR)


def level(city: City, minute: float, station: int = 0) -> float:
    now = city.instant(minute)
    samples = list(city.samples(station, now - MINUTE, now))
    return city.value(samples[-1])


def test_half_a_minute_in_the_room_has_something_to_look_at():
    city = City(FLOOD, BEGAN)
    now = city.instant(0.5)

    tickets = [*city.tickets("warga", now), *city.tickets("panggilan-112", now)]

    assert len([ticket for ticket in tickets if ticket.status == "open"]) >= 3
    assert [one.inject.id for one in city.warnings(now) if one.expires > now] == ["hujan-hulu"]
    assert city.shapes(now)
    for station in range(len(FLOOD.stations)):
        assert list(city.samples(station, now - 2 * MINUTE, now))


def test_the_kandilo_climbs_the_ladder_and_falls_again():
    city = City(FLOOD, BEGAN)

    levels = [level(city, minute) for minute in (0, 15, 45, 80, 140, 240)]
    steps = [sum(limit.value <= one for limit in FLOOD.stations[0].limits) for one in levels]

    assert steps == [0, 1, 2, 3, 4, 1]


def test_there_are_six_calm_hours_before_the_beginning():
    city = City(FLOOD, BEGAN, speed=60)

    samples = list(city.samples(0, 0, BEGAN - 1))

    assert samples[0].at == BEGAN - HISTORY
    assert {later.at - one.at for one, later in pairwise(samples)} == {20 * SECOND}
    assert max(city.value(one) for one in samples) < 1.7


@pytest.mark.parametrize(("speed", "interval"), [(1, 20), (2, 10), (10, 2), (60, 1), (600, 1)])
def test_stations_keep_their_scenario_interval_but_never_run_faster_than_a_second(speed, interval):
    city = City(FLOOD, BEGAN, speed)

    first, second = list(city.samples(0, BEGAN, BEGAN + interval * SECOND))

    assert first.at == BEGAN
    assert second.at - first.at == interval * SECOND


def test_speed_brings_the_same_things_sooner():
    slow, fast = City(FLOOD, BEGAN), City(FLOOD, BEGAN, speed=60)

    def told(city: City) -> list[tuple[str, str, str]]:
        tickets = city.tickets("warga", city.instant(100))
        return [(one.id, one.status, one.notes) for one in tickets]

    assert told(slow) == told(fast)
    assert fast.instant(100) - BEGAN == 100 * SECOND


@settings(max_examples=60, deadline=None)
@given(speed=SPEEDS, first=SPANS, later=SPANS, station=st.integers(0, len(FLOOD.stations) - 1))
def test_an_observation_once_served_is_served_the_same_at_any_later_moment(
    speed, first, later, station
):
    now = BEGAN + first
    before, after = City(FLOOD, BEGAN, speed), City(FLOOD, BEGAN, speed)
    start = now - 5 * MINUTE

    served = [(one.id, one.at, before.value(one)) for one in before.samples(station, start, now)]
    again = [
        (one.id, one.at, after.value(one))
        for one in after.samples(station, start - later // 60, now + later)
        if start <= one.at <= now
    ]

    assert served == again


@settings(max_examples=60, deadline=None)
@given(speed=SPEEDS, first=SPANS, later=SPANS)
def test_the_past_of_reports_and_warnings_does_not_change(speed, first, later):
    now = BEGAN + first
    before = City(FLOOD, BEGAN, speed)
    after = City(FLOOD, BEGAN, speed)

    for desk in ("warga", "panggilan-112"):
        known = {one.id: one for one in before.tickets(desk, now)}
        later_on = {one.id: one for one in after.tickets(desk, now + later)}
        assert known.keys() <= later_on.keys()
        for own_id, ticket in known.items():
            told = later_on[own_id]
            assert (told.requested, told.text, told.lon, told.lat) == (
                (ticket.requested, ticket.text, ticket.lon, ticket.lat)
            )
            assert told == ticket or told.updated > now - SECOND
    sent = before.warnings(now)
    assert after.warnings(now + later)[: len(sent)] == sent


def test_callers_of_the_same_flood_are_near_one_another_in_place_and_time():
    city = City(FLOOD, BEGAN)
    calls = [
        one for one in city.tickets("panggilan-112", city.instant(30)) if "siring" in one.address
    ]

    assert len(calls) == 4
    assert len({one.text for one in calls}) == 4
    first = calls[0]
    for call in calls[1:]:
        assert 0 < distance_m(first.lon, first.lat, call.lon, call.lat) < 300
        assert 0 < call.requested - first.requested <= 5 * MINUTE


def test_another_exercise_has_other_ticket_ids():
    one, other = City(FLOOD, BEGAN), City(FLOOD, BEGAN + HOUR)

    ids = {ticket.id for ticket in one.tickets("warga", one.instant(240))}

    assert not ids & {ticket.id for ticket in other.tickets("warga", other.instant(240))}


def test_an_outage_begins_and_ends():
    city = City(FLOOD, BEGAN, speed=10)

    failing = [
        minute for minute in range(240) if city.outage("muka-air", city.instant(minute + 0.5))
    ]

    assert failing == [58, 59, 60]
    assert {one for one in BACKENDS if city.outage(one, city.instant(59))} == {"muka-air"}


def test_a_curve_goes_through_its_points_and_never_beyond_its_neighbours():
    points = [(0.0, 1.0), (10.0, 2.0), (20.0, 2.0), (30.0, 5.0), (40.0, 4.0)]

    assert [curve_at(points, x) for x, _ in points] == [y for _, y in points]
    assert [curve_at(points, x) for x in (-5.0, 99.0)] == [1.0, 4.0]
    for (x0, y0), (x1, y1) in pairwise(points):
        values = [curve_at(points, x0 + (x1 - x0) * share / 50) for share in range(51)]
        assert min(y0, y1) - 1e-9 <= min(values) <= max(values) <= max(y0, y1) + 1e-9


def test_noise_stays_in_its_bounds_and_belongs_to_its_name():
    values = [noise(1, "a", sample=sample) for sample in range(-500, 500)]

    assert max(map(abs, values)) <= 1
    assert abs(sum(values)) / 1000 < 0.1
    assert values == [noise(1, "a", sample=sample) for sample in range(-500, 500)]
    assert values != [noise(1, "b", sample=sample) for sample in range(-500, 500)]


def test_a_fire_is_seen_with_each_pass_of_a_satellite_and_grows():
    city = City(load_scenario("karhutla"), BEGAN)

    seen = [len(city.detections(city.instant(minute))) for minute in (-3000, 0, 5, 60, 120)]

    assert seen == sorted(set(seen))
    assert seen[0] == 0
    again = city.detections(city.instant(120))
    assert again == city.detections(city.instant(120))
    assert all(one.at <= city.instant(120) and one.at % MINUTE == 0 for one in again)


@pytest.mark.parametrize("speed", [1.0, 20.0])
def test_a_unit_goes_along_its_track_at_its_speed(speed):
    city = City(FLOOD, BEGAN, speed)
    boat = next(unit for unit in FLOOD.units if unit.id == "perahu-bpbd-2")

    waiting = heard_last(city, boat, city.instant(5))
    going = heard_last(city, boat, city.instant(20))

    assert (waiting.lon, waiting.lat, waiting.speed_m_s) == (116.2004, -1.9052, 0.0)
    assert waiting.course_deg is None
    assert going.course_deg is not None
    assert 290 < going.course_deg < 310
    assert going.status == "memantau"
    gone_m = distance_m(waiting.lon, waiting.lat, going.lon, going.lat)
    assert gone_m == pytest.approx(going.speed_m_s * 6 * 60, rel=0.1)


def test_a_unit_that_is_silent_is_as_old_as_its_last_word():
    city = City(FLOOD, BEGAN)
    car = next(unit for unit in FLOOD.units if unit.silent)
    (start, end), *_ = car.silent

    heard = heard_last(city, car, city.instant(end - 1))

    assert city.instant(start - 1) < heard.at <= city.instant(start)
    assert heard_last(city, car, city.instant(end + 1)).at > city.instant(end)
