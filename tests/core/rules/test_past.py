"""Over a recorded past a rule raises what it raised live, or what it would have raised."""

from hypothesis import given
from hypothesis import strategies as st

from paser_command.picture.picture import Picture
from paser_command.records import Alarm
from paser_command.rules.past import over_past
from paser_command.times import HOUR, SECOND
from tests.core.rules.kit import LADDER, Room, by_site, stamp, told
from tests.records import START, level

steps = st.lists(
    st.tuples(st.integers(1, 200), st.floats(1.5, 3.5), st.integers(-90, 90)), max_size=25
)


@given(steps=steps, delays=st.tuples(st.integers(0, 90), st.integers(0, 90)))
def test_the_past_raises_what_was_raised_live(steps, delays):
    (plan,) = by_site(on_delay_s=delays[0], off_delay_s=delays[1])
    room = Room(plans=(plan,))
    room.hear(LADDER)
    for wait_s, value, ahead_s in steps:
        room.wait(room.clock.at + wait_s * SECOND)
        room.hear(level(value, room.clock.at + ahead_s * SECOND))
    room.wait(room.clock.at + HOUR // 6)
    live = [stamp(record, 0) for record in room.journal if isinstance(record, Alarm)]
    heard = [record for record in room.journal if not isinstance(record, Alarm)]

    assert list(over_past(plan, Picture(), heard, room.clock.at)) == live


@given(steps=steps)
def test_a_restart_changes_no_alarm_that_knows_no_delay(steps):
    plans = by_site(on_delay_s=0, off_delay_s=0)
    rooms = [Room(plans=plans), Room(plans=plans)]
    said = []
    for room in rooms:
        room.hear(LADDER)
        raised = []
        for wait_s, value, _ in steps:
            if room is rooms[1]:
                room.restart()
            room.wait(room.clock.at + wait_s * SECOND)
            raised += told(room.hear(level(value, room.clock.at)))
        said.append(raised)

    assert said[0] == said[1]


def test_another_deadband_can_be_tried_over_the_past():
    past = [stamp(LADDER, START)]
    past += [stamp(level(v, START + n), START + n) for n, v in enumerate([2.3, 2.1, 2.3, 2.1])]
    (narrow,), (wide,) = by_site(off_delay_s=0), by_site(off_delay_s=0, deadband=0.3)

    assert len(told(over_past(narrow, Picture(), past, START + HOUR))) == 4
    assert len(told(over_past(wide, Picture(), past, START + HOUR))) == 1
