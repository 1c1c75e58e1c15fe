"""What the command line hands to the console: everything it needs, wired already."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from paser_command.errors import PaserError
from paser_command.installed.watch import InstallationWatch
from paser_command.keeper.heart import Heart
from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import Plugins
from paser_command.session.session import Session


class ConsoleOptions(msgspec.Struct, frozen=True, kw_only=True):
    """A console to be shown.

    `collector` and `companions` (an exercise's city) are command lines of processes that the
    console starts and watches. `for_s` ends it after so many seconds, `screenshot_dir` takes a
    picture of each window then. `workspaces` are the folders of delivered ones, the first before,
    `rules` the file of delivered rules.
    `heart` is None where nobody keeps the console. In safe mode the panels of the plugins
    `left_off` are not among the plugins, the remembered layout is not used, and nothing may happen
    by itself. `fixed` are the settings that the site has set, by their names. `fall` is how the
    console before this one ended. `choose_again` has the next start ask how to begin; None where a
    site file or an option says so.
    """

    session: Session
    maps: MapServices
    plugins: Plugins
    home: Path
    site_name: str
    zone: str
    collector: tuple[str, ...] | None = None
    companions: tuple[tuple[str, ...], ...] = ()
    choose_again: Callable[[], None] | None = None
    installed: InstallationWatch = msgspec.field(default_factory=lambda: InstallationWatch(None))
    language: str | None = None
    for_s: float | None = None
    screenshot_dir: Path | None = None
    workspaces: tuple[Path, ...] = ()
    rules: Path | None = None
    heart: Heart | None = None
    safe_mode: bool = False
    left_off: tuple[str, ...] = ()
    fixed: Mapping[str, str | int | float | bool] = {}
    fall: PaserError | None = None
