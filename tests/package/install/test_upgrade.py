"""An upgrade while a thousand records a second come in loses none of them."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from paser_command.errors import JournalError
from paser_command.journal.stats import stats
from paser_command.journal.store import open_journal
from paser_command.journal.verify import verify
from tests.benchmarks.rig import producing
from tests.documents import ROOT
from tests.package.install.conftest import NEXT
from tests.package.install.roots import Root, children_of, until
from tools.package.changes import version_of

RATE, SECONDS = 1_000, 45.0
JOURNAL = "var/lib/paser-command/journal.sqlite"
SITE = """\
[site]
name = "Kabupaten Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[journal]
url = "sqlite+pysqlite:////{journal}"
[[feed]]
id = "muka-air"
type = "sensorthings.observations"
url = "{url}"
interval_s = 0.2
"""


def test_an_upgrade_during_a_feed_loses_nothing(installed, shelf):
    with producing(RATE, SECONDS) as producer:
        site = SITE.format(journal=JOURNAL, url=producer.url)
        (installed / "etc/paser-command/site.toml").write_text(site)
        with collecting(installed) as collector:
            until(lambda: counted(installed)[0] == 200)
            producer.go()
            until(lambda: counted(installed)[1] > 3 * RATE)
            installed.serve(shelf["new"])
            installed.apt("update")

            installed.apt("upgrade")

            ran_on = program_of(collector)
        # What systemd does for postinst's try-restart.
        with collecting(installed) as collector:
            until(lambda: program_of(collector) != "")
            runs_now = program_of(collector)
            until(lambda: producer.count()[1])
            sent, _ = producer.count()
            until(lambda: counted(installed)[1] >= sent)

    assert ran_on.endswith(f"/versions/{version_of(ROOT)}/paser-command")
    assert runs_now.endswith(f"/versions/{NEXT}/paser-command")
    assert counted(installed)[1] == sent == RATE * SECONDS
    journal = open_journal(f"sqlite+pysqlite:///{installed / JOURNAL}", create=False)
    assert list(verify(journal)) == []
    journal.close()


def test_a_console_that_runs_goes_on_and_says_that_another_version_is_there(installed, shelf):
    installed.environment["QT_QPA_PLATFORM"] = "offscreen"
    log = installed / "root/.local/share/paser-command/log/console.log"
    play = ("--exercise", "banjir-kandilo", "--for", "120", "--screenshot", "/tmp/pictures")
    with subprocess.Popen(
        installed.command("paser-command", *play), stdout=subprocess.DEVNULL
    ) as console:
        until(lambda: counted(installed, exercise(installed))[1] > 0)

        installed.serve(shelf["new"])
        installed.apt("update")
        installed.apt("upgrade")

        until(lambda: f"Paser Command {NEXT} is installed" in log.read_text())
        before = counted(installed, exercise(installed))[1]
        until(lambda: counted(installed, exercise(installed))[1] > before)
        assert console.poll() is None
        assert program_of(console).endswith(f"/versions/{version_of(ROOT)}/paser-command")
        console.kill()


def exercise(root: Root) -> str:
    """Return where the journal of the exercise lies, "" where there is none yet."""
    plays = (root / "root/.local/share/paser-command/exercises").glob("*.sqlite")
    return next((str(path.relative_to(root.folder)) for path in plays), "")


@contextmanager
def collecting(root: Root) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the collector in the root as the unit does; ask it to end, and wait until it has."""
    words = ("paser-command", "collect", "--config", "/etc/paser-command/site.toml")
    with subprocess.Popen(
        root.command(*words, alone=False), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as collector:
        try:
            yield collector
            os.kill(children_of(collector.pid)[0], signal.SIGTERM)
            assert collector.wait(60) == 0
        finally:
            collector.kill()


def program_of(collector: "subprocess.Popen[bytes]") -> str:
    """Return the file that the collector runs, "" where it has not come to that."""
    try:
        path = os.readlink(f"/proc/{children_of(collector.pid)[0]}/exe")
    except (OSError, IndexError):
        return ""
    return path if path.endswith("/paser-command") else ""


def counted(root: Root, where: str = JOURNAL) -> tuple[int, int]:
    """Return how many streams and how many observations the journal holds."""
    try:
        journal = open_journal(f"sqlite+pysqlite:///{root / where}", create=False)
    except JournalError:
        return 0, 0
    try:
        kinds = stats(journal).by_kind
        return kinds.get("stream", 0), kinds.get("observation", 0)
    finally:
        journal.close()
