"""The dialog of settings is made of their type; what is set takes effect, or says when it will."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from paser_command.times import parse
from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.alarms.bell import Bell
from paser_ui.alarms.strip import AlarmStrip
from paser_ui.preferences.dialog import KEYS, PreferencesDialog
from paser_ui.preferences.effects import Effects
from paser_ui.preferences.preferences import Preferences
from paser_ui.preferences.schema import fields
from paser_ui.settings import Settings

NAMES = ["language", "zone", "theme", "scale", "pulse", "sounds"]


@pytest.fixture
def preferences():
    return Preferences(Settings(language="id"))


@pytest.fixture
def acts():
    acts = Acts()
    for act_id, words, key in (
        ("clock.live", "Back to live", "L"),
        ("clock.play", "Pause, or play from here", "P"),
        ("language.next", "The other language", "Ctrl+L"),
    ):
        acts.add(Act(id=act_id, words=words, group="Time", key=key, run=lambda: None))
    return acts


@pytest.fixture
def dialog(qtbot, preferences, acts, desk):
    dialog = PreferencesDialog(preferences, acts, desk.language_of, fixed={"zone": "Diskominfo"})
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def shown(dialog):
    return [name for name, row in dialog.form.rows.items() if not row.isHidden()]


def texts(row):
    return [label.text() for label in row.findChildren(QLabel)]


def test_every_setting_of_the_type_is_asked_for():
    assert [field.name for field in fields()] == NAMES


@pytest.mark.parametrize("field", fields(), ids=lambda field: field.name)
def test_every_choice_is_a_setting_that_can_be_read_back(field):
    for choice in field.choices:
        settings = msgspec.structs.replace(Settings(), **{field.name: choice})

        assert msgspec.json.decode(msgspec.json.encode(settings), type=Settings) == settings


def test_the_scale_goes_from_75_to_300_percent():
    scale = next(field for field in fields() if field.name == "scale")

    assert (scale.choices[0], scale.choices[-1], 100 in scale.choices) == (75, 300, True)


def test_what_waits_for_the_next_start_says_so(dialog):
    waiting = [name for name, row in dialog.form.rows.items() if "dibuka lagi" in str(texts(row))]

    assert waiting == ["theme", "scale"]


def test_what_the_site_has_set_cannot_be_changed_and_says_by_whom(dialog):
    row = dialog.form.rows["zone"]

    assert not row.control.isEnabled()
    assert "Ditetapkan oleh Diskominfo, tidak dapat diubah di sini." in texts(row)


def test_a_choice_is_put_into_the_settings(dialog, preferences):
    row = dialog.form.rows["theme"]

    row.choice.setCurrentIndex(1)
    row.choice.activated.emit(1)
    dialog.form.rows["pulse"].flag.click()

    assert (preferences.settings.theme, preferences.settings.pulse) == ("light", False)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("zona", ["zone"]), ("gelap", ["theme"]), ("wita", ["zone"]), ("tidak ada begini", [])],
)
def test_the_search_goes_through_titles_helps_and_choices(dialog, typed, found):
    QTest.keyClicks(dialog.box, typed)

    assert shown(dialog) == found


def test_it_speaks_another_language_at_once(dialog, desk):
    desk.speak("en")
    dialog.retranslate()

    assert dialog.windowTitle() == "Settings"
    assert texts(dialog.form.rows["theme"])[0] == "Theme"
    assert dialog.form.rows["sounds"].choice.itemText(1) == "Critical ones only"


def test_all_that_can_be_used_has_a_name(dialog):
    used = [row.control for row in dialog.form.rows.values()]

    assert [one for one in used if not (one.objectName() and one.accessibleName())] == []


def test_it_is_closed_by_its_button_where_a_window_has_no_frame(dialog):
    dialog.shut.click()

    assert not dialog.isVisible()


def test_settings_take_effect_at_once(preferences, desk, qtbot):
    strip, bell = AlarmStrip(desk), Bell("critical", strike=lambda: None)
    qtbot.addWidget(strip)
    effects = Effects(preferences, desk, lambda: [strip], bell, "Asia/Makassar")

    preferences.put("language", "en")
    preferences.put("zone", "UTC")

    assert desk.language.time(parse("2026-11-23T06:03:27Z")) == "06:03"
    preferences.put("zone", "")
    assert desk.language.time(parse("2026-11-23T06:03:27Z")) == "14:03"
    assert effects is not None


def test_a_language_chosen_elsewhere_is_in_the_settings(preferences, desk, qtbot):
    strip = AlarmStrip(desk)
    qtbot.addWidget(strip)
    effects = Effects(preferences, desk, lambda: [strip], Bell("none"), "Asia/Makassar")

    desk.speak("en")

    assert preferences.settings.language == "en"
    assert effects is not None


@pytest.fixture
def keys(dialog, qtbot):
    dialog.show_page(KEYS)
    dialog.keys.go_to("clock.play")
    dialog.activateWindow()
    dialog.keys.field.setFocus()
    qtbot.waitUntil(dialog.keys.field.hasFocus)
    return dialog.keys


def row_of(keys, act_id):
    return next(row for row in keys._items() if row.data(0, Qt.ItemDataRole.UserRole) == act_id)


def test_a_key_is_changed_by_pressing_it(keys, acts):
    QTest.keyClick(keys.field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)

    assert acts.keys("clock.play") == ("Ctrl+J",)
    assert row_of(keys, "clock.play").text(2) == "Ctrl+J"
    assert keys.told == "Jeda, atau putar dari sini: Ctrl+J"


def test_a_key_that_another_act_has_is_refused_by_name(keys, acts):
    QTest.keyClick(keys.field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert acts.keys("clock.play") == ("P",)
    assert keys.told == "Ctrl+L sudah dipakai untuk Bahasa lainnya"
    assert keys.take.isVisible()


def test_it_may_be_taken_away_from_there(keys, acts):
    QTest.keyClick(keys.field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    keys.take.click()

    assert (acts.key("clock.play"), acts.key("language.next")) == ("Ctrl+L", "")


def test_one_key_or_all_go_back_to_the_delivered_ones(keys, acts):
    QTest.keyClick(keys.field, Qt.Key.Key_F7)
    changed = acts.key("clock.play")

    keys.reset.click()
    one = acts.key("clock.play")
    QTest.keyClick(keys.field, Qt.Key.Key_F8)
    keys.reset_all.click()

    assert (changed, one, acts.key("clock.play")) == ("F7", "P", "P")
    assert acts.own == {}


def test_an_act_may_have_no_key(keys, acts):
    keys.none.click()

    assert acts.keys("clock.play") == ()


def test_keys_alone_that_only_go_with_others_are_none(keys, acts):
    QTest.keyClick(keys.field, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)

    assert acts.keys("clock.play") == ("P",)


def test_keys_are_searched_by_what_they_do(dialog, keys):
    dialog.box.setText("bahasa")

    there = [row.text(0) for row in keys._items() if not row.isHidden()]
    assert there == ["Bahasa lainnya"]


def test_a_pressed_key_does_nothing_else(keys, acts, dialog):
    done: list[str] = []
    acts.ran.connect(done.append)
    acts.bind(dialog)

    QTest.keyClick(keys.field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert done == []
    assert keys.told == "Ctrl+L sudah dipakai untuk Bahasa lainnya"


def test_the_desks_plain_keys_keep_still_in_the_dialog(keys, acts, dialog, qtbot):
    done: list[str] = []
    acts.ran.connect(done.append)
    acts.bind(dialog)
    keys.rows.setFocus()
    qtbot.waitUntil(keys.rows.hasFocus)

    QTest.keyClick(keys.rows, Qt.Key.Key_P)
    QTest.keyClick(keys.rows, Qt.Key.Key_L)

    assert done == []
