"""`collect` and `exercise`: the processes that run beside a console, or without one."""

import json
import os
import signal
import sys
import threading
from argparse import Namespace
from pathlib import Path

from paser_command.collector import Collector
from paser_command.config import load_site
from paser_command.errors import InputError
from paser_command.exercise.play import serve
from paser_command.home import home
from paser_command.logs import log_to
from paser_command.plugin.discovery import discover
from paser_command.plugin.kinds import feed_kinds
from paser_command.times import now, parse


def collect(options: Namespace) -> int:
    """Run the collector until told to end."""
    plugins = discover()
    config = load_site(Path(options.config), feed_kinds(plugins))
    log_to(home() / "log", "collector")
    Collector(config, plugins, _tell).run(_end(options))
    return 0


def exercise(options: Namespace) -> int:
    """Serve an exercise's city until told to end."""
    log_to(home() / "log", "exercise")
    began = parse(options.began) if options.began else now()
    try:
        serve(
            options.name,
            began,
            options.speed,
            lambda url: _tell("ready", {"url": url}),
            _end(options),
            port=options.port,
        )
    except OSError as cause:
        raise InputError(
            "the exercise's city cannot listen on port {port}: {cause}",
            port=options.port,
            cause=cause.strerror,
        ) from cause
    return 0


def check(options: Namespace) -> int:
    """Check a site file; every mistake is told at once."""
    config = load_site(Path(options.file), feed_kinds(discover()))
    told = {"file": options.file, "site": config.site.name, "feeds": len(config.feeds)}
    text = "{file}: in order ({site}, {feeds} feeds)".format(**told)
    sys.stdout.write((json.dumps(told, ensure_ascii=False) if options.json else text) + "\n")
    return 0


def _tell(event: str, facts: dict[str, str]) -> None:
    """Tell whoever started us, in a line of JSON; nobody may be listening any more."""
    try:
        sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it is stdout from now on


def _end(options: Namespace) -> threading.Event:
    """Return what is set when it is time to end: a signal, the time, or our starter's death."""
    end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    if options.for_s is not None:
        timer = threading.Timer(options.for_s, end.set)
        timer.daemon = True
        timer.start()
    if options.watch_stdin:
        threading.Thread(target=_watch_stdin, args=(end,), daemon=True).start()
    return end


def _watch_stdin(end: threading.Event) -> None:
    # Reading descriptor 0 itself: at exit nobody may hold the lock of sys.stdin's buffer.
    while os.read(0, 4096):
        pass
    end.set()
