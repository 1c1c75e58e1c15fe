"""A console's silence is judged by how far it is, and never by time in which nothing ran."""

import pytest

from paser_command.keeper.heart import BEAT, LEAVE, NORMAL, OPENING, WIRED
from paser_command.keeper.watch import (
    ASKED_S,
    PATIENCE_S,
    SETTLED_BEATS,
    Phase,
    Verdict,
    Watch,
)

TICK_S = 0.25
SETTLED = WIRED + SETTLED_BEATS * BEAT


def silent(watch, seconds):
    """Let the console say nothing for so long; return each verdict with its second."""
    verdicts = []
    for tick in range(1, round(seconds / TICK_S) + 1):
        verdict = watch.wait(TICK_S)
        if verdict is not None:
            verdicts.append((verdict, tick * TICK_S))
    return verdicts


def shown():
    watch = Watch()
    watch.hear(SETTLED)
    return watch


def test_stacks_are_wanted_once_after_five_seconds_and_the_end_after_fifteen():
    verdicts = silent(shown(), 15)

    assert verdicts == [(Verdict.DUMP, 5.0), (Verdict.KILL, 15.0)]


def test_a_console_that_beats_is_left_alone():
    watch = shown()

    for _ in range(100):
        assert silent(watch, 4) == []
        watch.hear(BEAT)


def test_a_second_hang_is_dumped_again():
    watch = shown()
    silent(watch, 6)
    watch.hear(BEAT)

    assert silent(watch, 6) == [(Verdict.DUMP, 5.0)]


def test_a_machine_that_slept_is_no_hang():
    watch = shown()

    verdicts = [watch.wait(3600.0), watch.wait(TICK_S)]

    assert verdicts == [None, None]


@pytest.mark.parametrize(
    ("said", "phase"),
    [
        (b"", Phase.OPENING),
        (WIRED, Phase.BUILDING),
        (WIRED + BEAT, Phase.BUILDING),
        (SETTLED, Phase.SHOWN),
        (SETTLED + OPENING, Phase.OPENING),
        (SETTLED + OPENING + WIRED + BEAT, Phase.BUILDING),
        (SETTLED + LEAVE, Phase.LEAVING),
        (SETTLED + LEAVE + BEAT, Phase.LEAVING),
    ],
)
def test_each_phase_has_its_own_patience(said, phase):
    watch = Watch()
    watch.hear(said)

    verdicts = silent(watch, PATIENCE_S[phase][1])

    assert watch.phase is phase
    assert [second for _, second in verdicts] == list(PATIENCE_S[phase])


def test_a_console_that_ignores_that_it_was_asked_to_end_is_ended():
    watch = shown()
    watch.ask()

    verdicts: list[tuple[Verdict, float]] = []
    while not verdicts:
        watch.hear(BEAT)
        verdicts = silent(watch, 1)

    assert verdicts == [(Verdict.KILL, 1.0)]
    assert PATIENCE_S[Phase.SHOWN][0] <= ASKED_S < PATIENCE_S[Phase.SHOWN][1]


def test_a_console_that_leaves_when_asked_has_its_time():
    watch = shown()
    watch.ask()
    watch.hear(LEAVE)

    assert silent(watch, ASKED_S + 1) == []


def test_only_the_time_in_which_the_loop_ran_counts_as_life():
    watch = Watch()
    silent(watch, 20)
    watch.hear(SETTLED)
    for _ in range(8):
        silent(watch, 1)
        watch.hear(BEAT)
    silent(watch, 14)

    assert 8 <= watch.alive_s < 8 + PATIENCE_S[Phase.SHOWN][0]


def test_a_wish_to_start_normally_is_kept():
    watch = shown()
    watch.hear(NORMAL)
    watch.hear(LEAVE)

    assert watch.wants_normal
