"""F1 opens the manual where it tells of what has the focus; nothing in it leads out."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from paser_command.language import LANGUAGES, Language
from paser_command.manual import operators_manual
from paser_command.plugin.discovery import discover
from paser_ui.acts.acts import Acts
from paser_ui.manual.opening import ManualOpening, section_of
from paser_ui.manual.page import ManualPage
from paser_ui.manual.sections import SECTION_OF, sections, without_outside_links
from paser_ui.manual.window import ManualWindow
from paser_ui.panel_host import PanelHost
from tests.documents import MANUAL
from tests.ui.panels import Good

in_both_languages = pytest.mark.parametrize("code", LANGUAGES)


@pytest.fixture
def manual(qtbot):
    manual = ManualWindow(Language("id"))
    qtbot.addWidget(manual)
    manual.show()
    qtbot.waitUntil(manual.isVisible)
    return manual


def anchors(code):
    return [section.anchor for section in sections(operators_manual(code))]


@in_both_languages
def test_what_is_delivered_is_the_manual_of_the_documents(code):
    assert operators_manual(code) == (MANUAL / f"operator.{code}.md").read_text()


@in_both_languages
def test_every_panel_of_ours_has_a_section(code):
    panels = [panel.id for _, panel in discover().panels()]

    assert panels
    assert [panel for panel in panels if SECTION_OF[panel][code] not in anchors(code)] == []


@in_both_languages
@pytest.mark.parametrize("name", SECTION_OF)
def test_every_section_that_is_gone_to_is_there(name, code):
    assert SECTION_OF[name][code] in anchors(code)


@in_both_languages
def test_no_two_sections_have_one_anchor(code):
    assert len(set(anchors(code))) == len(anchors(code))


@in_both_languages
def test_the_contents_list_every_section_and_lead_there(manual, code):
    manual.retranslate(Language(code))

    listed = [manual.contents.item(at) for at in range(manual.contents.count())]
    manual.contents.itemActivated.emit(listed[-1])

    assert [item.data(Qt.ItemDataRole.UserRole) for item in listed] == anchors(code)
    assert manual.page.textCursor().block().text() == listed[-1].text()


def test_it_opens_at_the_panel_that_has_the_focus(qtbot, desk):
    host = PanelHost("feeds.health", "Feeds", Good, desk)
    qtbot.addWidget(host)
    acts = Acts()
    opening = ManualOpening(acts, desk, lambda: host)
    host.show()
    panel = host.panel
    assert panel is not None
    panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    host.activateWindow()
    panel.setFocus()
    qtbot.waitUntil(panel.hasFocus)

    acts.run("manual.open")

    assert opening.manual is not None
    block = opening.manual.page.textCursor().block()
    assert block.text() == "Sumber yang lama atau gagal"


def test_what_has_no_section_opens_the_top():
    assert section_of(None, "id") == ""


def test_in_the_manual_itself_it_stays_where_it_is(manual):
    assert section_of(manual.page, "id") is None


def test_a_link_inside_leads_to_its_section(manual):
    manual.page.anchorClicked.emit(QUrl("#masa-lalu"))

    assert manual.page.textCursor().block().text() == "Masa lalu"


@pytest.mark.parametrize("link", ["https://example.org/#masa-lalu", "file:///etc/passwd", "x.md"])
def test_a_link_that_leads_out_is_not_followed(manual, link):
    before = manual.page.toPlainText()

    manual.page.anchorClicked.emit(QUrl(link))

    assert manual.page.toPlainText() == before
    assert manual.page.textCursor().position() == 0


def test_only_words_are_left_of_links_that_lead_out():
    text = "[here](#anchor), [there](../glossary.md), [far](https://example.org)"

    assert without_outside_links(text) == "[here](#anchor), there, far"


def test_no_image_is_loaded(qtbot):
    page = ManualPage()
    qtbot.addWidget(page)

    page.show_manual("![x](file:///etc/passwd)\n\n<img src='file:///etc/hostname'>")

    assert page.loadResource(2, QUrl("file:///etc/hostname")) is None


def test_the_search_goes_on_and_comes_round(manual):
    manual.box.setText("hotspot")
    QTest.keyClick(manual.box, Qt.Key.Key_Return)
    missing = manual._told.text()
    manual.box.setText("BMKG")
    manual.box.setText("titik panas")

    places = []
    for _ in range(30):
        QTest.keyClick(manual.box, Qt.Key.Key_Return)
        places.append(manual.page.textCursor().position())

    assert missing == "Panduan tidak memuat ini."
    assert places[0] in places[1:]
    assert manual.page.textCursor().selectedText().lower() == "titik panas"


def test_it_is_closed_by_its_button_where_a_window_has_no_frame(manual):
    manual.show()

    manual.shut.click()

    assert not manual.isVisible()


def test_it_speaks_the_language_of_the_screen(qtbot, desk):
    window = QWidget()
    qtbot.addWidget(window)
    opening = ManualOpening(Acts(), desk, lambda: window)
    opening.open()

    desk.speak("en")

    assert opening.manual is not None
    assert opening.manual.windowTitle() == "Manual"
    assert "Operator's manual" in opening.manual.page.toPlainText()


def test_help_at_a_panel_of_a_workspace_is_about_its_type(open_front):
    front = open_front(panel="Typing")
    field = front.workspaces.board.host("map").findChild(QLineEdit, "field")

    assert section_of(field, "en") == "the-map"
