"""Runs the real console on a journal and test panels: python -m tests.ui.console_run FOLDER ...

Options: `--for S`, `--shots`, `--collector` (a child that stays),
`--city` (a companion, and a collector that looks for it), `--panel CLASS` (more than once).
"""

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from paser_command.journal.store import open_journal
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import Plugin, Plugins
from paser_command.plugin.manifest import About, Manifest, PanelManifest
from paser_command.session.console import ConsoleOptions
from paser_command.session.session import Session
from paser_command.workspaces.files import text_of
from paser_ui.app import main
from paser_ui.front import Front
from tests.ui.fronts import HOME, home_page, workspace

PLACES = ("map", "incidents", "charts", "feeds", "tab", "tab", "tab")
"""So that the first four can be seen."""

STAYING = 'import sys; print(\'{"event": "ready"}\', flush=True); sys.stdin.read()'


CITY = (
    "import pathlib, sys, time; time.sleep(0.5); pathlib.Path(sys.argv[1]).touch(); "
    'print(\'{"event": "ready"}\', flush=True); sys.stdin.read()'
)
"""A city that is not there at once."""

LOOKING = (
    "import pathlib, sys; there = pathlib.Path(sys.argv[1]).exists(); "
    "pathlib.Path(sys.argv[2]).write_text(str(there)); "
    'print(\'{"event": "ready"}\', flush=True); sys.stdin.read()'
)
"""A collector that writes down whether the city was there when it began."""


def plugins(classes):
    panels = tuple(
        PanelManifest(f"{place}.{name.lower()}", name, f"panels:{name}")
        for place, name in zip(PLACES, classes, strict=False)
    )
    about = About(id="test", name="Test", version="1", api=1)
    return Plugins((Plugin("tests.ui", Manifest(about, panels=panels)),))


def options(arguments):
    folder = arguments.folder
    city, found = str(folder / "city"), str(folder / "found")
    collector: tuple[str, ...] = (sys.executable, "-c", STAYING)
    if arguments.city:
        collector = (sys.executable, "-c", LOOKING, city, found)
    store = open_journal(f"sqlite+pysqlite:///{folder / 'journal.sqlite'}", "real")
    return ConsoleOptions(
        session=Session(store, who="Sari", seat="meja 2"),
        maps=MapServices(folder / "home"),
        plugins=plugins(arguments.panel or ["Good"]),
        home=folder / "home",
        site_name="Kabupaten Paser",
        zone="Asia/Makassar",
        collector=collector if arguments.collector or arguments.city else None,
        companions=((sys.executable, "-c", CITY, city),) if arguments.city else (),
        language=arguments.language,
        for_s=arguments.for_s,
        screenshot_dir=folder / "shots" if arguments.shots else None,
        workspaces=(deliver(folder, arguments.panel or ["Good"]),),
    )


def parsed():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--for", dest="for_s", type=float)
    parser.add_argument("--shots", action="store_true")
    parser.add_argument("--collector", action="store_true")
    parser.add_argument("--city", action="store_true")
    parser.add_argument("--language")
    parser.add_argument("--float", help="a panel that becomes a window by itself")
    parser.add_argument("--panel", action="append")
    return parser.parse_args()


def deliver(folder, classes):
    """Deliver one workspace that has the test panels."""
    types = [panel.id for _, panel in plugins(classes).panels()]
    delivered = folder / "delivered"
    delivered.mkdir(exist_ok=True)
    whole = workspace("War room", home_page(types), types=types)
    (delivered / f"1-{HOME}.toml").write_text(text_of(whole))
    return delivered


def run():
    arguments = parsed()
    if arguments.float:
        # Once the windows stand, by the same call that a drag comes to.
        show = Front.show

        def shown(front):
            show(front)
            QTimer.singleShot(300, lambda: front.arranging.float(arguments.float))

        Front.show = shown  # type: ignore[method-assign]
    return main(options(arguments))


if __name__ == "__main__":
    sys.exit(run())
