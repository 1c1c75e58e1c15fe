"""A console whose database is away waits in a window, says for what, and goes on by itself."""

import pytest
from PySide6.QtWidgets import QLabel

from paser_command.errors import JournalAwayError, JournalError
from paser_command.journal.engine import sqlite_url
from paser_command.journal.store import open_journal
from paser_command.session.waiting import Opening, Waiting
from paser_ui.first_start.waiting import WaitingWindow
from tests.patience import patient
from tests.ui.walking import faults

AWAY = JournalAwayError("journal {where}: {reason}", where="db", reason="Connection refused")


class Trying:
    """A journal that is away until the test lets it come back."""

    def __init__(self, url):
        self.url = url
        self.answer: JournalAwayError | None = AWAY
        self.tries = 0
        self.opened = []

    def __call__(self):
        self.tries += 1
        if self.answer is not None:
            raise self.answer
        self.opened.append(open_journal(self.url))
        return self.opened[-1]


@pytest.fixture
def trying(tmp_path):
    made = Trying(sqlite_url(tmp_path / "journal.sqlite"))
    yield made
    for journal in made.opened:
        journal.close()


@pytest.fixture
def opening(trying):
    made = Opening(trying, AWAY)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def window(qtbot, opening, tmp_path):
    made = WaitingWindow(Waiting(home=tmp_path, language=None, opening=opening), "id")
    qtbot.addWidget(made)
    made.show()
    return made


def words(window):
    return " ".join(label.text() for label in window.findChildren(QLabel))


def test_it_says_what_it_waits_for(window):
    assert "Menunggu jurnal" in words(window)
    assert "Connection refused" in words(window)


def test_it_speaks_the_other_language_on_demand(window):
    window.switch.click()

    assert "Waiting for the journal" in words(window)


def test_it_goes_on_by_itself_once_the_journal_is_there(qtbot, window, trying, opening):
    trying.answer = None

    qtbot.waitUntil(lambda: not window.isVisible(), timeout=round(patient(30) * 1000))

    assert opening.journal is trying.opened[0]


def test_what_no_waiting_mends_ends_it(qtbot, window, trying, opening):
    trying.answer = JournalError("there is no journal at {where}", where="db")

    qtbot.waitUntil(lambda: not window.isVisible(), timeout=round(patient(30) * 1000))

    assert opening.failure is trying.answer
    assert opening.journal is None


def test_it_tries_again_and_again(qtbot, window, trying):
    qtbot.waitUntil(lambda: trying.tries >= 2, timeout=round(patient(30) * 1000))

    assert window.isVisible()


@pytest.mark.parametrize("leave", ["button", "escape"])
def test_a_person_can_leave(window, opening, leave):
    if leave == "button":
        window.leave.click()
    else:
        window.reject()

    assert not window.isVisible()
    assert opening.journal is None


def test_a_journal_that_comes_too_late_is_closed(trying):
    opening = Opening(trying, AWAY)
    trying.answer = None
    opening.stop()
    opening._keep(trying())

    assert opening.journal is None


def test_all_its_controls_have_names_and_a_way_by_keys(window):
    assert faults(window) == []
