"""The charts ask for what they draw, follow the clock, and look stale when the data is."""

import time
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from paser_command.api import HOUR, MINUTE, SECOND, FeedState, Limit, Mode, Selection, Severity
from paser_plugins.charts import panel as panels
from paser_plugins.charts.choice import choose
from paser_ui.api import COLOURS, Chip
from tests.plugins.charts.charts_kit import answers, part, shown
from tests.plugins.panel_kit import (
    HOSTILE,
    NOW,
    acknowledge,
    frame,
    health,
    level,
    picture_of,
    report,
    risen,
)


def test_it_asks_for_columns_no_wider_than_a_pixel_up_to_now(panel, context, rivers):
    panel.resize(1200, 300)

    panel.render_frame(frame(rivers))
    panel.render_frame(frame(rivers, now=NOW + 5 * SECOND))

    queries = context.asked[-1]
    assert [query.stream for query in queries] == [
        "sungai/kandilo",
        "sungai/telake",
        "sungai/third",
    ]
    now = NOW + 5 * SECOND
    assert all(query.start <= now - 6 * HOUR and now <= query.end for query in queries)
    for query, chart in zip(queries, shown(panel), strict=True):
        column = (query.end - query.start) // query.columns
        assert column == MINUTE <= 6 * HOUR // round(chart.plot.view.width())
        assert query.start % column == query.end % column == 0


