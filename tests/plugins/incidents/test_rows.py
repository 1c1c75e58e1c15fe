"""How the rows of the list are drawn: what stands where, and only what is seen and has changed."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from paser_command.api import DAY, SECOND
from paser_plugins.incidents import model, row
from paser_plugins.incidents.order import rank
from paser_plugins.incidents.passages import BLOCK
from paser_plugins.incidents.row import ROW_PX
from paser_ui.api import write_line
from tests.plugins.incidents.kit import many, part, picked
from tests.plugins.panel_kit import NOW, acknowledge, frame, picture_of, report

LONGEST_LINE = 1_000
"""No text on one line is longer before it is cut to its room."""

MOST_LINES = 2_100
"""Of the texts of one incident, however long they are."""

TEXTS_A_ROW = 4
"""Title, what and where, state, age."""

PLACE = "Kampung tepi Kandilo, Desa Tapis, Tanah Grogot"


@pytest.fixture
def written(monkeypatch):
    """Return the texts that the list's rows write from now on."""
    texts = []
    write = write_line

    def note_text(painter, rect, text, *how):
        texts.append(text)
        write(painter, rect, text, *how)

    monkeypatch.setattr(row, "write_line", note_text)
    return texts


def test_a_headline_that_has_room_is_one_line(panel, written):
    panel.resize(850, 600)
    panel.render_frame(frame(picture_of(report("a", title="Banjir dan genangan", place=PLACE))))

    panel.grab()

    assert f"Banjir dan genangan, {PLACE}" in written
    assert "1 laporan · 112" in written


def test_of_a_headline_without_room_the_place_begins_the_second_line(panel, written):
    panel.resize(420, 600)
    panel.render_frame(frame(picture_of(report("a", title="Banjir dan genangan", place=PLACE))))

    panel.grab()

    assert "Banjir dan genangan" in written
    assert f"{PLACE} · 1 laporan · 112" in written


def test_a_title_that_names_its_place_is_not_told_twice(panel, written):
    panel.resize(420, 600)
    title = f"Banjir dan genangan yang naik cepat di {PLACE}"
    panel.render_frame(frame(picture_of(report("a", title=title, place=PLACE))))

    panel.grab()

    assert title in written
    assert "1 laporan · 112" in written


@pytest.mark.parametrize(
    "text",
    [
        "W" * 65_536,
        "banjir " * 9_000,
        "x\n" * 32_768,
        ("a" + "\u0301" * 30) * 2_100,
        "<b>" * 21_000,
    ],
    ids=["one word", "words", "lines", "marks", "tags"],
)
def test_of_64_kb_of_text_only_short_pieces_are_laid_out(panel, written, text):
    picture = picture_of(report("a", title=text, place=text, text=text, status=text))

    panel.render_frame(frame(picture, selection=picked("a")))
    panel.grab()

    labels = [len(label.text()) for label in panel.findChildren(QLabel)]
    document = part(panel, QPlainTextEdit, "texts").document()
    lines = [document.findBlockByNumber(n).length() for n in range(document.blockCount())]
    assert max(map(len, written)) <= LONGEST_LINE
    assert max(labels) <= LONGEST_LINE
    assert max(lines) <= BLOCK + 1
    assert len(lines) <= MOST_LINES


def test_of_ten_thousand_incidents_only_those_seen_cost_anything(
    qtbot, panel, written, monkeypatch
):
    picture = picture_of(*many(10_000))
    panel.render_frame(frame(picture))
    panel._view.verticalScrollBar().setValue(5_000 * ROW_PX)
    panel.grab()
    ranked = []

    def note_rank(incident):
        ranked.append(incident)
        return rank(incident)

    monkeypatch.setattr(model, "rank", note_rank)
    written.clear()
    picture.apply(acknowledge("r04000"))

    with qtbot.assertNotEmitted(panel._model.modelReset):
        panel.render_frame(frame(picture, now=NOW + 1))
    panel.grab()

    assert panel._model.rowCount() == 10_000
    seen = panel.height() // ROW_PX + 2
    assert 0 < len(ranked) <= 5 * seen
    assert 0 < len(written) <= TEXTS_A_ROW * seen


def test_each_second_the_ages_alone_are_drawn(qtbot, panel, monkeypatch):
    picture = picture_of(*many(3))
    panel.render_frame(frame(picture))
    panel.render_frame(frame(picture, now=NOW + SECOND))
    drawn = []
    real = write_line

    def write(*given):
        drawn.append(given[2])
        real(*given)

    def rests():
        drawn.clear()
        QApplication.processEvents()
        return not drawn

    monkeypatch.setattr(row, "write_line", write)
    qtbot.waitUntil(rests)

    panel.render_frame(frame(picture, now=NOW + 2 * SECOND))

    ages = [panel._age(incident) for incident in picture.incidents.values()]
    qtbot.waitUntil(lambda: sorted(drawn) == sorted(ages))


def test_ages_that_stand_still_draw_nothing(qtbot, panel):
    picture = picture_of(report("old", at=NOW - 3 * DAY, received=NOW - 3 * DAY))
    panel.render_frame(frame(picture))
    panel.render_frame(frame(picture, now=NOW + SECOND))
    updates = []
    panel._view.viewport().update = lambda *region: updates.append(region)

    panel.render_frame(frame(picture, now=NOW + 2 * SECOND))

    assert updates == []
