"""The console: wired from the options, then found by its entry point, as a plugin is."""

import getpass
import os
import socket
from argparse import Namespace
from contextlib import redirect_stdout
from functools import partial
from importlib.metadata import entry_points
from importlib.resources import files
from io import StringIO
from pathlib import Path

from paser_command.cli.display import need_display
from paser_command.cli.exercises import program, set_up
from paser_command.cli.first_start import asking, decided, is_undecided
from paser_command.cli.output import say
from paser_command.cli.sites import home_folder, site_file
from paser_command.cli.waiting import opened
from paser_command.clocks import SteadyClock
from paser_command.config import SiteConfig, load_site
from paser_command.errors import InputError, PaserError
from paser_command.exercise.scenario import load_scenario
from paser_command.export.exports import Exports
from paser_command.export.sources import source_names
from paser_command.export.web_map import Origin
from paser_command.extensions import extensions
from paser_command.installed.manifest import installation
from paser_command.installed.watch import InstallationWatch
from paser_command.journal.caller import Caller
from paser_command.journal.store import REAL, open_journal
from paser_command.keeper.heart import Heart
from paser_command.keeper.restarts import Start
from paser_command.logs import hide, log_to
from paser_command.maps.districts import districts_of_site, site_stand
from paser_command.maps.services import MapServices
from paser_command.memory import keep_few_heaps
from paser_command.plugin.culprit import named
from paser_command.plugin.discovery import Plugins, discover, without_strangers_panels
from paser_command.plugin.kinds import feed_kinds
from paser_command.session.console import ConsoleOptions
from paser_command.session.identity import checked_name
from paser_command.session.session import Session
from paser_command.session.start import forget_start
from paser_command.site_secrets import secrets_of

SITE_WORKSPACES = Path("/etc/paser-command/workspaces")
"""Those that an administrator delivers stand before ours."""


def console(options: Namespace, heart: Heart | None = None, start: Start | None = None) -> int:
    """Show the console until it is closed; with a keeper, beat for it, and start as it says."""
    keep_few_heaps()
    start = start or Start(safe_mode=bool(options.safe_mode))
    who = checked_name(options.who or _user(), "--who")
    seat = checked_name(options.seat or socket.gethostname(), "--seat")
    if options.exercise:
        load_scenario(options.exercise)
    need_display(unseen=options.for_s is not None)
    pictures = _picture_folder(options.screenshot)
    folder = home_folder()
    log_to(folder / "log", "console", crashes=heart is None)
    plugins = discover()
    undecided = is_undecided(options, folder)
    if undecided:
        chosen = decided(options, plugins, folder, asking(options), heart)
        if chosen is None:
            return 0
        options = chosen
    site, file, city = _site(options, plugins, folder)
    # What is wrong with the borders is told before there is a window.
    stand = site_stand(site, districts_of_site(site))
    hide(secrets_of(site, feed_kinds(plugins)))
    added = extensions(plugins)
    # A keeper that hears of a migration's progress does not take it for a hang.
    open_it = partial(
        open_journal,
        site.journal.url,
        site.exercise.scenario if site.exercise else REAL,
        model=added.model(),
        caller=Caller("console", seat),
        progress=lambda *_: heart.opening() if heart else None,
    )
    journal = opened(open_it, folder, options.language, heart, options.for_s)
    if journal is None:
        return 0
    if heart is not None:
        heart.wired()
    shown, left_off = without_strangers_panels(plugins) if start.safe_mode else (plugins, ())
    exports = Exports(Origin(journal, site.site.name, source_names(plugins), stand))
    wired = ConsoleOptions(
        session=Session(
            journal,
            who=who,
            seat=seat,
            now=SteadyClock(),
            verbs=added.all_verbs(),
            outbox=folder / "outbox",
        ),
        maps=MapServices(folder, stand, program(), exports),
        plugins=shown,
        home=folder,
        site_name=site.site.name,
        zone=site.site.zone,
        collector=_collector(file, seat),
        installed=InstallationWatch(installation()),
        companions=(city,) if city else (),
        choose_again=(lambda: forget_start(folder)) if undecided else None,
        language=options.language,
        for_s=options.for_s,
        screenshot_dir=pictures,
        workspaces=(SITE_WORKSPACES, Path(str(files("paser_resources") / "workspaces"))),
        rules=Path(str(files("paser_resources") / "automation.toml")),
        heart=heart,
        safe_mode=start.safe_mode,
        left_off=left_off,
        fixed=site.fixed.values(),
        fall=named(start.fall, plugins),
    )
    return _said_in_json(wired) if options.json else _window(wired)


def _site(
    options: Namespace, plugins: Plugins, folder: Path
) -> tuple[SiteConfig, Path, tuple[str, ...] | None]:
    if options.exercise:
        if options.config:
            raise InputError("give --exercise or --config, not both")
        speed = 1.0 if options.speed is None else options.speed
        exercise = set_up(options.exercise, speed, options.journal, folder)
        return exercise.site, exercise.site_file, exercise.city
    if options.speed is not None:
        raise InputError("--speed is for an exercise: give --exercise NAME")
    if options.journal:
        raise InputError(
            "the journal of a real site stands in its file; --journal is for exercises"
        )
    path = Path(options.config) if options.config else site_file(folder)
    if path is None:
        raise InputError(
            "there is no site file yet: try --exercise banjir-kandilo, or --config FILE"
        )
    site = load_site(path, feed_kinds(plugins))
    return site, path, None


def _collector(site: Path, seat: str) -> tuple[str, ...]:
    return (*program(), "collect", "--config", str(site), "--seat", seat, "--watch-stdin")


def _picture_folder(name: str | None) -> Path | None:
    """Return the folder of the pictures, made now: at the end nobody could be told."""
    if name is None:
        return None
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise InputError(
            "--screenshot: the folder {folder} cannot be made: {cause}",
            folder=folder,
            cause=cause.strerror,
        ) from cause
    return folder


def _said_in_json(wired: ConsoleOptions) -> int:
    """Show the console, and print the paths of its pictures as JSON at the end."""
    with redirect_stdout(StringIO()) as paths:
        code = _window(wired)
    say({"screenshots": paths.getvalue().splitlines()}, (), as_json=True)
    return code


def _window(wired: ConsoleOptions) -> int:
    found = list(entry_points(group="paser_command.console"))
    if not found:
        raise PaserError("the console is not installed: only headless commands work here")
    main = found[0].load()
    return int(main(wired))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
