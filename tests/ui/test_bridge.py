"""One timer feeds the screen: due and visible panels only, and nobody starves."""

import gc
import itertools
import time

import pytest

from paser_command.geo import Box
from paser_command.outbox.ticket import Unsaved
from paser_command.region import Region
from paser_command.session.frames import Mode, Selection
from paser_command.verbs.acknowledge import Acknowledge
from paser_ui.bridge import PATIENCE_S, QUICK_MS, TICK_MS, Bridge, Collecting
from paser_ui.panel_host import PanelHost
from tests.ui.panels import Good, Raising, Slow, Typing


@pytest.fixture
def make(desk, qtbot):
    def bridge(*builds, now_s=time.monotonic):
        hosts = [
            PanelHost(f"test.panel{number}", "Map", build, desk)
            for number, build in enumerate(builds)
        ]
        for host in hosts:
            qtbot.addWidget(host)
            host.show()
        return Bridge(desk, lambda: hosts, now_s=now_s), hosts

    return bridge


def redraw(hosts):
    for host in hosts:
        host.mark_changed(at_once=True)


def frames(host):
    return host.panel.frames


def test_a_tick_draws_what_is_due(make):
    bridge, (host,) = make(Good)

    bridge.tick()

    assert len(frames(host)) == 1


def test_ten_frames_a_second_at_most(make, session, qtbot):
    bridge, (host,) = make(Good)
    session.mode = Mode.PLAYING
    bridge.start()

    qtbot.waitUntil(lambda: len(frames(host)) >= 8)
    bridge.stop()

    assert len(bridge.gaps) >= 3 * (len(frames(host)) - 1)


def test_numbers_alone_are_drawn_four_times_a_second_and_events_at_ten(make, session):
    bridge, (host,) = make(Good)
    seconds = [0.0]
    host._now_s = lambda: seconds[0]

    def drawn_in_a_second(part):
        before = len(frames(host))
        for _ in range(30):
            seconds[0] += 1 / 30
            session.picture.revision[part] += 1
            session.changed = True
            bridge.tick()
        return len(frames(host)) - before

    assert 3 <= drawn_in_a_second("latest") <= 4
    assert 7 <= drawn_in_a_second("incidents") <= 10


def test_an_event_is_not_calmed_by_the_numbers_after_it(make, session):
    bridge, (host,) = make(Good)
    seconds = [10.0]
    host._now_s = lambda: seconds[0]
    bridge.tick()
    session.picture.revision["incidents"] += 1
    session.changed = True
    bridge.tick()
    session.picture.revision["latest"] += 1
    session.changed = True

    seconds[0] += 0.11
    bridge.tick()

    assert len(frames(host)) == 2


def test_a_jump_reaches_every_panel_once(make, session):
    bridge, (one, other) = make(Good, Good)
    bridge.tick()
    session.seek(session.instant - 60_000_000)

    bridge.tick()
    redraw((one, other))
    bridge.tick()

    for host in (one, other):
        assert [frame.seeked for frame in frames(host)] == [False, True, False]


def test_a_panel_that_was_hidden_learns_of_the_jump_when_it_is_shown(make, session):
    bridge, (host,) = make(Good)
    bridge.tick()
    host.hide()
    session.seek(session.instant - 60_000_000)
    bridge.tick()

    host.show()
    bridge.tick()

    assert [frame.seeked for frame in frames(host)] == [False, True]


def test_an_area_is_drawn_at_the_next_tick_and_reaches_every_panel(make, desk):
    bridge, hosts = make(Good, Good)
    bridge.tick()
    area = Region.of_box(Box(116.0, -2.0, 116.2, -1.8))

    hosts[0].panel.context.look_at(area)
    bridge.tick()

    assert [frames(host)[-1].area for host in hosts] == [area, area]


def test_a_selection_is_drawn_at_the_next_tick(make, desk):
    bridge, (host,) = make(Good)
    bridge.tick()

    desk.select(Selection("incident", "incident-1"))
    bridge.tick()

    assert frames(host)[-1].selection == Selection("incident", "incident-1")


