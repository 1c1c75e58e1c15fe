"""A narrow status bar cuts nothing: what matters least goes first, and comes back."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from paser_command.session.identity import Identity
from paser_command.times import MINUTE
from paser_ui.alarms.tallies import Tallies
from paser_ui.status_bar import HEIGHT_PX, StatusBar
from tests.ui.city import NOON

WIDTHS = (1_366, 1_000, 900, 800, 650)


@pytest.fixture(params=["id", "en"])
def bar(desk, qtbot, request):
    """The status bar of a bad day, in a window that leaves its width to the test."""
    desk.speak(request.param)
    holder = QWidget()
    qtbot.addWidget(holder)
    made = StatusBar(desk)
    made.setParent(holder)
    made.show_workspace(desk.translated("War room"), locked=False)
    show(made, desk)
    holder.show()
    yield made
    holder.close()


def show(bar, desk):
    """Show what stands now."""
    session = desk.session
    bar.show_time()
    bar.show_tally(Tallies().of(session.picture), session.view)
    bar.show_feeds(session.picture, session.now(), session.view)


def be_wide(bar, width):
    """Have it laid out in a width."""
    bar.setGeometry(0, 0, width, HEIGHT_PX)
    QApplication.processEvents()
    bar.grab()


def gone(bar):
    """Return what is left out."""
    feeds = bar.feeds.isVisible() or bar.feeds_short.isVisible()
    shown = {
        "seat": bar.seat.isVisible(),
        "date": bar.date.isVisible(),
        "words": bar.feeds.isVisible(),
        "feeds": feeds,
    }
    return [name for name, is_shown in shown.items() if not is_shown]


def cut(bar):
    """Return what is seen in part only: of all that is shown, in its order."""
    shown = sorted(bar.findChildren(QWidget), key=lambda one: one.x())
    shown = [one for one in shown if one.isVisible() and one is not bar.mode]
    over = [a for a, b in pairwise(shown) if a.geometry().right() >= b.x()]
    outside = [one for one in shown if not bar.rect().contains(one.geometry())]
    small = [one for one in shown if one.width() < one.sizeHint().width()]
    return [one.objectName() for one in (*over, *outside, *small)]


def test_what_matters_least_goes_first_and_comes_back(bar):
    left_out = []
    for width in WIDTHS:
        be_wide(bar, width)
        assert cut(bar) == [], width
        assert bar.mode.width() >= bar.mode.sizeHint().width()
        left_out.append(gone(bar))

    be_wide(bar, WIDTHS[0])

    assert left_out[0] == gone(bar) == []
    assert "seat" in left_out[2]
    assert left_out[3] == ["seat", "date"]
    assert left_out[4][:3] == ["seat", "date", "words"]


def test_the_mode_keeps_its_first_words_in_a_replay(bar, desk):
    desk.session.seek(NOON - MINUTE)
    desk.session.play(600.0)
    show(bar, desk)
    be_wide(bar, bar.minimumSizeHint().width())

    assert cut(bar) == []
    assert bar.mode.minimumSizeHint().width() <= bar.mode.width() < bar.mode.sizeHint().width()
    assert bar.mode.accessibleName() == bar.mode.text()


def test_a_long_name_of_a_workspace_leaves_room_for_the_rest(bar):
    bar.show_workspace("Siaga gabungan banjir dan kebakaran di tujuh kecamatan", locked=True)
    be_wide(bar, 800)

    assert cut(bar) == []
    assert "…" in bar.workspace.text()
    assert "kecamatan" in bar.workspace.accessibleName()
    assert "kecamatan" in bar.workspace.toolTip()


def test_the_date_that_went_is_told_over_the_clock(bar):
    be_wide(bar, 800)

    assert not bar.date.isVisible()
    assert bar.date.text() in bar.clock.toolTip()


def test_who_sits_here_may_change_while_the_program_runs(bar, desk):
    desk.session.become(Identity("Budi", "meja 3"))

    bar.show_time()

    assert bar.seat.text() == "meja 3 · Budi"
