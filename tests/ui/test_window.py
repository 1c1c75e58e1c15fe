"""The window shows where in time it is, what is wrong, and takes every key but those of typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from paser_command.errors import InputError, JournalError, PaserError
from paser_command.geo import Box
from paser_command.picture.picture import Picture
from paser_command.records import Severity
from paser_command.region import Region
from paser_command.session.frames import Mode, Selection
from paser_command.session.view import View, ViewState
from paser_command.times import HOUR, MINUTE
from paser_ui.alarms.waiting import key_of
from paser_ui.collector_process import Phase, ProcessState
from paser_ui.theme.tokens import DARK
from paser_ui.windows.main_window import MainWindow
from tests.ui.city import NOON, FakeSession, acknowledging, the_picture

PANELS = ("map.map", "incidents.incidents", "charts.chart", "feeds.health", "other.thing")


@pytest.fixture
def open_window(open_front):
    """Return a function that shows a console; it returns its main window, desk and session."""

    def make(session=None, settings=None, **options):
        front = open_front(session, settings, **options)
        window = front.window
        window.host, window.front = front.workspaces.board.host, front
        window.show_tick(True)
        return window, front.desk, front.desk.session

    return make


def press(window, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, key, modifier)


def edge(window):
    return QColor(window.grab().toImage().pixel(1, window.height() // 2))


def test_the_bars_are_not_limited_by_the_desks_area(open_window):
    window, desk, _session = open_window()
    before = (window.strip.word.text(), window.status.counts[Severity.CRITICAL].count)

    desk.look_at(Region.of_box(Box(0.0, 50.0, 1.0, 51.0)))
    window.show_tick(True)

    assert before[0]
    assert (window.strip.word.text(), window.status.counts[Severity.CRITICAL].count) == before


def test_the_bar_shows_time_mode_counts_and_feeds(open_window):
    window, _desk, _session = open_window()

    status = window.status

    assert status.clock.text() == "14.03.27"
    assert status.date.text() == "WITA · Senin, 23 November 2026"
    assert status.mode.text() == "LANGSUNG"
    assert [status.counts[s].count for s in reversed(Severity) if s] == [2, 2, 1, 2]
    assert status.feeds.text() == "Sumber 14/15 · 1 diam"
    assert status.seat.text() == "meja 2 · Sari"
    assert status.site.text() == "Kabupaten Paser"


def test_a_replay_is_framed_and_named(open_window):
    window, _desk, session = open_window()
    live = edge(window)
    session.seek(NOON - MINUTE)
    session.play(60.0)

    window.show_tick(True)

    assert live == DARK.ground
    assert edge(window) == DARK.replay
    assert window.status.mode.text() == "PUTAR ULANG 60× · yang diketahui"


def test_what_is_new_breaks_through_a_replay(open_window, qtbot):
    session = FakeSession(the_picture())
    window, _desk, _session = open_window(session)
    session.picture = Picture()
    session.seek(NOON - HOUR)

    window.show_tick(True)
    shown = (window.strip.word.text(), window.status.counts[Severity.CRITICAL].count)
    press(window, qtbot, Qt.Key.Key_Space)

    assert shown == ("LANGSUNG · KRITIS", 0)
    assert session.commands == [("acknowledge", "limit/sensor/kandilo", {})]


def test_what_was_taken_leaves_the_strip_at_the_next_tick(desk, session, qtbot):
    session.live_picture = session.picture = the_picture()
    window = MainWindow(desk, site_name="Paser", now_s=lambda: 0.0)
    qtbot.addWidget(window)
    window.show_tick(True)
    top = window.strip.top
    assert top is not None

    session.picture.apply(acknowledging(key_of(top)))
    window.show_tick(True)

    after = window.strip.top
    assert after is not None
    assert key_of(after) != key_of(top)


def test_a_collector_that_died_in_silence_is_seen_in_the_count(open_window):
    window, _desk, session = open_window()

    session.instant = NOON + 10 * MINUTE
    window.show_tick(True)

    assert window.status.feeds.text() == "Sumber 0/15 · 15 diam"


def test_live_again_is_unframed_at_once(open_window):
    window, _desk, session = open_window()
    session.pause()
    window.show_tick(True)

    session.live()
    window.show_tick(True)

    assert edge(window) == DARK.ground


def test_an_exercise_is_marked_on_the_window_and_in_its_title(open_window):
    window, _desk, _session = open_window(FakeSession(Picture(), exercise=True))

    assert window.band.isVisible()
    assert window.band.word == "LATIHAN"
    assert window.windowTitle() == "LATIHAN · Paser Command · Kabupaten Paser"


def test_a_floating_panel_wears_the_marks_too(open_window, qtbot):
    window, _desk, session = open_window(FakeSession(the_picture(), exercise=True))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.wait(200)
    window.front.arranging.float("map")
    qtbot.waitUntil(lambda: len(window.front.shown_windows()) == 2)

    session.pause()
    window.front.tick(True)

    host = window.host("map")
    assert host.isVisible()
    assert host.band.isVisible()
    assert QColor(host.grab().toImage().pixel(1, 60)) == DARK.replay
    assert len(window.front.shown_windows()) == 2


def test_the_real_city_has_no_band(open_window):
    window, _desk, _session = open_window()

    assert not window.band.isVisible()
    assert "LATIHAN" not in window.windowTitle()


def test_faults_are_told_and_taken_back(open_window):
    window, _desk, session = open_window()
    session.live_view = View(
        state=ViewState.UNREADABLE, since=NOON, age_s=1.0, reason=JournalError("disk I/O error")
    )
    session.command_fault = JournalError("database is locked")
    window.show_process("The collector", ProcessState(Phase.WAITING, 2, -9, 4.0))
    window.show_tick(True)
    told = window.banner.told()

    session.live_view, session.command_fault = session.view, None
    window.show_process("The collector", ProcessState(Phase.READY, 3))
    window.show_tick(True)

    assert len(told) == 3
    assert "disk I/O error" in " ".join(told)
    assert "Pengumpul data berhenti (-9)" in " ".join(told)
    assert window.banner.told() == []
    assert not window.banner.isVisible()


def test_what_an_earlier_console_left_is_told_once_it_is_saved(open_window):
    window, _desk, session = open_window()
    session.told = (PaserError("{n} actions from before were saved", n=3),)

    window.show_tick(True)
    window.show_tick(True)

    assert window.banner.told() == ["3 tindakan dari sebelumnya telah tersimpan"]


def test_a_disk_that_keeps_no_acts_is_told(open_window):
    window, _desk, session = open_window()
    session.outbox_fault = PaserError("{path} cannot be written: {cause}", path="x", cause="full")

    window.show_tick(True)

    assert "x tidak dapat ditulis: full" in " ".join(window.banner.told())


def test_a_notice_is_closed_by_the_one_who_read_it(open_window):
    window, _desk, _session = open_window()
    window.notice("settings", InputError("the settings in {path} are torn", path="/x"))

    window.banner.findChild(object, "bannerClose").click()

    assert window.banner.told() == []


def test_the_language_changes_everywhere_at_once(open_window):
    window, desk, _session = open_window()

    desk.speak("en")

    assert window.status.mode.text() == "LIVE"
    assert window.status.feeds.text() == "Feeds 14/15 · 1 silent"
    assert window.strip.word.text() == "CRITICAL"
    assert window.strip.detail.text().endswith("3 more")
    assert window.updatesEnabled()


def test_the_language_changes_while_running(open_window, qtbot):
    window, desk, _session = open_window(panel="Unbuildable", panels=("map.map",))

    press(window, qtbot, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    window.show_tick(True)

    assert desk.language.code == "en"
    assert window.status.clock.text() == "14:03:27"
    assert window.status.mode.text() == "LIVE"
    assert window.strip.word.text() == "CRITICAL"
    assert window.timeline.live.text() == "now"
    assert window.host("map").findChild(object, "faultRetry").text() == "Try again"


def test_a_language_that_the_site_has_fixed_stays(open_window, qtbot):
    window, desk, _session = open_window(fixed=("language",))

    press(window, qtbot, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert desk.language.code == "id"
    assert not window.status.language.isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_L])
def test_one_key_goes_back_to_live(open_window, qtbot, key):
    window, _desk, session = open_window()
    session.seek(NOON - MINUTE)

    press(window, qtbot, key)

    assert session.mode is Mode.LIVE


def test_p_pauses_and_plays(open_window, qtbot):
    window, _desk, session = open_window()

    press(window, qtbot, Qt.Key.Key_P)
    paused = session.mode
    press(window, qtbot, Qt.Key.Key_P)

    assert (paused, session.mode) == (Mode.PAUSED, Mode.PLAYING)


@pytest.mark.parametrize(
    ("key", "extra", "by"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, -MINUTE),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, -5 * MINUTE),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, MINUTE),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 5 * MINUTE),
    ],
)
def test_arrows_step_through_time(open_window, qtbot, key, extra, by):
    window, _desk, session = open_window()
    session.seek(NOON - 20 * MINUTE)

    press(window, qtbot, key, Qt.KeyboardModifier.ControlModifier | extra)

    assert session.instant == NOON - 20 * MINUTE + by


def test_space_takes_the_top_alarm_and_enter_opens_it(open_window, qtbot):
    window, desk, session = open_window()

    press(window, qtbot, Qt.Key.Key_Space)
    press(window, qtbot, Qt.Key.Key_Return)

    assert session.commands == [("acknowledge", "limit/sensor/kandilo", {})]
    assert desk.selection == Selection("stream", "sensor/kandilo")


def test_no_key_of_the_desk_fires_while_somebody_types(open_window, qtbot):
    window, _desk, session = open_window(panel="Typing")
    session.seek(NOON - MINUTE)
    field = window.host("map").findChild(QLineEdit, "field")
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)

    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        QTest.keyClick(field, key)
    QTest.keyClicks(field, "lp space L")

    assert field.text() == "lp space L"
    assert session.mode is Mode.PAUSED
    assert session.commands == []


def test_a_button_in_focus_keeps_its_space_bar(open_window, qtbot):
    window, _desk, session = open_window()
    window.activateWindow()
    window.timeline.toggle.setFocus()
    qtbot.waitUntil(window.timeline.toggle.hasFocus)

    QTest.keyClick(window.timeline.toggle, Qt.Key.Key_Space)

    assert session.mode is Mode.PAUSED
    assert session.commands == []


def tabbed(window, key):
    """Return what gets the focus by a key until it is where it began; a panel by its name."""
    names = [type_id.partition(".")[2] for type_id in PANELS]
    window.activateWindow()
    window.setFocus()
    seen: list[QWidget] = []
    while True:
        QTest.keyClick(window.focusWidget(), key)
        if window.focusWidget() in seen:
            break
        seen.append(window.focusWidget())
    hosts = {name: window.host(name) for name in names}
    return [
        next((name for name, host in hosts.items() if host.isAncestorOf(one)), one.objectName())
        for one in seen
    ]


def test_tab_goes_through_the_window_as_it_is_read(open_window):
    window, _desk, session = open_window(panel="Typing")
    session.seek(NOON - MINUTE)
    window.front.tick(True)
    names = [type_id.partition(".")[2] for type_id in PANELS]

    order = tabbed(window, Qt.Key.Key_Tab)

    assert [name for name in order if name in names][:4] == names[:4]
    assert order[:4] == ["workspaceChip", "languageSwitch", "alarmAcknowledge", "alarmOpen"]
    assert order[-3:] == ["timelineHistogram", "timelineMoment", "timelineLive"]
    assert tabbed(window, Qt.Key.Key_Backtab) == order[::-1]


def test_what_a_person_can_use_has_a_name(open_window):
    from PySide6.QtWidgets import QAbstractButton, QComboBox

    window, _desk, _session = open_window()
    bars = (window.status, window.strip, window.timeline)

    used = [
        w for bar in bars for kind in (QAbstractButton, QComboBox) for w in bar.findChildren(kind)
    ]

    assert [w for w in used if not (w.objectName() and w.accessibleName())] == []


@pytest.mark.parametrize(("width", "height"), [(1_366, 768), (1_920, 1_080)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_of_the_status_bar_is_cut_off(open_window, width, height, language):
    session = FakeSession(the_picture())
    session.seek(NOON - MINUTE)
    session.play(600.0)
    window, _desk, _session = open_window(session, language=language)
    window.resize(width, height)
    window.show_tick(True)
    window.grab()

    status = window.status

    for shown in (status.clock, status.date, status.mode, status.feeds, status.seat):
        assert shown.width() >= shown.sizeHint().width(), shown.text()


def test_a_panel_that_is_closed_leaves_no_acts(open_window, qtbot):
    window, _desk, _session = open_window()
    front = window.front
    key = f"{front.workspaces.id}/map"
    qtbot.waitUntil(lambda: f"panel.focus.{key}" in front.acts)

    front.arranging.close_panel("map")

    assert f"panel.focus.{key}" not in front.acts


def test_a_workspace_that_is_reset_has_the_acts_of_its_new_panels(open_window, qtbot):
    window, _desk, _session = open_window()
    front = window.front
    key = f"{front.workspaces.id}/map"
    qtbot.waitUntil(lambda: f"panel.focus.{key}" in front.acts)

    front.workspaces.reset()
    qtbot.waitUntil(lambda: f"panel.focus.{key}" in front.acts)

    assert front.acts.run(f"panel.focus.{key}")
