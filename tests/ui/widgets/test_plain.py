"""No text from outside is ever read as HTML, opens a file, or hangs the screen."""

import ast
import os
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QPushButton, QToolTip, QWidget

from paser_command.plugin.guard import Fault
from paser_command.records import FeedState, Severity
from paser_command.session.identity import Identity
from paser_ui.alarms.strip import AlarmStrip
from paser_ui.alarms.tallies import Tallies
from paser_ui.status_bar import ModeChip, StatusBar
from paser_ui.widgets.banner import Banner
from paser_ui.widgets.exercise_band import ExerciseBand
from paser_ui.widgets.fault_notice import FaultNotice
from paser_ui.widgets.plain import (
    LONGEST,
    ElidedLabel,
    cleaned,
    plain_label,
    put_text,
    put_title,
    put_tooltip,
)
from tests.ui.city import NOON, a_feed, a_report, the_picture

ROOT = Path(__file__).parents[3]
PLAIN = ROOT / "ui/paser_ui/widgets/plain.py"

SINKS = {
    "QLabel",
    "QMessageBox",
    "QTextEdit",
    "QTextBrowser",
    "setHtml",
    "setInformativeText",
    "setMarkdown",
    "setText",
    "setToolTip",
    "setWhatsThis",
    "setStatusTip",
    "setWindowTitle",
    "setTextFormat",
    "showText",
    "insertHtml",
}
ALLOWED = {
    # The clipboard takes plain text, and a line edit shows plain text only.
    "fault_notice.py clipboard.setText",
    "actions.py note_field.setText",
    "panel.py _search.setText",
    "settings.py line.setText",
    "menu.py clipboard.setText",
    "here.py clipboard.setText",
    "tile_form.py address.setText",
    "tile_form.py name.setText",
    "tile_form.py attribution.setText",
    "properties.py name.setText",
    "dialog.py name.setText",
    "keys_page.py field.setText",
    "city.py name.setText",
    "city.py file.setText",
    "city.py province.setText",
    "moment_field.py self.setText",
    # What put_tooltip has put there before.
    "moment_field.py QToolTip.showText",
    # Our own manual, in a page that follows no link and loads no picture.
    "page.py document.setMarkdown",
    # A picture's own words, which lie in its file.
    "formats.py image.setText",
    # The rows' own delegate draws plain text.
    "rows.py item.setText",
    # Items that pyqtgraph paints as plain text.
    "plot.py _words.setText",
    "plot.py label.setText",
    # Plain from the first line of its making.
    "status_bar.py self.setTextFormat",
}


def hostile(place):
    """Return texts that Qt would take for HTML, each naming the place where a file is."""
    return [
        f'<img src="{place}">',
        f'<html><body><img src="{place}"/></body></html>',
        f'<qt><img src="file://{place}"></qt>',
        f'<table background="{place}"><tr><td>x</td></tr></table>',
        f'<p style="background-image:url({place})">x</p>',
        '<font color="#ff0000" size="7">&#9608;&#9608;&#9608;</font>',
        '<body bgcolor="#ff0000">x</body>',
        f"<!DOCTYPE html><img src='\\\\\\\\host\\\\share{place}'>",
        f"![x]({place})",
        "<b>" * 500 + "deep",
    ]


def a_label(text):
    label = plain_label()
    put_text(label, text)
    return label


def a_button(text):
    button = QPushButton()
    put_text(button, text)
    return button


def a_tipped(text):
    widget = QWidget()
    put_tooltip(widget, text)
    put_title(widget, text)
    return widget


def a_chip(text):
    chip = ModeChip()
    chip.show_mode(text, past=False)
    return chip


def a_banner(text):
    banner = Banner()
    banner.tell("x", text)
    return banner


def a_band(text):
    band = ExerciseBand()
    band.show_word(text)
    return band


MAKERS = (a_label, a_button, a_tipped, a_chip, a_banner, a_band, ElidedLabel)


def reds(widget):
    widget.resize(600, 120)
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pure = QColor("#ff0000").rgb()
    return sum(
        image.pixel(x, y) == pure for x in range(image.width()) for y in range(image.height())
    )


@pytest.fixture
def red_picture(tmp_path):
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    path = tmp_path / "px.png"
    assert image.save(str(path))
    return path


