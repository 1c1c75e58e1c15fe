"""What a person changed is saved soon, in a thread, and only where it changed."""

import threading

import msgspec
import pytest

from paser_command.errors import PaserError
from paser_command.session.frames import Selection
from paser_ui.settings import Settings
from paser_ui.workspace.saving import Saving
from paser_ui.workspace.store import SettingsStore


class CountingStore(SettingsStore):
    """Writes down what it saved; refuses while `full`."""

    def __init__(self, folder):
        super().__init__(folder)
        self.saved = []
        self.full = False

    def save(self, settings):
        if self.full:
            raise PaserError("the disk is full")
        super().save(settings)
        self.saved.append(settings)


class Desk:
    """What is to be remembered."""

    def __init__(self):
        self.settings = Settings(language="id")

    def change(self, **changes):
        self.settings = msgspec.structs.replace(self.settings, **changes)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def store(tmp_path):
    return CountingStore(tmp_path)


@pytest.fixture
def saving(qapp, store, desk):
    made = Saving(store.save, lambda: desk.settings)
    yield made
    made.stop()


def look(saving):
    saving.look()
    if saving._writing is not None:
        saving._writing.result(10)


def test_what_changed_is_saved_once(saving, store, desk):
    look(saving)
    look(saving)
    desk.change(language="en")
    look(saving)
    look(saving)

    assert [settings.language for settings in store.saved] == ["id", "en"]
    assert store.load().settings.language == "en"


def test_a_selection_is_saved_too_for_the_console_may_fall(saving, store, desk):
    look(saving)
    desk.change(selection=Selection("incident", "incident-1"))
    look(saving)

    assert store.load().settings.selection == Selection("incident", "incident-1")


def test_the_end_saves_all_of_it(qapp, store, desk):
    saving = Saving(store.save, lambda: desk.settings)
    look(saving)
    desk.change(selection=Selection("incident", "incident-1"))

    saving.stop()

    assert store.load().settings.selection == Selection("incident", "incident-1")


def test_a_full_disk_is_told_once_and_holds_up_nothing(saving, store, desk, caplog):
    store.full = True
    for language in ("en", "id", "en"):
        desk.change(language=language)
        look(saving)
    told = [record.levelname for record in caplog.records]
    store.full = False
    look(saving)

    assert told == ["ERROR"]
    assert store.load().settings.language == "en"
    caplog.clear()


def test_what_will_be_another_is_saved_behind_what_is_being_saved(saving, store, desk):
    may_go_on = threading.Event()
    saving._writer.submit(may_go_on.wait)
    saving.look()
    desk.change(language="en")

    saving.hurry()
    desk.change(language="id")
    may_go_on.set()
    saving._writing.result(10)

    assert [settings.language for settings in store.saved] == ["id", "en"]
