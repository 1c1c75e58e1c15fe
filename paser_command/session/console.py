"""What the command line hands to the console: everything it needs, wired already."""

from pathlib import Path

import msgspec

from paser_command.installed.watch import InstallationWatch
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import Plugins
from paser_command.session.session import Session


class ConsoleOptions(msgspec.Struct, frozen=True, kw_only=True):
    """A console to be shown.

    `collector` and `companions` (an exercise's city) are command lines of processes that the
    console starts and watches. `for_s` ends it after so many seconds, `screenshot_dir` takes a
    picture of each window then.
    """

    session: Session
    maps: MapServices
    plugins: Plugins
    home: Path
    who: str
    seat: str
    site_name: str
    zone: str
    collector: tuple[str, ...] | None = None
    companions: tuple[tuple[str, ...], ...] = ()
    installed: InstallationWatch = msgspec.field(default_factory=lambda: InstallationWatch(None))
    language: str | None = None
    for_s: float | None = None
    screenshot_dir: Path | None = None
