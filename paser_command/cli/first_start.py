"""The first start: where nothing says what to show, the person is asked, once, in a window."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

from paser_command.cli.sites import site_file
from paser_command.config import load_site
from paser_command.errors import InputError
from paser_command.keeper.heart import Heart
from paser_command.maps.districts import districts_of_site
from paser_command.plugin.discovery import Plugins
from paser_command.plugin.kinds import feed_kinds
from paser_command.session.start import (
    EXERCISE,
    Answer,
    Question,
    Start,
    Way,
    keep_start,
    kept_start,
    own_site,
    public_site,
)

Ask = Callable[[Question], Answer | None]
"""Asks a person in a window; None where that was closed."""

_UNSEEN = ("offscreen", "minimal")


def is_undecided(options: Namespace, folder: Path) -> bool:
    """Tell whether neither an option nor a site file says what to show."""
    given = options.exercise or options.config or options.journal or options.speed is not None
    return not given and site_file(folder) is None


def asking(options: Namespace) -> Ask | None:
    """Return what asks in a window, None where nobody would see it or windows are not installed."""
    found = list(entry_points(group="paser_command.start")) if _is_seen(options) else []
    if not found:
        return None
    ask: Ask = found[0].load()
    return ask


def decided(
    options: Namespace,
    plugins: Plugins,
    folder: Path,
    ask: Ask | None,
    heart: Heart | None = None,
) -> Namespace | None:
    """Return the options with what was chosen before, or is chosen now; None for neither.

    Where nobody can be asked the options stay as they are.
    """
    start, fault = kept_start(folder), None
    if start is not None:
        try:
            return _started(options, start, plugins, folder)
        except InputError as error:
            if ask is None:
                raise
            fault = error
    if ask is None:
        return options
    answer = ask(
        Question(
            home=folder,
            language=options.language,
            check=lambda path: _check(path, plugins),
            fault=fault,
            heart=heart,
        )
    )
    if heart is not None:
        heart.opening()
    if answer is None:
        return None
    keep_start(folder, answer.start)
    options = Namespace(**vars(options))
    options.language = answer.language
    return _started(options, answer.start, plugins, folder)


def _started(options: Namespace, start: Start, plugins: Plugins, folder: Path) -> Namespace:
    """Say it by the options that a person could have given."""
    chosen = Namespace(**vars(options))
    match start.way:
        case Way.EXERCISE:
            chosen.exercise = EXERCISE
        case Way.PUBLIC:
            chosen.config = str(public_site(folder))
        case Way.OWN:
            _check(own_site(start), plugins)
            chosen.config = start.site
    return chosen


def _check(path: Path, plugins: Plugins) -> None:
    districts_of_site(load_site(path, feed_kinds(plugins)))


def _is_seen(options: Namespace) -> bool:
    """Tell whether there is a display, and somebody before it."""
    if options.for_s is not None or options.screenshot or options.json:
        return False
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _UNSEEN:
        return False
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in shown)
