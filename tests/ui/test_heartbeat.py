"""The beat comes from the window's loop, stops with it, and ends it where nobody listens."""

import os
import select
import threading

import pytest

from paser_command.keeper.heart import BEAT, Heart
from paser_ui import heartbeat
from paser_ui.heartbeat import beating


@pytest.fixture
def pipe():
    """A pipe; the test closes the end that it is about."""
    hearing, telling = os.pipe()
    os.set_blocking(hearing, False)
    yield hearing, telling
    os.close(telling)


def test_the_loop_beats_while_it_runs_and_no_longer(qtbot, pipe, monkeypatch):
    monkeypatch.setattr(heartbeat, "EVERY_MS", 5)
    hearing, telling = pipe
    heard = []

    def hear():
        heard.append(os.read(hearing, 100))
        return len(b"".join(heard)) >= 3

    with beating(Heart(telling), pytest.fail):
        qtbot.waitUntil(lambda: _ready(hearing) and hear())
    while _ready(hearing):
        heard.append(os.read(hearing, 100))
    qtbot.wait(20)
    beats_on = _ready(hearing)
    os.close(hearing)

    assert set(b"".join(heard)) == set(BEAT)
    assert not beats_on


def test_a_loop_that_nobody_listens_to_is_ended(qtbot, pipe):
    hearing, telling = pipe
    os.close(hearing)
    ended = threading.Event()

    with beating(Heart(telling), ended.set):
        qtbot.waitUntil(ended.is_set)


def test_a_keeper_that_stands_holds_nothing_up(pipe):
    hearing, telling = pipe
    heart = Heart(telling)

    beats = [heart.beat() for _ in range(70_000)]

    os.close(hearing)
    assert all(beats)


def test_without_a_keeper_nothing_beats(qtbot):
    with beating(None, pytest.fail):
        qtbot.wait(0)


def _ready(descriptor):
    return bool(select.select([descriptor], [], [], 0)[0])
