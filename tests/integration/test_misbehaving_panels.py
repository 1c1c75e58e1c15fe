"""Panels of another maker that ask the program to end, or stand still, end and hold up nothing."""

import os
from pathlib import Path

import pytest

from paser_command.whole_file import write_whole
from paser_command.workspaces.definition import FORMAT, Node, Page, PanelSpec, Workspace
from paser_command.workspaces.files import text_of
from tests.integration.test_keeper import Kept, site

__all__ = ["site"]

MISBEHAVING = ("Frame", "Slot", "Timer", "Paint", "Raise", "Quit", "QtExit", "Hard", "Slow")

PANELS = """\
import os
import sys
import time

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from paser_ui.api import Panel


class Good(Panel):
    frames = 0

    def render_frame(self, frame):
        Good.frames += 1


class Frame(Panel):
    def render_frame(self, frame):
        sys.exit(3)


class Acting(Panel):
    def __init__(self, context):
        super().__init__(context)
        self.timer = QTimer(self, interval=100)
        self.timer.timeout.connect(self.act)
        self.timer.start()

    def render_frame(self, frame):
        pass

    def act(self):
        sys.exit(4)


class Timer(Acting):
    pass


class Slot(Acting):
    def __init__(self, context):
        super().__init__(context)
        self.button = QPushButton(self)
        self.button.clicked.connect(self.end)

    def act(self):
        self.button.click()

    def end(self):
        raise SystemExit


class Raise(Acting):
    def act(self):
        raise SystemExit(5)


class Quit(Acting):
    def act(self):
        QApplication.quit()


class QtExit(Acting):
    def act(self):
        QCoreApplication.instance().exit(6)


class Hard(Acting):
    def act(self):
        os._exit(7)


class Paint(Acting):
    def act(self):
        self.update()

    def paintEvent(self, event):
        sys.exit(8)


class Slow(Panel):
    def render_frame(self, frame):
        time.sleep(1.2)
"""


def install(folder: Path) -> str:
    """Install a plugin with those panels; return where."""
    package, info = folder / "plugins/wild", folder / "plugins/wild-1.dist-info"
    for made in (package, info):
        made.mkdir(parents=True)
    (package / "__init__.py").touch()
    panels = (
        f'[[panels]]\nid = "wild.{name.lower()}"\nname = "{name}"\nclass = "panel:{name}"\n'
        for name in ("Good", *MISBEHAVING)
    )
    head = '[plugin]\nid = "wild"\nname = "Wild"\nversion = "1"\napi = 1\n'
    (package / "plugin.toml").write_text(head + "".join(panels))
    (package / "panel.py").write_text(PANELS)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wild\nVersion: 1\n")
    point = "[paser_command.plugins]\nwild = wild:plugin.toml\n"
    (info / "entry_points.txt").write_text(point)
    return f"{folder / 'plugins'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"


def show(home: Path, names: tuple[str, ...]) -> None:
    """Have the workspace show these panels beside one another."""
    page = Page(layout=Node(across=tuple(Node(tabs=(name,)) for name in names)))
    panels = {name: PanelSpec(type=f"wild.{name}") for name in names}
    whole = Workspace(format=FORMAT, name="War room", panels=panels, pages=(page,))
    write_whole(home / "workspaces/ruang-siaga.toml", text_of(whole).encode())


@pytest.mark.timeout(240)
def test_what_asks_the_program_to_end_or_stands_still_is_paused_and_the_room_goes_on(
    tmp_path: Path, site: tuple[str, ...]
):
    names = tuple(name.lower() for name in MISBEHAVING)
    show(tmp_path / "home", ("good", *names))
    with Kept(tmp_path, *site, PYTHONPATH=install(tmp_path)) as kept:
        first = kept.until(lambda told: told["waiting"])
        paused = kept.until(lambda told: told["paused"] == sorted(names))
        kept.say("take")
        after = kept.until(lambda told: len(told["waiting"]) < len(first["waiting"]))

        assert after["pid"] == first["pid"] == paused["pid"]
        assert not kept.reports()
        assert not any("fell" in line for line in after["banner"])
        kept.say("close")
        assert kept.process.wait(60) == 0