def test_new_answers_are_drawn_without_a_change_of_the_picture(make, session):
    bridge, (host,) = make(Good)
    bridge.tick()
    session.answers["test.panel0"] = {"sensor/kandilo": object()}

    bridge.tick()
    host.mark_changed(at_once=True)
    bridge.tick()

    assert "sensor/kandilo" in frames(host)[-1].series


def test_a_slow_panel_starves_nobody(make):
    bridge, hosts = make(Slow, Good, Slow, Good)

    for _ in range(len(hosts)):
        redraw(hosts)
        bridge.tick()

    assert all(len(frames(host)) >= 1 for host in hosts)


def test_neighbours_of_a_failing_panel_go_on(make, caplog):
    bridge, (bad, good) = make(Raising, Good, now_s=lambda: 0.0)

    for _ in range(5):
        redraw((bad, good))
        bridge.tick()

    assert bad.guard.paused
    assert len(frames(good)) == 5
    caplog.clear()


def test_the_loop_measures_its_own_lateness(desk):
    seconds = itertools.count(0.0, 0.5)
    bridge = Bridge(desk, list, now_s=lambda: next(seconds))

    bridge.tick()
    bridge.tick()

    assert list(bridge.gaps) == [0.5]


def test_a_benchmark_sees_every_frame(make):
    bridge, (host,) = make(Good)
    seen = []
    bridge.on_frame.append(lambda drawn, frame: seen.append((drawn, frame)))

    bridge.tick()

    assert seen == [(host, frames(host)[0])]


def test_garbage_is_collected_by_the_timer_alone():
    collecting = Collecting()
    collecting.start()

    automatic = gc.isenabled()
    collecting.collect()
    collecting.stop()

    assert not automatic
    assert gc.isenabled()


def test_it_ticks_more_often_until_an_act_has_come_back_and_panels_wait_for_the_strip(
    make, session
):
    seconds = [100.0]
    bridge, (host,) = make(Good, now_s=lambda: seconds[0])
    bridge.start()
    bridge.tick()
    drawn, ticks = [], []

    session.waiting = Unsaved(1)
    session.act(Acknowledge(), "incident-1")
    ticks.append(bridge._timer.interval())
    for waiting in (Unsaved(1), Unsaved(), Unsaved(), Unsaved()):
        session.waiting = waiting
        seconds[0] += 0.02
        host.mark_changed(at_once=True)
        bridge.tick()
        ticks.append(bridge._timer.interval())
        drawn.append(len(frames(host)))
    bridge.stop()

    assert ticks == [QUICK_MS, QUICK_MS, QUICK_MS, QUICK_MS, TICK_MS]
    assert drawn == [1, 1, 1, 2]


def test_what_shows_acts_is_drawn_before_all_others(make, session, monkeypatch):
    seconds = [100.0]
    bridge, (one, two) = make(Good, Typing, now_s=lambda: seconds[0])
    monkeypatch.setattr(Typing, "shows_acts", True)
    bridge.start()
    bridge.tick()
    session.act(Acknowledge(), "incident-1")
    drawn = []
    for _ in range(3):
        seconds[0] += 0.01
        one.mark_changed(at_once=True)
        bridge.tick()
        drawn.append((len(frames(one)), len(frames(two))))
    bridge.stop()

    assert drawn == [(1, 1), (1, 2), (2, 2)]


def test_panels_wait_no_longer_for_an_act_than_nobody_notices(make, session):
    seconds = [100.0]
    bridge, (host,) = make(Good, now_s=lambda: seconds[0])
    bridge.start()
    bridge.tick()
    session.waiting = Unsaved(1)
    session.act(Acknowledge(), "incident-1")

    seconds[0] += PATIENCE_S
    host.mark_changed(at_once=True)
    bridge.tick()
    bridge.stop()

    assert len(frames(host)) == 2
