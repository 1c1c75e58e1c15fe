"""The bell rings for what is new, once for a burst, and nags for what nobody took."""

import pytest

from paser_command.picture.picture import Picture
from paser_command.records import Command, Report, Severity
from paser_command.session.view import View, ViewState
from paser_ui.alarms.bell import STROKES, Bell
from paser_ui.alarms.ringing import BURST_S, NAG_S, Ringing
from tests.ui.city import NOON

NOW = View(state=ViewState.CURRENT, since=NOON, age_s=0.0)
LOST = View(state=ViewState.NOT_CURRENT, since=NOON, age_s=3.0)
LOADING = View(state=ViewState.LOADING, since=NOON, age_s=3.0)


def report(key, severity=Severity.CRITICAL):
    return Report(
        feed="112",
        key=f"112/{key}",
        at=NOON,
        received=NOON,
        category="flood",
        severity=severity,
        title="Banjir",
        began=NOON,
        incident=key,
    )


def taken(key):
    return Command(
        feed="console",
        key=f"console/{key}",
        at=NOON,
        received=NOON,
        verb="acknowledge",
        subject=key,
        who="Sari",
        seat="meja 2",
    )


@pytest.fixture
def picture():
    return Picture()


def listening(picture, sounds="all"):
    ringing = Ringing(sounds)
    ringing.look(picture, 0.0)
    return ringing


def test_what_is_new_rings_once(picture):
    ringing = listening(picture)
    picture.apply(report("a"))

    rang = [ringing.look(picture, second) for second in (1.0, 2.0, 3.0)]

    assert rang == [Severity.CRITICAL, None, None]


def test_what_waited_at_the_start_is_not_new(picture):
    picture.apply(report("a"))

    assert listening(picture).look(picture, 1.0) is None


def test_a_burst_is_one_ring(picture):
    ringing = listening(picture)
    rang = []

    for number in range(10):
        picture.apply(report(str(number)))
        rang.append(ringing.look(picture, 1.0 + number * 0.5))

    assert rang == [Severity.CRITICAL, *[None] * 9]


def test_what_is_worse_breaks_through_a_burst(picture):
    ringing = listening(picture)
    picture.apply(report("a", Severity.LOW))
    first = ringing.look(picture, 1.0)
    picture.apply(report("b", Severity.CRITICAL))

    assert (first, ringing.look(picture, 2.0)) == (Severity.LOW, Severity.CRITICAL)


def test_after_a_burst_it_rings_again(picture):
    ringing = listening(picture)
    picture.apply(report("a"))
    ringing.look(picture, 1.0)
    picture.apply(report("b"))

    assert ringing.look(picture, 1.0 + BURST_S) is Severity.CRITICAL


def test_what_nobody_took_is_nagged_for(picture):
    ringing = listening(picture)
    picture.apply(report("a", Severity.HIGH))
    ringing.look(picture, 1.0)

    rang = [ringing.look(picture, 1.0 + second) for second in (NAG_S - 1, NAG_S, NAG_S + 1)]

    assert rang == [None, Severity.HIGH, None]


def test_what_was_taken_is_silent(picture):
    ringing = listening(picture)
    picture.apply(report("a"))
    ringing.look(picture, 1.0)
    picture.apply(taken("a"))

    assert ringing.look(picture, 2 * NAG_S) is None


@pytest.mark.parametrize(
    ("sounds", "severity", "rings"),
    [
        ("none", Severity.CRITICAL, False),
        ("critical", Severity.HIGH, False),
        ("critical", Severity.CRITICAL, True),
        ("all", Severity.LOW, True),
    ],
)
def test_a_person_chooses_what_rings(picture, sounds, severity, rings):
    ringing = listening(picture, sounds)
    picture.apply(report("a", severity))

    assert (ringing.look(picture, 1.0) is not None) is rings


def test_a_silence_that_ends_does_not_ring_for_what_came_in_it(picture):
    ringing = listening(picture, "none")
    picture.apply(report("a"))
    ringing.choose("all")

    assert ringing.look(picture, 1.0) is None


def test_the_strokes_tell_how_bad_it_is(picture, qtbot):
    strokes: list[int] = []
    bell = Bell("all", strike=lambda: strokes.append(1))
    bell.look(picture, NOW, 0.0)
    picture.apply(report("a"))

    bell.look(picture, NOW, 2.0)

    qtbot.waitUntil(lambda: len(strokes) == STROKES[Severity.CRITICAL])
    assert STROKES[Severity.LOW] < STROKES[Severity.HIGH] < STROKES[Severity.CRITICAL]


def test_another_picture_is_looked_at_though_it_has_changed_as_often(picture):
    ringing, other = Ringing("all"), Picture()
    picture.apply(report("a"))
    other.apply(report("b"))
    ringing.look(picture, 0.0)

    assert ringing.look(other, 20.0) is Severity.CRITICAL


@pytest.fixture
def strokes():
    return []


@pytest.fixture
def bell_for(strokes):
    return lambda sounds: Bell(sounds, strike=lambda: strokes.append(1))


def test_loss_of_view_is_heard_once(picture, bell_for, strokes):
    bell = bell_for("critical")

    for second, view in enumerate((NOW, LOST, LOST, LOST)):
        bell.look(picture, view, float(second))

    assert len(strokes) == 1


def test_a_view_that_comes_and_goes_is_not_heard_each_time(picture, bell_for, strokes):
    bell = bell_for("all")

    for second in range(int(BURST_S)):
        bell.look(picture, NOW if second % 2 else LOST, float(second))

    assert len(strokes) == 1


def test_where_sounds_are_off_loss_of_view_is_not_heard(picture, bell_for, strokes):
    bell = bell_for("none")

    bell.look(picture, NOW, 0.0)
    bell.look(picture, LOST, 1.0)

    assert strokes == []


def test_what_the_first_picture_brings_is_not_new(picture, bell_for, strokes):
    bell = bell_for("all")
    bell.look(picture, LOADING, 0.0)
    picture.apply(report("a"))

    bell.look(picture, NOW, 2.0)
    bell.look(picture, NOW, 4.0)

    assert strokes == []
