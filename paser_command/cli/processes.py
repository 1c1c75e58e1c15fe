"""`collect` and `exercise`: the processes that run beside a console, or without one."""

import logging
import os
import select
import signal
import socket
import threading
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from paser_command.cli.exercises import program
from paser_command.cli.output import complain, say_event
from paser_command.cli.service import Service
from paser_command.cli.sites import home_folder
from paser_command.collector import Collector
from paser_command.config import load_site
from paser_command.errors import InputError
from paser_command.exercise.play import serve
from paser_command.feeds.apart.serving import serve_feed
from paser_command.logs import hide, log_to
from paser_command.memory import keep_few_heaps
from paser_command.plugin.discovery import Plugins, discover
from paser_command.plugin.kinds import feed_kinds
from paser_command.site_secrets import secrets_of
from paser_command.times import now

ENDING_S = 2.0
"""How long the collector may take to end: what was acknowledged is on the disk at any time."""

_log = logging.getLogger(__name__)


def collect(options: Namespace) -> int:
    """Run the collector until told to end; what happens is told in lines of JSON."""
    if options.one_feed:
        return serve_feed()
    keep_few_heaps()
    end = _end(options)
    if options.config is None:
        raise InputError("collect needs the site file: --config FILE")
    plugins = _plugins()
    config = load_site(Path(options.config), feed_kinds(plugins))
    log_to(home_folder() / "log", "collector")
    hide(secrets_of(config, feed_kinds(plugins)))
    for fault in plugins.faults:
        _log.warning("%s", fault)
    service = Service()

    def tell(event: str, facts: Mapping[str, object]) -> None:
        # Who waits for the journal is at its work, too.
        if event in ("ready", "standby", "journal_failing"):
            service.ready()
        say_event(event, facts)

    seat = options.seat or socket.gethostname()
    collector = Collector(config, plugins, tell, service.alive, seat=seat, program=program())
    with _ends_in_time(end):
        collector.run(end)
    return 0


def exercise(options: Namespace) -> int:
    """Serve an exercise's city until told to end; its address is told in a line of JSON."""
    keep_few_heaps()
    end = _end(options)
    log_to(home_folder() / "log", "exercise")
    try:
        serve(
            options.name,
            now() if options.began is None else options.began,
            1.0 if options.speed is None else options.speed,
            lambda url: say_event("ready", {"url": url}),
            end,
            port=options.port,
        )
    except OSError as cause:
        raise InputError(
            "the exercise's city cannot listen on port {port}: {cause}",
            port=options.port,
            cause=cause.strerror,
        ) from cause
    return 0


def _plugins() -> Plugins:
    """Return the plugins; one that is broken is complained of and stops nothing."""
    plugins = discover()
    for fault in plugins.faults:
        complain(fault)
    return plugins


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


@contextmanager
def _ends_in_time(end: threading.Event) -> Iterator[None]:
    """End the process where what runs within does not end in its time once it was told to.

    A signal is seen here even while the main thread waits for a lock or a disk: then Python runs
    no handler of it, but writes its number to a descriptor.
    """
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    done = threading.Event()
    watch = threading.Thread(target=_force, args=(told, end, done), name="ending", daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()
        signal.set_wakeup_fd(-1)
        watch.join()
        os.close(tell)
        os.close(told)


def _force(told: int, end: threading.Event, done: threading.Event) -> None:
    while not (end.is_set() or done.is_set()):
        if select.select([told], [], [], 0.1)[0]:
            ending = os.read(told, 64)
            if signal.SIGTERM in ending or signal.SIGINT in ending:
                break
    if not done.wait(ENDING_S):
        _log.error("the collector did not end within %s s, and is ended", ENDING_S)
        logging.shutdown()
        os._exit(0)


def _watch_stdin(end: threading.Event) -> None:
    # Reading descriptor 0 itself: at exit nobody may hold the lock of sys.stdin's buffer.
    while os.read(0, 4096):
        pass
    end.set()