@pytest.fixture
def pipe(tmp_path):
    """Return a pipe that nobody writes to: who opens it hangs."""
    path = tmp_path / "pipe.png"
    os.mkfifo(path)
    return path


def test_the_measure_sees_red_where_html_is_read(red_picture, qtbot):
    label = QLabel(f'<img src="{red_picture}">')
    qtbot.addWidget(label)

    assert reds(label) > 1_000


@pytest.mark.parametrize("make", MAKERS)
def test_hostile_texts_are_shown_as_they_are(make, red_picture, qtbot):
    for text in hostile(red_picture):
        widget = make(text)
        qtbot.addWidget(widget)

        assert reds(widget) == 0


@pytest.mark.parametrize("make", MAKERS)
def test_a_pipe_is_never_opened(make, pipe, qtbot):
    for text in hostile(pipe):
        widget = make(text)
        qtbot.addWidget(widget)
        assert not widget.grab().isNull()


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("text", ["x" * 65_536, "<b>x</b>" * 8_192, "<table><tr><td>" * 4_096])
def test_a_very_long_text_is_cut_before_it_is_laid_out(make, text, qtbot):
    widget = make(text)
    qtbot.addWidget(widget)

    laid_out = [widget, *widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    told = [part.text() for part in laid_out if isinstance(part, QLabel | QPushButton)]
    tips = [unescape(part.toolTip()) for part in laid_out]

    assert max(map(len, [*told, *tips])) <= 4_000 + len("<qt></qt>")


def test_the_bars_show_hostile_records_as_they_are(desk, red_picture, qtbot):
    picture = the_picture()
    for number, text in enumerate(hostile(red_picture)):
        picture.apply(a_report(10 + number, title=text, place=text, severity=Severity.CRITICAL))
        picture.apply(a_feed(text, FeedState.FAILING))
    desk.session.become(Identity(hostile("x")[0], hostile("x")[1]))
    strip, status = AlarmStrip(desk), StatusBar(desk)
    for widget in (strip, status):
        qtbot.addWidget(widget)

    strip.show_tally(picture, Tallies().of(picture), desk.session.view, past=False)
    status.show_time()
    status.show_tally(Tallies().of(picture), desk.session.view)
    status.show_feeds(picture, NOON, desk.session.view)

    assert reds(strip) == 0
    assert reds(status) == 0
    assert "<img" not in strip.line.toolTip() + status.feeds.toolTip()


def test_a_fault_is_told_as_it_is(desk, red_picture, qtbot):
    for text in hostile(red_picture):
        fault = Fault(part=text, kind=text, message=text, trace=text)
        notice = FaultNotice(lambda: desk.language, text, fault)
        qtbot.addWidget(notice)

        assert reds(notice) == 0


def test_every_label_of_the_windows_is_plain(desk, qtbot):
    strip, status = AlarmStrip(desk), StatusBar(desk)
    for widget in (strip, status):
        qtbot.addWidget(widget)
        formats = {label.textFormat() for label in widget.findChildren(QLabel)}
        assert formats == {Qt.TextFormat.PlainText}


def test_a_tooltip_is_escaped(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    put_tooltip(widget, '<img src="/etc/passwd">')

    QToolTip.showText(widget.pos(), widget.toolTip(), widget)

    assert "&lt;img" in widget.toolTip()
    QToolTip.hideText()


def test_control_and_bidi_signs_are_made_visible():
    assert cleaned("a\x1b[31mb\u202ec\x00") == "a\ufffd[31mb\ufffdc\ufffd"


def test_no_label_gets_more_than_it_can_lay_out():
    assert len(cleaned("x" * 100_000)) == LONGEST


def _on(call):
    """Return what the method is called on, with a dot behind."""
    if not isinstance(call.func, ast.Attribute):
        return ""
    on = call.func.value
    on = on.func if isinstance(on, ast.Call) else on
    return f"{getattr(on, 'attr', getattr(on, 'id', ''))}."


def sink_calls(path):
    """Return where a text that is no literal goes into Qt without the helper."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        literal = all(isinstance(argument, ast.Constant) for argument in node.args)
        if name in SINKS and not literal and f"{path.name} {_on(node)}{name}" not in ALLOWED:
            yield f"{path.relative_to(ROOT)}:{node.lineno} {name}"


def test_no_text_reaches_a_widget_but_through_the_helper():
    sources = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]

    assert [call for path in sources if path != PLAIN for call in sink_calls(path)] == []