def test_it_asks_again_every_five_seconds_in_live(panel, context, rivers):
    panel.render_frame(frame(rivers))
    panel.grab()
    panel.render_frame(frame(rivers))
    asked = []

    for half in range(1, 41):
        context.asked.clear()
        panel.render_frame(frame(rivers, now=NOW + half * SECOND // 2))
        if context.asked:
            asked.append(half / 2)

    assert len(asked) == 4
    assert all(later - before == 5 for before, later in pairwise(asked))


def test_between_two_answers_the_newest_value_is_drawn(panel, context, rivers):
    panel.render_frame(frame(rivers))
    series = answers(context)
    panel.render_frame(frame(rivers, series=series))
    chart = shown(panel)[0]

    newer = picture_of(level("kandilo", 4.5, age=-SECOND), level("telake", 1.9))
    panel.render_frame(frame(newer, now=NOW + SECOND, series=series))

    _, y = chart.plot._line.getData()
    assert y[-1] == 4.5


def test_what_runs_each_second_draws_no_plot_anew(panel, context, rivers):
    panel.render_frame(frame(rivers))
    series = answers(context)
    panel.render_frame(frame(rivers, series=series))
    chart = shown(panel)[0]
    column = 6 * HOUR // chart.plot.columns
    start = (NOW // column + 1) * column
    panel.render_frame(frame(rivers, now=start, series=series))
    drawn, age = chart.plot._line.getData()[0], part(panel, QLabel, "age0").text()

    panel.render_frame(frame(rivers, now=start + 2 * SECOND, series=series))
    same, later_age = chart.plot._line.getData()[0], part(panel, QLabel, "age0").text()
    panel.render_frame(frame(rivers, now=start + column, series=series))

    assert same is drawn
    assert later_age != age or age.endswith("mnt")
    assert chart.plot._line.getData()[0] is not drawn


def test_who_presses_most_is_looked_for_once_a_second(panel, monkeypatch, rivers):
    looked = []

    def look(frame):
        looked.append(frame)
        return choose(frame)

    monkeypatch.setattr(panels, "choose", look)

    for tenth in range(10):
        panel.render_frame(frame(rivers, now=NOW + tenth * SECOND // 10))
    once = len(looked)
    panel.render_frame(frame(rivers, selection=Selection("stream", "sungai/telake")))

    assert (once, len(looked)) == (1, 2)


def test_a_paused_clock_asks_nothing_and_a_jump_asks_at_once(panel, context, rivers):
    panel.render_frame(frame(rivers, mode=Mode.PAUSED))
    panel.render_frame(frame(rivers, mode=Mode.PAUSED))
    context.asked.clear()

    panel.render_frame(frame(rivers, mode=Mode.PAUSED))
    paused = len(context.asked)
    panel.render_frame(frame(rivers, mode=Mode.PAUSED, seeked=True))
    panel.render_frame(frame(rivers, mode=Mode.PAUSED, now=NOW - HOUR))

    assert paused == 0
    ends = [queries[0].end for queries in context.asked]
    assert ends == [NOW // MINUTE * MINUTE + MINUTE, NOW // MINUTE * MINUTE + MINUTE - HOUR]


def test_in_replay_nothing_after_the_clock_is_drawn(panel, context, rivers):
    before = NOW - 30 * MINUTE
    panel.render_frame(frame(rivers))
    series = {
        stream: msgspec.structs.replace(answer, known=before)
        for stream, answer in answers(context).items()
    }

    panel.render_frame(frame(rivers, now=before, mode=Mode.PAUSED, seeked=True, series=series))

    plot = shown(panel)[0].plot
    x, _ = plot._line.getData()
    edge = plot._time_axis.end
    assert edge + round(float(x.max()) * SECOND) <= before
    assert before <= edge <= before + 6 * HOUR // plot.columns


def test_after_a_step_back_an_answer_of_a_later_moment_is_not_drawn(panel, context, rivers):
    panel.render_frame(frame(rivers))
    later = answers(context)

    panel.render_frame(frame(rivers, now=NOW - HOUR, mode=Mode.PAUSED, seeked=True, series=later))

    plot = shown(panel)[0].plot
    assert len(plot._line.getData()[0] if plot._line.getData()[0] is not None else ()) == 0
    assert plot._words.toPlainText() == "memuat"


def test_what_comes_before_the_edge_and_after_the_clock_is_not_drawn(panel, rivers):
    panel.render_frame(frame(rivers))
    plot = shown(panel)[0].plot
    column = 6 * HOUR // plot.columns
    at = NOW // column * column + column // 2
    told = picture_of(level("kandilo", 3.42, age=NOW - at))

    panel.render_frame(frame(told, now=at - SECOND, mode=Mode.PAUSED, seeked=True))
    before = list(plot._line.getData()[0])
    panel.render_frame(frame(told, now=at, mode=Mode.PAUSED, seeked=True))

    assert plot._time_axis.end > at
    assert (len(before), len(plot._line.getData()[0])) == (0, 1)


def test_the_head_tells_the_newest_value_its_age_and_its_limit(panel, rivers):
    panel.render_frame(frame(rivers))

    assert part(panel, QLabel, "value0").text() == "3,42 m"
    assert part(panel, QLabel, "age0").text() == "40 dtk"
    assert shown(panel)[0].accessibleName() == (
        "Kandilo · Tanah Grogot, 3,42 m, 40 dtk, Siaga 1, Kritis"
    )


def test_before_its_values_came_nothing_of_another_station_is_drawn(panel, context, rivers):
    panel.render_frame(frame(rivers))
    panel.render_frame(frame(rivers, series=answers(context)))
    chart = shown(panel)[0]

    panel.render_frame(frame(rivers, selection=Selection("stream", "sungai/telake")))

    assert "Telake" in part(panel, QLabel, "name0").text()
    assert list(chart.plot._line.getData()[1]) == [1.9]


def test_limits_of_one_height_and_name_have_the_colours_of_their_own_station(panel):
    def inks(severity):
        told = picture_of(level("kandilo", 3.0, limits=(Limit("Siaga", 3.2, severity),)))
        panel.render_frame(frame(told))
        return shown(panel)[0].plot._limits[0][0].opts["pen"].color()

    first, second = inks(Severity.CRITICAL), inks(Severity.LOW)

    assert (first, second) == (COLOURS.critical, COLOURS.low)


def test_the_symbol_is_filled_until_somebody_acknowledged_the_alarm(panel):
    told = [*level("kandilo", 3.42), risen()]
    seen = []

    for records in (told, [*told, acknowledge("limit/sungai/kandilo", NOW)]):
        panel.render_frame(frame(picture_of(*records)))
        seen.append(shown(panel)[0]._sign._filled)

    assert seen == [True, False]


def test_a_late_value_says_so_and_is_dimmed(panel, context):
    picture = picture_of(level("kandilo", 3.42, age=6 * MINUTE))
    panel.render_frame(frame(picture))

    panel.render_frame(frame(picture, now=NOW + SECOND, series=answers(context)))

    assert part(panel, QLabel, "age0").text() == "6 mnt · terlambat"
    assert part(panel, QLabel, "value0").property("role") == "3"
    assert shown(panel)[0].plot._line.opts["pen"].color() == COLOURS.text_3


def test_values_of_a_failing_feed_are_late(panel):
    panel.render_frame(
        frame(picture_of(level("kandilo", 3.42), health("sungai", FeedState.FAILING)))
    )

    assert part(panel, QLabel, "age0").text() == "40 dtk · terlambat"


def test_on_the_wall_the_age_is_told_only_of_what_is_late(panel):
    picture = picture_of(level("a", 3.0))
    fresh = msgspec.structs.replace(frame(picture), wall=True)
    panel.render_frame(fresh)
    before = part(panel, QLabel, "age0").isHidden()

    panel.render_frame(msgspec.structs.replace(fresh, now=fresh.now + HOUR))

    assert before
    assert not part(panel, QLabel, "age0").isHidden()
    assert "terlambat" in part(panel, QLabel, "age0").text()


def test_on_the_wall_numbers_are_masked_in_names_that_are_cut_and_in_units(panel):
    picture = picture_of(level("a", 3.0, name=f"{'x' * 112} 0812-3456-7890", unit="0812-3456-7890"))

    panel.render_frame(msgspec.structs.replace(frame(picture), wall=True))

    assert "0812" not in part(panel, QLabel, "name0").text()
    assert part(panel, QLabel, "value0").text() == "3 •••"


def test_rain_stands_in_bars(panel, context):
    picture = picture_of(level("rain", 3.0, unit="mm", limits=(), interval_s=600.0))
    panel.render_frame(frame(picture))
    panel.render_frame(frame(picture, now=NOW + SECOND, series=answers(context, range(300))))

    plot = shown(panel)[0].plot

    assert plot._bars.isVisible()
    assert not plot._line.isVisible()
    assert np.max(plot._bars.opts["height"]) == 299


def test_without_an_answer_it_says_that_it_loads(panel, context, rivers):
    panel.render_frame(frame(rivers))
    loading = shown(panel)[0].plot._words.toPlainText()

    far = frame(rivers, now=NOW + 30 * HOUR, seeked=True, series=answers(context))
    panel.render_frame(far)

    assert loading == "memuat"
    assert shown(panel)[0].plot._words.toPlainText() == "tidak ada nilai dalam rentang ini"


def test_without_any_station_it_says_so(panel):
    panel.render_frame(frame(picture_of()))

    assert part(panel, QLabel, "instead").isVisible()
    assert part(panel, QLabel, "instead").text() == "Belum ada stasiun yang melapor"
    assert part(panel, QLabel, "instead").alignment() == Qt.AlignmentFlag.AlignCenter


def test_a_chart_is_picked_by_click_and_by_key(qtbot, panel, context, rivers):
    panel.resize(1200, 300)
    panel.render_frame(frame(rivers))
    charts = shown(panel)

    qtbot.mouseClick(charts[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(charts[0], Qt.Key.Key_Return)

    assert context.selections == [
        Selection("stream", "sungai/telake"),
        Selection("stream", "sungai/kandilo"),
    ]


def test_the_overview_chip_leads_back(qtbot, panel, context, rivers):
    panel.render_frame(frame(rivers, selection=Selection("stream", "sungai/telake")))
    alone = [chart.accessibleName().split(" ")[0] for chart in shown(panel)]

    qtbot.mouseClick(part(panel, Chip, "all"), Qt.MouseButton.LeftButton)

    assert alone == ["Telake"]
    assert context.selections == [Selection()]


def test_a_window_is_chosen_asked_for_and_remembered(qtbot, panel, context, rivers):
    panel.render_frame(frame(rivers))

    qtbot.mouseClick(part(panel, Chip, "window24h"), Qt.MouseButton.LeftButton)

    query = context.asked[-1][0]
    assert 24 * HOUR <= query.end - query.start <= 24 * HOUR + 10 * MINUTE
    assert panel.save_state() == {"window_h": 24}


@pytest.mark.parametrize("wrong", [{}, {"window_h": 5}, {"window_h": "6"}, {"window_h": [1]}])
def test_a_wrong_state_is_left_aside(panel, wrong):
    panel.restore_state(wrong)

    assert panel.save_state() == {"window_h": 6}


def test_the_words_change_while_running(panel, context, rivers):
    panel.render_frame(frame(rivers))

    context.speak("en")
    panel.retranslate()

    assert part(panel, QLabel, "why").text() == "The most pressing stations"
    assert part(panel, QLabel, "value0").text() == "3.42 m"
    assert part(panel, Chip, "window6h").text() == "6 h"


def test_times_of_day_are_the_sites_own(panel, context, rivers):
    panel.render_frame(frame(rivers))
    axis = shown(panel)[0].plot._time_axis

    [(_, ticks)] = axis.tickValues(-24 * 3600.0, 0.0, 600.0)

    assert axis.tickStrings(ticks, 1.0, 1.0) == ["18.00", "23 Nov", "06.00", "12.00"]


def test_everything_a_person_can_use_has_a_name(panel, rivers):
    panel.render_frame(frame(rivers))
    usable = [
        widget
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]

    assert len(usable) >= 4
    assert [w for w in usable if not (w.objectName() and w.accessibleName())] == []


def test_hostile_names_stand_as_they_are(panel, context):
    picture = picture_of(
        level("x", 3.0, name=HOSTILE, unit=HOSTILE, limits=(Limit(HOSTILE, 2.0, Severity.HIGH),)),
        report("i", title=HOSTILE),
    )
    panel.render_frame(frame(picture, selection=Selection("incident", "i")))
    panel.render_frame(frame(picture, now=NOW + SECOND, series=answers(context)))

    panel.grab()

    assert part(panel, QLabel, "name0").text().startswith('<img src="/etc/passwd"><b>')
    formats = {label.textFormat() for label in panel.findChildren(QLabel) if label.text()}
    assert formats == {Qt.TextFormat.PlainText}


def test_64_kb_names_paint_at_once(panel, context):
    long = "W" * 65_536
    picture = picture_of(
        level("x", 3.0, name=long, unit=long, limits=(Limit(long, 2.0, Severity.HIGH),))
    )
    panel.render_frame(frame(picture))
    best_s = float("inf")

    for turn in range(3):
        began = time.thread_time()
        panel.render_frame(frame(picture, now=NOW + turn * SECOND, series=answers(context)))
        panel.grab()
        best_s = min(best_s, time.thread_time() - began)

    assert best_s <= 0.05


def test_a_frame_without_change_draws_nothing(panel, rivers, monkeypatch):
    panel.render_frame(frame(rivers))
    panel.render_frame(frame(rivers))
    drawn = []
    for chart in shown(panel):
        monkeypatch.setattr(chart.plot, "draw", lambda *_, **__: drawn.append("drawn"))

    panel.render_frame(frame(rivers, now=NOW + SECOND // 10))

    assert drawn == []


def test_arrow_keys_change_the_window(qtbot, panel, rivers):
    panel.render_frame(frame(rivers))

    panel.activateWindow()
    part(panel, Chip, "window6h").setFocus()
    qtbot.keyClick(part(panel, Chip, "window6h"), Qt.Key.Key_Right)

    assert panel.save_state() == {"window_h": 24}


def test_enter_on_a_chart_is_the_charts_and_not_the_desks(qtbot, panel, context, rivers):
    panel.render_frame(frame(rivers))
    panel.activateWindow()
    desk = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        shortcut = QShortcut(QKeySequence(key), panel)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(lambda key=key: desk.append(key))
    chart = shown(panel)[0]
    chart.setFocus()

    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.keyClick(chart, Qt.Key.Key_Space)

    assert context.selections == [Selection("stream", "sungai/kandilo")]
    assert desk == [Qt.Key.Key_Space]


def test_a_newer_value_is_the_same_dot_elsewhere(panel, context, rivers):
    panel.render_frame(frame(rivers))
    series = answers(context)
    for second in range(5):
        newer = (level(code, 1.0 + second, age=-second * SECOND) for code in ("kandilo", "telake"))
        now = NOW + second * SECOND
        panel.render_frame(frame(picture_of(*newer, level("third", 0.5)), now=now, series=series))
        panel.grab()

    assert [len(chart.plot._dot.fragmentAtlas) for chart in shown(panel)] == [1, 1, 1]
