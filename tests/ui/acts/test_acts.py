"""Acts run by id and by key, in every window, and keep still while somebody types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from paser_command.errors import InputError
from paser_command.language import Language
from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts


@pytest.fixture
def done():
    """The ids of what was done."""
    return []


@pytest.fixture
def make(done):
    def make(act_id, key="", **values):
        values = {"words": "Back to live", "group": "Time", **values}
        return Act(id=act_id, key=key, run=lambda: done.append(act_id), **values)

    return make


class Fields(QWidget):
    """A window with a text field and a button."""

    def __init__(self):
        super().__init__()
        self.field, self.button = QLineEdit(), QPushButton("x")
        rows = QVBoxLayout(self)
        rows.addWidget(self.field)
        rows.addWidget(self.button)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


@pytest.fixture
def window(qtbot):
    window = Fields()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()
    return window


def test_an_act_is_run_by_its_id(make, done):
    acts = Acts()
    acts.add(make("clock.live"))
    ran: list[str] = []
    acts.ran.connect(ran.append)

    told = (acts.run("clock.live"), acts.run("no.such"))

    assert told == (True, False)
    assert done == ran == ["clock.live"]


def test_what_cannot_be_done_now_is_not_done(make, done):
    acts = Acts()
    acts.add(make("clock.live", enabled=lambda: False))

    assert not acts.run("clock.live")
    assert done == []


def test_acts_come_sorted_and_go_by_prefix(make):
    acts = Acts()
    acts.add(make("workspace.show.b"), make("clock.live"), make("workspace.show.a"))

    before = [act.id for act in acts]
    acts.drop("workspace.show.")

    assert before == ["clock.live", "workspace.show.a", "workspace.show.b"]
    assert [act.id for act in acts] == ["clock.live"]


def test_a_key_does_it_in_the_window_it_is_bound_to(make, done, window):
    acts = Acts()
    acts.bind(window)
    acts.add(make("clock.live", "L"))

    QTest.keyClick(window, Qt.Key.Key_L)

    assert done == ["clock.live"]


def test_only_marked_acts_have_their_keys_while_somebody_types(make, done, window, qtbot):
    acts = Acts()
    acts.add(make("clock.live", "L"), make("palette.open", "Ctrl+K", while_typing=True))
    acts.bind(window)
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)

    works = (acts.works("L"), acts.works("Ctrl+K"))
    QTest.keyClick(window.field, Qt.Key.Key_L)
    QTest.keyClick(window.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert works == (False, True)
    assert window.field.text() == "l"
    assert done == ["palette.open"]


def test_a_button_keeps_space_and_enter(make, window, qtbot):
    acts = Acts()
    acts.add(make("alarm.take", "Space"), make("clock.live", "L"))
    acts.bind(window)
    window.button.setFocus()
    qtbot.waitUntil(window.button.hasFocus)

    assert (acts.works("Space"), acts.works("L")) == (False, True)


def test_a_changed_key_works_at_once_and_is_kept(make, done, window):
    acts = Acts()
    acts.add(make("clock.live", "L"))
    acts.bind(window)

    acts.change("clock.live", "B")
    QTest.keyClick(window, Qt.Key.Key_L)
    QTest.keyClick(window, Qt.Key.Key_B)

    assert done == ["clock.live"]
    assert acts.own == {"clock.live": "B"}
    assert Acts(acts.own).own == acts.own


def test_a_taken_key_is_refused_by_the_name_of_its_holder(make):
    acts = Acts()
    acts.add(make("clock.live", "L"), make("clock.play", "P"))

    with pytest.raises(InputError) as told:
        acts.change("clock.play", "L")

    assert acts.holder("clock.play", "L") == acts["clock.live"]
    assert str(told.value) == "L is already that of Back to live"
    assert Language("id").error(told.value) == "L sudah dipakai untuk Kembali ke langsung"
    assert acts.keys("clock.play") == ("P",)


def test_a_key_can_be_taken_away_from_another_act(make):
    acts = Acts()
    acts.add(make("clock.live", "L"), make("clock.play", "P"))

    acts.change("clock.play", "L", take=True)

    assert (acts.keys("clock.live"), acts.keys("clock.play")) == ((), ("L",))


def test_what_is_no_key_is_refused(make):
    acts = Acts()
    acts.add(make("clock.live", "L"))

    with pytest.raises(InputError, match="no key"):
        acts.change("clock.live", "Ctrl+")


def test_one_key_or_all_go_back_to_the_delivered_ones(make):
    acts = Acts({"clock.live": "B", "clock.play": "N"})
    acts.add(make("clock.live", "L"), make("clock.play", "P"))

    acts.reset("clock.live")
    one = (acts.key("clock.live"), acts.key("clock.play"))
    acts.reset()

    assert one == ("L", "N")
    assert (acts.key("clock.play"), acts.own) == ("P", {})


def test_the_key_of_a_panels_own_action_is_put_on_the_action(make, window):
    action = QAction(window)
    acts = Acts({"map/find": "Ctrl+J"})

    acts.add(make("map/find", "Ctrl+F", scope="map", action=action))

    assert action.shortcut() == QKeySequence("Ctrl+J")


def test_the_focus_may_go_elsewhere_while_acts_are_taken_out(make, done, window, qtbot):
    acts = Acts()
    acts.bind(window)
    acts.add(make("clock.live", "L"), make("clock.play", "P"))

    with acts.together():
        acts.drop("clock.live")
        window.field.setFocus()
        qtbot.waitUntil(window.field.hasFocus)

    assert not acts.works("P")
    window.setFocus()
    assert acts.works("P")
