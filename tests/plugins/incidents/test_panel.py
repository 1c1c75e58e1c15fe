"""A person sees what wants them first, picks it, takes it, writes a note; nothing jumps away."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from paser_command.api import HOUR, SECOND, FeedState, Lost, Mode, Selection, Severity, Ticket
from paser_command.errors import InputError, Words
from paser_plugins.incidents.row import ROW_PX
from paser_ui.api import Chip
from tests.plugins.incidents.kit import many, part, picked
from tests.plugins.panel_kit import (
    HOSTILE,
    NOW,
    acknowledge,
    alert,
    frame,
    health,
    level,
    note,
    picture_of,
    report,
)


def rows(panel):
    model = panel._model
    return [model.incident(row).key for row in range(model.rowCount())]


def test_a_click_on_a_row_picks_the_incident(qtbot, panel, context):
    panel.render_frame(frame(picture_of(*many(5))))
    view = panel._view

    place = view.visualRect(view.model().index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert context.selections == [picked("r00002")]


def test_an_arrow_key_goes_to_the_next_incident(qtbot, panel, context):
    panel.render_frame(frame(picture_of(*many(5)), selection=picked("r00001")))

    qtbot.keyClick(panel._view, Qt.Key.Key_Down)

    assert context.selections == [picked("r00002")]


def test_what_is_picked_elsewhere_is_selected_and_seen(panel, context):
    panel.render_frame(frame(picture_of(*many(100))))

    panel.render_frame(frame(picture_of(*many(100)), selection=picked("r00090")))

    assert panel._view.currentIndex().row() == 90
    assert (
        panel._view.viewport().rect().intersects(panel._view.visualRect(panel._view.currentIndex()))
    )
    assert context.selections == []


def test_rows_move_and_the_selection_and_the_place_stay(qtbot, panel, context):
    picture = picture_of(*many(300))
    panel.render_frame(frame(picture, selection=picked("r00100")))
    before = panel._view.visualRect(panel._view.currentIndex()).top()
    assert panel._view.verticalScrollBar().value() > 0

    picture.apply(report("brandnew", severity=Severity.CRITICAL))
    picture.apply(acknowledge("r00050"))
    picture.apply(acknowledge("r00002"))
    panel.render_frame(frame(picture, selection=picked("r00100")))

    current = panel._view.currentIndex()
    assert panel._model.incident(current.row()).key == "r00100"
    assert panel._view.visualRect(current).top() == before
    assert context.selections == []


def test_a_list_at_its_top_shows_what_is_new(panel):
    picture = picture_of(*many(300))
    panel.render_frame(frame(picture))

    picture.apply(report("brandnew", severity=Severity.CRITICAL))
    panel.render_frame(frame(picture))

    assert panel._view.verticalScrollBar().value() == 0
    assert rows(panel)[0] == "brandnew"


def test_an_incident_that_leaves_the_list_asks_for_no_other(panel, context):
    picture = picture_of(*many(3))
    panel.render_frame(frame(picture, selection=picked("r00001")))

    picture.apply(report("r00001", closed=True, at=NOW))
    panel.render_frame(frame(picture, selection=picked("r00001")))

    assert context.selections == []
    assert not panel._view.selectionModel().hasSelection()


def test_key_a_acknowledges_once(qtbot, panel, context):
    panel.render_frame(frame(picture_of(*many(2)), selection=picked("r00001")))

    panel.activateWindow()
    panel._view.setFocus()
    qtbot.keyClick(panel._view, Qt.Key.Key_A)
    qtbot.keyClick(panel._view, Qt.Key.Key_A)

    assert context.commands == [("acknowledge", "r00001", {})]


def test_letters_in_the_note_are_text(qtbot, panel, context):
    panel.render_frame(frame(picture_of(*many(2)), selection=picked("r00001")))
    field = part(panel, QLineEdit, "note")
    field.setFocus()

    qtbot.keyClicks(field, "aa perahu")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert context.commands == [("note", "r00001", {"text": "aa perahu"})]
    assert field.text() == ""


def test_one_s_own_note_is_seen_when_it_comes_back(qtbot, panel):
    told = [note("a", f"catatan {number}", NOW - HOUR + number) for number in range(100)]
    picture = picture_of(report("a"), told)
    panel.render_frame(frame(picture, selection=picked("a")))
    field, texts = part(panel, QLineEdit, "note"), part(panel, QPlainTextEdit, "texts")
    field.setText("perahu berangkat")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    picture.apply(note("a", "perahu berangkat"))
    panel.render_frame(frame(picture, now=NOW + SECOND, selection=picked("a")))

    assert texts.verticalScrollBar().value() == texts.verticalScrollBar().maximum() > 0


def test_the_focus_alone_picks_no_incident(qtbot, panel, context):
    panel.render_frame(frame(picture_of(report("a"), report("b"))))
    panel.activateWindow()

    panel._view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel._view.hasFocus)
    before = list(context.selections)
    qtbot.keyClick(panel._view, Qt.Key.Key_Down)

    assert before == []
    assert context.selections == [picked("a")]


def test_an_incident_that_was_taken_does_not_take_the_list_with_it(qtbot, panel):
    told = [report(f"r{number:02}", received=NOW - number * SECOND) for number in range(60)]
    picture = picture_of(told)
    panel.render_frame(frame(picture, selection=picked("r12")))
    bar = panel._view.verticalScrollBar()
    bar.setValue(10 * ROW_PX)

    picture.apply(acknowledge("r12"))
    panel.render_frame(frame(picture, now=NOW + SECOND, selection=picked("r12")))

    assert rows(panel)[-1] == "r12"
    assert bar.value() == 10 * ROW_PX


def test_a_note_being_written_stays_with_its_incident(qtbot, panel, context):
    picture = picture_of(*many(2))
    panel.render_frame(frame(picture, selection=picked("r00000")))
    field = part(panel, QLineEdit, "note")
    field.setText("half a sen")

    panel.render_frame(frame(picture, selection=picked("r00001")))
    other = field.text()
    panel.render_frame(frame(picture, selection=picked("r00000")))

    assert (other, field.text()) == ("", "half a sen")


def test_an_acknowledged_incident_offers_no_acknowledging(panel):
    picture = picture_of(report("a"), acknowledge("a"))

    panel.render_frame(frame(picture, selection=picked("a")))

    assert not part(panel, QPushButton, "acknowledge").isEnabled()


def test_in_a_replay_it_warns_before_anything_is_written(panel):
    panel.render_frame(frame(picture_of(report("a")), selection=picked("a"), mode=Mode.PAUSED))

    assert "langsung" in part(panel, QLineEdit, "note").placeholderText()


def test_a_refusal_is_said_and_what_was_typed_stays(qtbot, panel, context):
    panel.render_frame(frame(picture_of(report("a")), selection=picked("a"), mode=Mode.PAUSED))
    context.refused = InputError(
        "You are looking at the past: go back to now to {act}", act=Words("write a note")
    )
    field = part(panel, QLineEdit, "note")
    field.setText("perahu berangkat")

    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert said(panel) == (
        "Anda sedang melihat masa lalu: kembalilah ke saat ini untuk menulis catatan"
    )
    assert field.text() == "perahu berangkat"
    assert context.commands == []


def test_an_act_that_is_being_saved_is_said_and_then_that_it_is_not_saved_yet(panel):
    picture, ticket = picture_of(report("a")), Ticket("acknowledge", "a")

    panel.render_frame(frame(picture, selection=picked("a"), tickets=(ticket,)))
    first = said(panel)
    ticket.late = True
    panel.render_frame(frame(picture, selection=picked("a"), tickets=(ticket,)))
    second = said(panel)
    ticket.wait_for_journal(NOW)
    panel.render_frame(frame(picture, selection=picked("a"), tickets=(ticket,)))

    assert (first, second) == ("sedang disimpan", "belum tersimpan")
    assert said(panel) == "belum tersimpan: jurnal tidak terjangkau sejak 14.03"
    assert not part(panel, QPushButton, "acknowledge").isEnabled()


def test_who_was_first_is_said(panel):
    lost = Lost("{who} ({seat}) acknowledged it at {time}", "Rina", "Meja 2", NOW - SECOND)
    ticket = Ticket("acknowledge", "a", lost=lost)

    panel.render_frame(frame(picture_of(report("a")), selection=picked("a"), tickets=(ticket,)))

    assert said(panel) == "Rina (Meja 2) sudah mengakuinya pukul 14.03"


def test_what_is_saved_says_nothing_more(panel):
    picture, ticket = picture_of(report("a")), Ticket("acknowledge", "a")
    panel.render_frame(frame(picture, selection=picked("a"), tickets=(ticket,)))

    ticket.save()
    panel.render_frame(frame(picture, selection=picked("a"), tickets=()))

    assert said(panel) == ""


def said(panel):
    label = panel.findChild(QLabel, "incidents.act_said")
    assert label.isHidden() == (not label.text())
    return label.text()


def test_a_new_report_is_in_the_detail_with_the_next_frame(panel):
    picture = picture_of(report("a", text="first"))
    panel.render_frame(frame(picture, selection=picked("a")))

    picture.apply(report("a", key="112/other", text="second one"))
    panel.render_frame(frame(picture, selection=picked("a")))

    assert "second one" in part(panel, QPlainTextEdit, "texts").toPlainText()


def test_after_a_jump_what_had_not_happened_is_gone(panel):
    panel.render_frame(frame(picture_of(*many(3)), selection=picked("r00001")))

    panel.render_frame(frame(picture_of(), selection=picked("r00001"), seeked=True))

    assert rows(panel) == []
    assert "tidak lagi ada pada 23 Nov 14.03.27" in part(panel, QLabel, "instead").text()


def test_the_chips_count_and_filter(qtbot, panel):
    panel.render_frame(frame(picture_of(report("a"), report("b", closed=True))))
    only_open, everything = part(panel, Chip, "filter_open"), part(panel, Chip, "filter_all")
    before = rows(panel)

    qtbot.mouseClick(everything, Qt.MouseButton.LeftButton)

    assert (only_open.text(), everything.text()) == ("terbuka 1", "semua 2")
    assert (before, rows(panel)) == (["a"], ["a", "b"])


def test_ctrl_f_searches(qtbot, panel):
    panel.render_frame(frame(picture_of(report("a", title="Longsor"), report("b"))))
    panel.activateWindow()
    panel._view.setFocus()

    qtbot.keyClick(panel._view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(part(panel, QLineEdit, "search"), "longs")

    assert part(panel, QLineEdit, "search").hasFocus()
    assert rows(panel) == ["a"]


def test_an_empty_list_says_that_feeds_are_silent(panel):
    panel.render_frame(frame(picture_of(health("lapor", FeedState.FAILING))))

    assert panel._view._empty == (
        "Tidak ada insiden terbuka\n1 sumber terlambat atau gagal: mungkin ada yang belum terlihat"
    )


@pytest.mark.parametrize(
    ("selection", "title"),
    [
        (picked("a"), "Banjir a, Tanah Grogot"),
        (Selection("alert", alert().key), alert().headline),
        (Selection("stream", "sungai/kandilo"), "Kandilo · Tanah Grogot"),
    ],
)
def test_whatever_is_picked_has_its_detail(panel, selection, title):
    panel.render_frame(
        frame(picture_of(report("a"), alert(), level("kandilo", 3.4)), selection=selection)
    )

    assert part(panel, QLabel, "title").text() == title
    assert part(panel, QWidget, "facts").isVisible()


def test_the_words_change_while_running(panel, context):
    panel.render_frame(frame(picture_of(report("a"), note("a", "x")), selection=picked("a")))

    context.speak("en")
    panel.retranslate()

    assert part(panel, Chip, "filter_open").text() == "open 1"
    assert part(panel, QLabel, "fact0").text() == "1 report; the most severe: High, 112/a"
    assert part(panel, QPushButton, "acknowledge").text() == "Acknowledge   A"


def test_filter_search_and_division_come_back(qtbot, panel, context):
    part(panel, Chip, "filter_all").setChecked(True)
    part(panel, QLineEdit, "search").setText("kuaro")
    state = panel.save_state()
    other = type(panel)(context)
    qtbot.addWidget(other)
    other.resize(850, 600)

    other.restore_state(state)
    other.show()

    assert other.save_state()["open_only"] is False
    assert other.save_state()["words"] == "kuaro"
    assert other.save_state()["list_share"] == pytest.approx(state["list_share"], abs=0.02)


def test_a_wrong_state_is_left_aside(panel):
    before = panel.save_state()

    panel.restore_state({"open_only": "maybe", "words": 7, "list_share": 99.0, "x": 1})

    assert panel.save_state() == before


def test_everything_a_person_can_use_has_a_name(panel):
    panel.render_frame(frame(picture_of(report("a")), selection=picked("a")))
    usable = [
        widget
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]

    assert len(usable) >= 6
    assert [w for w in usable if not (w.objectName() and w.accessibleName())] == []


def test_hostile_text_stands_as_it_is(panel):
    picture = picture_of(report("a", title=HOSTILE, place=HOSTILE, text=HOSTILE, status=HOSTILE))

    panel.render_frame(frame(picture, selection=picked("a")))

    assert HOSTILE[:-1] in part(panel, QPlainTextEdit, "texts").toPlainText()
    assert part(panel, QLabel, "title").text().startswith(HOSTILE[:-1])
    formats = {label.textFormat() for label in panel.findChildren(QLabel) if label.text()}
    assert formats == {Qt.TextFormat.PlainText}


def test_a_frame_without_change_costs_nothing(panel, monkeypatch):
    picture = picture_of(*many(10))
    panel.render_frame(frame(picture))
    shown = []
    monkeypatch.setattr(panel._model, "show", lambda *_, **__: shown.append("list"))
    monkeypatch.setattr(panel, "_show_detail", lambda *_: shown.append("detail"))

    panel.render_frame(frame(picture, now=NOW + SECOND // 10))

    assert shown == []


def test_a_screen_reader_hears_the_whole_row(panel):
    panel.render_frame(frame(picture_of(report("a"))))

    said = panel._model.data(panel._model.index(0), Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Tinggi, Banjir a, Tanah Grogot, 1 laporan · 112, belum diakui, 2 mnt"


def test_the_list_has_all_the_room_while_nothing_is_picked(qtbot, panel):
    picture = picture_of(*many(30))
    panel.render_frame(frame(picture))
    qtbot.waitUntil(lambda: panel._view.height() > 450)

    panel.render_frame(frame(picture, selection=picked("r00000")))

    qtbot.waitUntil(lambda: panel._view.height() < 350)
    assert panel.save_state()["list_share"] == 0.52


def test_the_row_that_is_picked_stays_in_sight_when_the_detail_opens(qtbot, panel):
    picture = picture_of(*many(30))
    panel.render_frame(frame(picture))
    qtbot.waitUntil(lambda: panel._view.height() > 450)

    panel.render_frame(frame(picture, selection=picked("r00009")))
    qtbot.waitUntil(lambda: panel._view.height() < 350)

    row = panel._view.visualRect(panel._view.currentIndex())
    assert panel._view.viewport().rect().contains(row)


def test_an_incident_whose_title_nobody_can_see_shows_its_key(panel):
    panel.render_frame(frame(picture_of(report("a", title="\u200b", place=""))))

    assert panel._title_of(panel._model.incident(0)) == "a"


def test_while_it_loads_it_does_not_say_that_nothing_is_open(panel):
    loading = msgspec.structs.replace(frame(picture_of()), current=False)

    panel.render_frame(loading)
    before = panel._view._empty
    panel.render_frame(frame(picture_of()))

    assert before == "Keadaannya belum diketahui"
    assert panel._view._empty == "Tidak ada insiden terbuka"
