"""Runs the real console on a journal and test panels: python -m tests.ui.console_run FOLDER ...

Options: `--for S`, `--shots`, `--collector` (a child that stays), `--panel CLASS` (more than once).
"""

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from paser_command.journal.store import open_journal
from paser_command.plugin.discovery import Plugin, Plugins
from paser_command.plugin.manifest import About, Manifest, PanelManifest
from paser_command.session.console import ConsoleOptions
from paser_command.session.session import Session
from paser_ui.app import main
from paser_ui.window import Window

PLACES = ("map", "incidents", "charts", "feeds", "tab", "tab", "tab")
"""So that the first four can be seen."""

STAYING = 'import sys; print(\'{"event": "ready"}\', flush=True); sys.stdin.read()'


def plugins(classes):
    panels = tuple(
        PanelManifest(f"{place}.{name.lower()}", name, f"panels:{name}")
        for place, name in zip(PLACES, classes, strict=False)
    )
    about = About(id="test", name="Test", version="1", api=1)
    return Plugins((Plugin("tests.ui", Manifest(about, panels=panels)),))


def options(arguments):
    folder = arguments.folder
    store = open_journal(f"sqlite+pysqlite:///{folder / 'journal.sqlite'}", "real")
    return ConsoleOptions(
        session=Session(store, who="Sari", seat="meja 2"),
        plugins=plugins(arguments.panel or ["Good"]),
        home=folder / "home",
        who="Sari",
        seat="meja 2",
        site_name="Kabupaten Paser",
        zone="Asia/Makassar",
        collector=(sys.executable, "-c", STAYING) if arguments.collector else None,
        language=arguments.language,
        for_s=arguments.for_s,
        screenshot_dir=folder / "shots" if arguments.shots else None,
    )


def parsed():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--for", dest="for_s", type=float)
    parser.add_argument("--shots", action="store_true")
    parser.add_argument("--collector", action="store_true")
    parser.add_argument("--language")
    parser.add_argument("--float", help="a panel that becomes a window by itself")
    parser.add_argument("--panel", action="append")
    return parser.parse_args()


def run():
    arguments = parsed()
    if arguments.float:
        # Once the window stands, by the same call that a drag comes to.
        show = Window.recall

        def recall(window, settings):
            show(window, settings)
            QTimer.singleShot(300, lambda: window.docking.float(arguments.float))

        Window.recall = recall  # type: ignore[method-assign]
    return main(options(arguments))


if __name__ == "__main__":
    sys.exit(run())
