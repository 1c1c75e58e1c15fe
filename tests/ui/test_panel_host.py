"""A panel that fails is replaced in its place, says why, and its neighbours go on."""

import itertools

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from paser_command.language import Language
from paser_command.maps.services import MapServices
from paser_command.session.frames import Frame, Mode, Selection
from paser_ui.desk import Desk, Source
from paser_ui.host_context import HostContext
from paser_ui.panel_host import FASTEST_S, SLOWEST_S, PanelHost
from paser_ui.view import View
from tests.ui.panels import Good, Raising, Slow, Unbuildable


class SetSeconds:
    """A monotonic clock that stands where it was put."""

    def __init__(self):
        self.seconds = 1_000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def now_s():
    return SetSeconds()


@pytest.fixture
def host_of(desk, now_s, qtbot):
    def make(build, **options):
        host = PanelHost("test.panel", "Map", build, desk, now_s=now_s, **options)
        qtbot.addWidget(host)
        host.resize(400, 300)
        host.show()
        return host

    return make


def a_frame(desk, *, seeked=False):
    session = desk.session
    return Frame(
        now=session.now(),
        mode=Mode.LIVE,
        speed=1.0,
        seeked=seeked,
        exercise=False,
        picture=session.picture,
        selection=Selection(),
        series={},
    )


def draw(host, desk, now_s, times=1):
    for _ in range(times):
        now_s.seconds += 1.0
        host.draw(a_frame(desk))


@pytest.fixture(autouse=True)
def _mended():
    yield
    Raising.broken = True


def test_a_panel_that_cannot_be_built_is_paused_at_once(host_of, caplog):
    host = host_of(Unbuildable)

    notice = host.findChild(object, "faultNotice")

    assert host.guard.paused
    assert notice.reason.text() == "Panel ini gagal."
    assert "no map data" in caplog.text
    caplog.clear()


def test_a_panel_goes_on_after_two_faults(host_of, desk, now_s, caplog):
    host = host_of(Raising)

    draw(host, desk, now_s, times=2)

    assert not host.guard.paused
    assert host.panel.isVisible()
    assert len([r for r in caplog.records if r.levelname == "ERROR"]) == 2
    caplog.clear()


def test_three_faults_in_a_minute_pause_a_panel_in_its_place(host_of, desk, now_s, caplog):
    host = host_of(Raising)

    draw(host, desk, now_s, times=3)

    assert host.guard.paused
    assert not host.panel.isVisible()
    assert host.findChild(object, "faultNotice").isVisible()
    assert not host.due()
    caplog.clear()


def test_a_paused_panel_is_built_anew_when_somebody_tries_again(
    host_of, desk, now_s, qtbot, caplog
):
    host = host_of(Raising)
    draw(host, desk, now_s, times=3)
    Raising.broken = False

    host.findChild(QPushButton, "faultRetry").click()
    qtbot.waitUntil(lambda: host.panel is not None and host.panel.isVisible())
    draw(host, desk, now_s)

    assert len(host.panel.frames) == 1
    assert host.findChild(object, "faultNotice") is None or not host.guard.paused
    caplog.clear()


def test_a_panel_that_still_fails_is_paused_again(host_of, qtbot, caplog):
    host = host_of(Unbuildable)
    first = host.findChild(object, "faultNotice")

    host.retry()

    assert host.guard.paused
    assert [n for n in host.children() if n.objectName() == "faultNotice" and n is not first]
    caplog.clear()


def test_the_details_of_a_fault_go_to_the_clipboard(host_of, caplog):
    host = host_of(Unbuildable)

    host.findChild(QPushButton, "faultCopy").click()

    assert "ValueError: no map data" in QApplication.clipboard().text()
    caplog.clear()


def test_a_fault_that_showed_elsewhere_counts(host_of, caplog):
    host = host_of(Good)

    for _ in range(3):
        host.blame(RuntimeError("in a slot"))

    assert host.guard.paused
    caplog.clear()


def test_a_panel_is_due_ten_times_a_second_at_most(host_of, desk, now_s):
    host = host_of(Good)
    draw(host, desk, now_s)
    host.mark_changed()

    now_s.seconds += FASTEST_S / 2
    early = host.due()
    now_s.seconds += FASTEST_S
    later = host.due()

    assert (early, later) == (False, True)


