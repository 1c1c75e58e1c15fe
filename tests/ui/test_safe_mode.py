"""Safe mode says what it leaves off, uses no remembered place, and has a way back."""

import os

import msgspec
import pytest
from PySide6.QtWidgets import QPushButton

from paser_command.keeper.heart import NORMAL, Heart
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import Plugins
from paser_command.session.console import ConsoleOptions
from paser_command.session.frames import Selection
from paser_ui.safe_mode import settings_store, tell_safe_mode
from paser_ui.settings import Settings
from paser_ui.widgets.banner import Banner
from paser_ui.workspace.store import SettingsStore

REMEMBERED = Settings(
    language="en",
    pulse=False,
    selection=Selection("incident", "1"),
    workspace="banjir",
)


@pytest.fixture
def pipe():
    """What the keeper hears, and the end that the console writes to."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


@pytest.fixture
def options(session, tmp_path, pipe):
    return ConsoleOptions(
        session=session,
        maps=MapServices(tmp_path),
        plugins=Plugins(()),
        home=tmp_path,
        site_name="Kabupaten Paser",
        zone="Asia/Makassar",
        heart=Heart(pipe[1]),
        safe_mode=True,
        left_off=("Alpha", "Beta"),
    )


@pytest.fixture
def banner(qtbot):
    made = Banner()
    qtbot.addWidget(made)
    return made


def test_what_is_left_off_is_said_in_the_language_of_the_screen(desk, banner, options):
    tell_safe_mode(desk, banner, options, lambda: None)
    [indonesian] = banner.told()

    desk.speak("en")

    assert "panel dari Alpha, Beta" in indonesian
    assert banner.told() == [
        "Safe mode. Left off: the remembered layout, automation, panels of Alpha, Beta."
    ]
    assert banner.findChild(QPushButton, "bannerAct").text() == "Start normally"


def test_where_no_plugin_is_a_strangers_none_is_named(desk, banner, options):
    bare = msgspec.structs.replace(options, left_off=())
    desk.speak("en")

    tell_safe_mode(desk, banner, bare, lambda: None)

    assert banner.told() == ["Safe mode. Left off: the remembered layout, automation."]


def test_the_button_asks_the_keeper_and_leaves(desk, banner, options, pipe):
    left = []
    tell_safe_mode(desk, banner, options, lambda: left.append(True))

    banner.findChild(QPushButton, "bannerAct").click()

    assert os.read(pipe[0], 100) == NORMAL
    assert left == [True]


def test_without_a_keeper_there_is_no_button(desk, banner, options):
    tell_safe_mode(desk, banner, msgspec.structs.replace(options, heart=None), lambda: None)

    assert banner.findChild(QPushButton, "bannerAct") is None


def test_a_normal_start_says_nothing(desk, banner, options):
    tell_safe_mode(desk, banner, msgspec.structs.replace(options, safe_mode=False), lambda: None)

    assert banner.told() == []


def test_places_are_neither_used_nor_lost(options, tmp_path):
    SettingsStore(tmp_path).save(REMEMBERED)
    store = settings_store(options)

    loaded = store.load()
    store.save(Settings(language="id", workspace="ruang-siaga"))

    assert loaded.settings == Settings(language="en", pulse=False)
    saved = SettingsStore(tmp_path).load().settings
    assert saved == msgspec.structs.replace(REMEMBERED, language="id", pulse=True)
