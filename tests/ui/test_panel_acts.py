"""What a panel can do is among the acts, with its words and keys, for as long as it can do it."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.panel_acts import PanelActs
from paser_ui.panel_host import PanelHost
from tests.ui.panels import Good


class Able(Good):
    """A panel that can do a thing, and has places."""

    def __init__(self, context):
        super().__init__(context)
        self.done: list[str] = []
        self.places: list[tuple[float, float, float]] = []
        self.field = QLineEdit()
        self.rows.addWidget(self.field)
        self.find_it = QAction(self)
        self.find_it.setObjectName("able.find")
        self.find_it.setShortcut(QKeySequence("Ctrl+F"))
        self.find_it.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.find_it.triggered.connect(lambda: self.done.append("find"))
        self.addAction(self.find_it)
        self.retranslate()

    def retranslate(self):
        self.find_it.setText(self.context.tr("Search"))

    def show_place(self, lon, lat, zoom):
        self.places.append((lon, lat, zoom))


@pytest.fixture
def brought():
    """The panels that were brought before one's eyes."""
    return []


@pytest.fixture
def acts():
    return Acts()


@pytest.fixture
def host(qtbot, desk, acts, brought):
    host = PanelHost("able.panel", "Incident", Able, desk)
    qtbot.addWidget(host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    PanelActs(acts, host, brought.append).offer(True)
    return host


def panel_of(host):
    assert isinstance(host.panel, Able)
    return host.panel


def test_a_panel_and_its_actions_are_acts(acts, host):
    told = {act.id: (act.words, acts.key(act.id)) for act in acts}

    assert told == {
        "panel.focus.able.panel": ("Insiden", ""),
        "able.panel/able.find": ("Cari", "Ctrl+F"),
    }


def test_an_action_is_done_with_its_panel_before_ones_eyes(acts, host, brought):
    acts.run("able.panel/able.find")

    assert brought == ["able.panel"]
    assert panel_of(host).done == ["find"]


def test_to_bring_a_panel_gives_it_the_focus(acts, host, qtbot):
    acts.run("panel.focus.able.panel")

    qtbot.waitUntil(panel_of(host).field.hasFocus)


def test_a_key_of_ones_own_works_in_the_panel(acts, host, qtbot):
    panel = panel_of(host)
    panel.field.setFocus()
    qtbot.waitUntil(panel.field.hasFocus)

    acts.change("able.panel/able.find", "Ctrl+J")
    QTest.keyClick(panel.field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(panel.field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)

    assert panel.done == ["find"]


def test_the_delivered_key_comes_back(acts, host):
    acts.change("able.panel/able.find", "Ctrl+J")
    host.retranslate()

    acts.reset()

    assert panel_of(host).find_it.shortcut() == QKeySequence("Ctrl+F")


def test_what_cannot_be_done_now_is_not(acts, host):
    panel_of(host).find_it.setEnabled(False)

    assert not acts.run("able.panel/able.find")


def test_words_follow_the_language_of_the_screen(acts, host, desk):
    desk.speak("en")
    host.retranslate()

    assert acts["able.panel/able.find"].words == "Search"


def test_a_panel_that_is_built_anew_is_taken_in_anew(acts, host):
    host.retry()

    acts.run("able.panel/able.find")

    assert panel_of(host).done == ["find"]


def test_another_title_alone_changes_no_acts(acts, host):
    changes: list[int] = []
    acts.changed.connect(lambda: changes.append(1))

    host.titled.emit()

    assert changes == []


def test_a_place_is_shown_by_the_panel_that_has_places(host, desk, brought):
    desk.go_to((116.2, -1.9), 13.0)

    assert panel_of(host).places == [(116.2, -1.9, 13.0)]
    assert brought == ["able.panel"]


def test_a_panel_without_places_stays_where_it_is(qtbot, desk, acts, brought):
    host = PanelHost("good.panel", "Good", Good, desk)
    qtbot.addWidget(host)
    PanelActs(acts, host, brought.append).offer(True)

    desk.go_to((116.2, -1.9), 13.0)

    assert brought == []


def test_an_action_that_has_gone_takes_no_other_keys_with_it(acts, host):
    shiboken6.delete(panel_of(host).find_it)

    acts.add(Act(id="other", words="Other", group="Console", key="Ctrl+J", run=lambda: None))

    assert acts.key("other") == "Ctrl+J"


def test_what_is_offered_already_changes_no_acts(acts, host, brought):
    changes: list[int] = []
    own = PanelActs(acts, host, brought.append)
    own.offer(True)
    acts.changed.connect(lambda: changes.append(1))

    own.offer(True)

    assert changes == []


def test_what_is_changed_together_is_bound_once(acts):
    changes: list[int] = []
    acts.changed.connect(lambda: changes.append(1))

    with acts.together():
        for number in range(5):
            acts.add(Act(id=f"n.{number}", words="N", group="Console", run=lambda: None))
        acts.drop("n.4")

    assert changes == [1]
    assert "n.3" in acts
    assert "n.4" not in acts


def test_a_key_of_ones_own_is_that_of_all_panels_of_the_kind(acts, host, desk, qtbot, brought):
    other = PanelHost("other/panel", "Incident", Able, desk)
    qtbot.addWidget(other)
    PanelActs(acts, other, brought.append).offer(True)

    acts.change("able.panel/able.find", "Ctrl+J")

    assert acts.key("other/panel/able.find") == "Ctrl+J"
    assert acts.own == {"able.find": "Ctrl+J"}