def test_an_unchanged_panel_is_drawn_once_a_second(host_of, desk, now_s):
    host = host_of(Good)
    draw(host, desk, now_s)

    now_s.seconds += 0.5
    early = host.due()
    now_s.seconds += 0.6
    later = host.due()

    assert (early, later) == (False, True)


def test_a_jump_is_drawn_at_once_and_kept_until_drawn(host_of, desk, now_s):
    host = host_of(Good)
    draw(host, desk, now_s)

    host.mark_changed(seeked=True)
    host.mark_changed()

    assert host.due()
    assert host.seeked
    draw(host, desk, now_s)
    assert not host.seeked


def test_a_hidden_panel_is_never_due(host_of, now_s):
    host = host_of(Good)
    host.hide()
    host.mark_changed(at_once=True)

    assert not host.due()


def test_a_slow_panel_is_drawn_less_often_and_its_title_stays_as_it_is(desk, qtbot):
    host = PanelHost("test.slow", "Map", Slow, desk)
    qtbot.addWidget(host)
    host.show()
    before = host.title

    host.draw(a_frame(desk))

    assert FASTEST_S < host.interval_s <= SLOWEST_S
    assert host.title == before


def test_a_panel_that_is_fast_again_is_drawn_as_often_as_before(desk, qtbot, monkeypatch):
    host = PanelHost("test.slow", "Map", Slow, desk)
    qtbot.addWidget(host)
    host.draw(a_frame(desk))
    monkeypatch.setattr(Slow, "frame_s", 0.0)

    for _ in range(5):
        host.draw(a_frame(desk))

    assert host.interval_s == FASTEST_S


def test_a_panel_gets_its_state_back_after_a_fault(host_of, desk, now_s, caplog):
    host = host_of(Raising)
    host.restore_state({"zoom": 3.0})
    draw(host, desk, now_s, times=3)
    Raising.broken = False

    host.retry()

    assert host.panel.state == {"zoom": 3.0}
    caplog.clear()


def test_a_panel_that_cannot_say_its_state_keeps_the_last(host_of, caplog):
    class Forgetful(Good):
        def save_state(self):
            raise OSError("no state")

    host = host_of(Forgetful)
    host.restore_state({"zoom": 3.0})

    for _ in range(5):
        assert host.save_state() == {"zoom": 3.0}
    assert not host.guard.paused
    caplog.clear()


def test_a_panel_asks_what_a_type_of_feed_calls_itself(session, tmp_path):
    quakes = Source("BMKG earthquakes", "paser_plugins.bmkg", "BMKG")
    desk = Desk(
        session,
        maps=MapServices(tmp_path),
        language="id",
        zone="Asia/Makassar",
        sources={"bmkg.quakes": quakes},
    )
    context = HostContext("feeds.health", "paser_plugins.feeds", View(desk))

    assert context.source_name("bmkg.quakes") == "Gempa BMKG"
    assert context.attribution("bmkg.quakes") == "BMKG"
    assert context.source_name("gone.feed") == "gone.feed"
    assert context.attribution("gone.feed") == ""


def test_a_feed_s_name_is_translated_without_running_its_plugin(tmp_path, monkeypatch):
    folder = tmp_path / "stranger_feed"
    (folder / "i18n").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError")
    (folder / "i18n/id.po").write_text('msgid "Tide"\nmsgstr "Pasang"\n')
    monkeypatch.syspath_prepend(str(tmp_path))

    assert Language("id", catalogues=("stranger_feed",)).tr("Tide") == "Pasang"


def test_a_frame_of_over_a_second_is_a_fault_and_three_pause_the_panel(
    host_of, desk, now_s, caplog
):
    class Standing(Good):
        def render_frame(self, frame):
            now_s.seconds += 1.2

    host = host_of(Standing)

    draw(host, desk, now_s, times=2)
    assert not host.guard.paused
    draw(host, desk, now_s)

    assert host.guard.paused
    notice = host.findChild(object, "faultNotice")
    assert "lebih dari satu detik" in notice.reason.text()
    assert caplog.text.count("slow: a frame took 1.2 s") == 3
    caplog.clear()


def test_memory_that_a_panels_frames_take_is_told_at_each_step(host_of, desk, now_s, monkeypatch):
    peak = itertools.count(1_000, 100 * 1024)
    monkeypatch.setattr("paser_ui.panel_host.peak_kib", lambda: next(peak))
    told: list[int] = []
    host = host_of(Good)
    host.grew.connect(told.append)

    draw(host, desk, now_s, times=6)

    assert told == [300, 600]
