"""The feed table shows what fails first, since when and why, and picks a feed for all panels."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView, QWidget

from paser_command.api import MINUTE, SECOND, FeedState, Selection
from paser_plugins.feeds.model import Column
from tests.plugins.panel_kit import HOSTILE, NOW, frame, health, level, picture_of


@pytest.fixture
def picture():
    return picture_of(
        health("gempa", at=NOW - 10 * SECOND, source="bmkg.quakes"),
        health("sungai", FeedState.LATE, reason="no_answer"),
        health("lapor", FeedState.FAILING, reason="http_status", facts={"status": 503}),
        health("cap", FeedState.STARTING),
    )


def table(panel):
    return panel.findChild(QTableView, "feeds.table")


def sentence(panel):
    return panel.findChild(QLabel, "feeds.sentence").text()


def column(panel, which):
    model = panel._model
    return [model.data(model.index(row, which)) for row in range(model.rowCount())]


def test_what_fails_stands_on_top(panel, context, picture):
    context.sources["bmkg.quakes"] = "Gempa BMKG"

    panel.render_frame(frame(picture))

    assert column(panel, Column.STATE) == ["gagal", "terlambat", "mulai", "langsung"]
    assert column(panel, Column.FEED) == ["lapor", "sungai", "cap", "gempa · Gempa BMKG"]


def test_each_state_has_its_own_symbol(panel, picture):
    panel.render_frame(frame(picture))
    model = panel._model

    signs = {
        model.data(model.index(row, 0), Qt.ItemDataRole.DecorationRole).cacheKey()
        for row in range(4)
    }

    assert len(signs) == 4


def test_it_tells_the_last_answer_or_since_when_there_is_none(panel, picture):
    panel.render_frame(frame(picture))

    assert column(panel, Column.AGE) == [
        "sejak 13.57, 6 mnt",
        "sejak 13.57, 6 mnt",
        "sejak 13.57, 6 mnt",
        "10 dtk lalu",
    ]


def test_a_feed_whose_collector_died_is_late_since_it_was_last_heard_of(panel):
    died = picture_of(health("gempa", at=NOW - 5 * MINUTE))

    panel.render_frame(frame(died, selection=Selection("feed", "gempa")))

    assert column(panel, Column.STATE) == ["terlambat"]
    assert column(panel, Column.AGE) == ["sejak 13.58, 5 mnt"]
    assert "Tidak ada kabar dari sumber ini" in sentence(panel)


def test_ages_run(panel, picture):
    panel.render_frame(frame(picture))

    panel.render_frame(frame(picture, now=NOW + 2 * MINUTE))

    assert column(panel, Column.AGE)[0] == "sejak 13.57, 8 mnt"


def test_a_feed_that_recovers_goes_down_with_the_next_frame(panel, picture):
    panel.render_frame(frame(picture))

    picture.apply(health("lapor", at=NOW, since=NOW))
    panel.render_frame(frame(picture))

    assert column(panel, Column.FEED)[0] == "sungai"
    assert sentence(panel).startswith("2 dari 4 sumber langsung · sungai: Tidak ada")


def test_a_click_picks_the_feed(qtbot, panel, context, picture):
    panel.render_frame(frame(picture))
    view = table(panel)

    place = view.visualRect(panel._model.index(1, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert context.selections == [Selection("feed", "sungai")]


def test_an_arrow_key_picks_the_next(qtbot, panel, context, picture):
    panel.render_frame(frame(picture, selection=Selection("feed", "lapor")))

    qtbot.keyClick(table(panel), Qt.Key.Key_Down)

    assert context.selections == [Selection("feed", "sungai")]


def test_the_focus_alone_picks_nothing(qtbot, panel, context, picture):
    panel.render_frame(frame(picture))
    panel.activateWindow()

    table(panel).setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(table(panel).hasFocus)
    before = list(context.selections)
    qtbot.keyClick(table(panel), Qt.Key.Key_Down)

    assert before == []
    assert context.selections == [Selection("feed", "lapor")]


def test_the_picked_feed_is_told_in_full(panel, context, picture):
    panel.render_frame(frame(picture, selection=Selection("feed", "lapor")))

    assert sentence(panel) == "lapor · Server menjawab dengan galat 503 · sejak 23 Nov 13.57.27"
    assert table(panel).currentIndex().row() == 0
    assert context.selections == []


def test_a_feed_is_told_with_whom_to_name(panel, context, picture):
    context.attributions["bmkg.quakes"] = "BMKG (Badan Meteorologi)"

    panel.render_frame(frame(picture, selection=Selection("feed", "gempa")))

    assert sentence(panel).startswith("gempa · BMKG (Badan Meteorologi) · langsung · sejak")


def test_the_selection_stays_with_its_feed_when_rows_move(panel, context, picture):
    panel.render_frame(frame(picture, selection=Selection("feed", "gempa")))

    picture.apply(health("gempa", FeedState.FAILING, reason="refused"))
    panel.render_frame(frame(picture, selection=Selection("feed", "gempa")))

    assert table(panel).currentIndex().row() == 0
    assert context.selections == []


def test_another_selection_clears_the_row(panel, picture):
    panel.render_frame(frame(picture, selection=Selection("feed", "gempa")))

    panel.render_frame(frame(picture, selection=Selection("incident", "x")))

    assert not table(panel).selectionModel().hasSelection()


def test_no_feed_is_said_in_words(panel):
    before = sentence(panel)

    panel.render_frame(frame(picture_of()))

    assert before == "Menunggu gambaran pertama"
    assert sentence(panel) == "Belum ada sumber yang melapor"


def test_the_words_change_while_running(panel, context, picture):
    panel.render_frame(frame(picture))

    context.speak("en")
    panel.retranslate()

    header = panel._model.headerData(0, Qt.Orientation.Horizontal)
    assert (header, column(panel, Column.STATE)[0]) == ("State", "failing")
    assert sentence(panel) == "1 of 4 feeds are live · lapor: The server answers with error 503"


def test_widths_of_columns_come_back(panel, context):
    panel.restore_state({"feed": 333, "state": "wide", "age": -5, "unknown": 1})

    state = panel.save_state()

    assert (state["feed"], state["state"], state["age"]) == (333, 92, 132)


def test_a_narrow_panel_keeps_state_name_and_age(panel, picture):
    panel.resize(400, 200)
    panel.render_frame(frame(picture))

    hidden = [which for which in Column if table(panel).isColumnHidden(which)]

    assert hidden == [Column.INTERVAL, Column.REASON]


def test_everything_a_person_can_use_has_a_name(panel, picture):
    panel.render_frame(frame(picture))
    usable = [
        widget
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]

    assert [widget.objectName() for widget in usable] == ["feeds.table"]
    assert all(widget.accessibleName() for widget in usable)


def test_hostile_and_long_texts_stand_as_they_are(panel):
    feed = health(
        "x", FeedState.FAILING, source=HOSTILE * 1000, reason="bad_value", facts={"where": HOSTILE}
    )

    panel.render_frame(frame(picture_of(feed), selection=Selection("feed", "x")))
    panel.grab()

    assert '<img src="/etc/passwd"><b>' in sentence(panel)
    assert panel.findChild(QLabel, "feeds.sentence").textFormat() is Qt.TextFormat.PlainText


def test_on_the_wall_a_server_s_word_is_gone_with_the_next_frame(panel):
    facts = {"where": "ruang-server-3"}
    told = picture_of(health("x", FeedState.FAILING, reason="bad_value", facts=facts))
    panel.render_frame(frame(told))
    before = sentence(panel)

    panel.render_frame(msgspec.structs.replace(frame(told), wall=True))

    assert "ruang-server-3" in before
    assert "ruang-server-3" not in sentence(panel)


def test_the_last_answer_is_what_came_last_and_not_the_last_word_of_its_health(panel):
    told = picture_of(
        health("sungai", at=NOW - 14 * SECOND), level("kandilo", 3.0, age=0), health("gempa")
    )

    panel.render_frame(frame(told))

    ages = dict(zip(column(panel, Column.FEED), column(panel, Column.AGE), strict=True))
    assert ages["sungai"] == "0 dtk lalu"
