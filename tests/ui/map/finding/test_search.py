"""What is typed into the search box is found while it is typed, and Enter goes there."""

import pytest
from PySide6.QtCore import Qt

from paser_command.api import MINUTE, Region, Selection
from paser_ui.finding.rows import Row
from tests.plugins.panel_kit import HOSTILE, NOW, report
from tests.ui.map.finding.bench import GROGOT, KUARO, Desk


@pytest.fixture
def desk(qtbot):
    desk = Desk()
    qtbot.addWidget(desk)
    desk.resize(1100, 620)
    with qtbot.waitExposed(desk):
        desk.show()
    desk.open("search")
    return desk


@pytest.fixture
def box(desk):
    return desk.finding.search.box


def found(desk):
    return [row.name for row in desk.finding.search.results.rows]


def press(qtbot, widget, *keys):
    for key in keys:
        qtbot.keyClick(widget, key)


def test_results_come_while_one_types(desk, box, qtbot):
    qtbot.keyClicks(box, "kua")

    assert found(desk) == ["Kuaro", "Kuaro", "Kebakaran Pasar Kuaro"]


def test_a_result_says_what_it_is_and_how_old(desk, box, qtbot):
    qtbot.keyClicks(box, "pasar")

    assert desk.finding.search.results.rows[0] == Row(
        of=Selection("incident", "2"),
        name="Kebakaran Pasar Kuaro",
        detail="Insiden · 2 mnt lalu",
        severity=desk.picture.incidents["2"].severity,
    )


def test_a_hotspot_is_called_one_and_says_whose_where_and_how_old(desk, box, qtbot):
    qtbot.keyClicks(box, "titik panas")

    row = desk.finding.search.results.rows[0]
    assert (row.name, row.detail) == ("Titik panas", "NOAA-20 · Long Ikis · 3 jam lalu")
    assert row.of == Selection("feature", "f/1")


def test_enter_goes_to_the_first_and_picks_it(desk, box, qtbot):
    qtbot.keyClicks(box, "pasar kuaro")
    press(qtbot, box, Qt.Key.Key_Return)

    assert desk.context.selections == [Selection("incident", "2")]
    assert desk.canvas.view.place == pytest.approx(KUARO)
    assert desk.canvas.view.zoom >= 12


def test_arrows_choose_another_result(desk, box, qtbot):
    qtbot.keyClicks(box, "kua")
    press(qtbot, box, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert desk.context.selections == [Selection("incident", "2")]


def test_a_town_is_shown_but_nothing_is_picked(desk, box, qtbot):
    qtbot.keyClicks(box, "muser")
    press(qtbot, box, Qt.Key.Key_Return)

    assert desk.context.selections == []
    assert desk.canvas.view.place == pytest.approx((115.89, -2.03))


@pytest.mark.parametrize(
    "text",
    ["-1.9051, 116.1913", "1,9051 LS 116,1913 BT", "50S 410058 9789407", "geo:-1.9051,116.1913"],
)
def test_coordinates_in_any_notation_are_a_place(desk, box, qtbot, text):
    qtbot.keyClicks(box, text)
    press(qtbot, box, Qt.Key.Key_Return)

    assert found(desk)[0] == "1°54′18″ LS  116°11′29″ BT"
    assert desk.canvas.view.place == pytest.approx(GROGOT, abs=1e-4)


def test_one_does_not_zoom_out_to_a_result(desk, box, qtbot):
    desk.canvas.show_place(*GROGOT, 16.0)

    qtbot.keyClicks(box, "kuaro")
    press(qtbot, box, Qt.Key.Key_Return)

    assert desk.canvas.view.zoom == 16.0


def test_a_click_on_a_result_goes_there(desk, box, qtbot):
    qtbot.keyClicks(box, "pasar")
    results = desk.finding.search.results
    there = results.visualRect(results.model().index(0, 0)).center()

    qtbot.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=there)

    assert desk.context.selections == [Selection("incident", "2")]


def test_what_comes_while_one_looks_is_found_too(desk, box, qtbot):
    qtbot.keyClicks(box, "modang")
    assert found(desk) == []

    desk.picture.apply(report("9", title="Longsor Modang"))
    desk.show_picture(now=NOW + MINUTE)

    assert found(desk) == ["Longsor Modang, Tanah Grogot"]


def test_results_are_not_limited_to_the_area(desk, box, qtbot):
    desk.context.areas.append(Region.of_ring(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))))
    desk.show_picture()

    qtbot.keyClicks(box, "pasar")

    assert found(desk)[0] == "Kebakaran Pasar Kuaro"


def test_hostile_names_are_plain_text(desk, box, qtbot):
    qtbot.keyClicks(box, "img src")

    assert found(desk) == [f"Banjir {HOSTILE}, Long Ikis"]
    desk.finding.search.results.grab()


def test_nothing_found_is_said(desk, box, qtbot):
    qtbot.keyClicks(box, "xyzzy")

    assert "bukan koordinat" in desk.finding.search._note.text()


def test_the_words_follow_the_language(desk, box, qtbot):
    qtbot.keyClicks(box, "pasar")

    desk.context.speak("en")
    desk.finding.retranslate()

    assert desk.finding.search.results.rows[0].detail == "Incident · 2 min ago"


def test_the_mark_of_a_place_goes_when_something_is_picked(desk, box, qtbot):
    qtbot.keyClicks(box, "kuaro")
    press(qtbot, box, Qt.Key.Key_Return)
    assert desk.canvas._sheet.stack.get("finding.spot")

    box.clear()
    qtbot.keyClicks(box, "pasar")
    press(qtbot, box, Qt.Key.Key_Return)

    assert not desk.canvas._sheet.stack.get("finding.spot")
