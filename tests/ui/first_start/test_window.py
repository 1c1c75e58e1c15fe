"""The first start offers three ways, in both languages, and tells the mistakes of a site file."""

import os

import pytest
from PySide6.QtCore import Qt

from paser_command.config import load_site
from paser_command.errors import InputError
from paser_command.keeper.heart import Heart
from paser_command.session.start import Answer, Question, Start, Way
from paser_ui.first_start.window import StartWindow, ask
from tests.ui.walking import faults


@pytest.fixture
def window(qtbot, tmp_path):
    question = Question(home=tmp_path, language=None, check=load_site)
    window = StartWindow(question, "id")
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize("way", [Way.EXERCISE, Way.PUBLIC])
def test_a_way_is_taken_by_its_button(window, way):
    window.cards[way].button.click()

    assert window.answer == Answer(Start(way), "id")
    assert not window.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_button_in_focus_is_pressed_by_keys(window, qtbot, key):
    button = window.cards[Way.PUBLIC].button
    button.setFocus()

    qtbot.keyClick(button, key)

    assert window.answer == Answer(Start(Way.PUBLIC), "id")


def test_closed_it_answers_nothing(window):
    window.reject()

    assert window.answer is None


def test_a_good_site_file_is_taken(window, tmp_path):
    site = tmp_path / "site.toml"
    site.write_text(
        '[site]\nname = "X"\nzone = "UTC"\nlon = 1.0\nlat = 1.0\n'
        '[journal]\nurl = "sqlite+pysqlite:///x"\n'
    )

    window.choose_file(str(site))

    assert window.answer == Answer(Start(Way.OWN, str(site)), "id")


def test_the_mistakes_of_a_site_file_are_told_with_their_lines(window, tmp_path):
    site = tmp_path / "site.toml"
    site.write_text('[site]\nname = 3\nzone = "UTC"\nlon = 500\nlat = 1.0\n')

    window.choose_file(str(site))

    assert window.answer is None
    assert window.isVisible()
    assert f"{site}:2: site.name" in window.told
    assert f"{site}:4: site.lon" in window.told


def test_what_was_wrong_last_time_is_told_at_once(qtbot, tmp_path):
    fault = InputError("{path}: there is no such file", path="/x/site.toml")
    question = Question(home=tmp_path, language="id", check=load_site, fault=fault)

    window = StartWindow(question, "id")
    qtbot.addWidget(window)

    assert window.told == "/x/site.toml: berkas itu tidak ada"


def test_the_public_feeds_say_whose_they_are_and_whom_they_ask(window):
    said = " ".join(
        label.text()
        for label in window.cards[Way.PUBLIC].findChildren(object)
        if hasattr(label, "text")
    )

    assert "BMKG (Badan Meteorologi, Klimatologi, dan Geofisika)" in said
    assert "data.bmkg.go.id" in said


def test_it_speaks_both_languages_and_answers_in_the_one_that_was_read(window):
    before = window.cards[Way.EXERCISE].button.text()

    window.switch.click()
    after = window.cards[Way.EXERCISE].button.text()
    window.cards[Way.EXERCISE].button.click()

    assert (before, after) == ("Mulai latihan", "Begin the exercise")
    assert window.answer == Answer(Start(Way.EXERCISE), "en")


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_word_is_cut_off(qtbot, tmp_path, language):
    window = StartWindow(Question(home=tmp_path, language=None, check=load_site), language)
    qtbot.addWidget(window)
    window.resize(960, 520)
    window.show()
    window.grab()

    for card in window.cards.values():
        for label in card.findChildren(type(window._title)):
            assert label.height() >= label.heightForWidth(label.width())


def test_what_can_be_used_has_a_name(window):
    buttons = [card.button for card in window.cards.values()]

    used = [*buttons, window.switch]

    assert [one for one in used if not (one.objectName() and one.accessibleName())] == []


def test_all_of_it_can_be_used_by_those_who_do_not_see(window, qtbot):
    window.show()
    qtbot.waitExposed(window)

    assert faults(window) == []


def test_it_beats_while_it_asks_and_is_gone_with_its_keeper(qapp, tmp_path):
    hearing, telling = os.pipe()
    os.close(hearing)
    heart = Heart(telling)

    answer = ask(Question(home=tmp_path, language="id", check=load_site, heart=heart))

    os.close(telling)
    assert answer is None
