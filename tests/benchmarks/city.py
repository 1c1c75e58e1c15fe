"""A city in the journal before the console starts: 100,000 incidents, of which 10,000 stand."""

from functools import partial

from paser_command.journal.keyframes import KeyframeKeeper
from paser_command.journal.store import REAL, open_journal
from paser_command.journal.writer import Writer
from paser_command.picture.picture import Picture
from paser_command.records import Report, Severity
from paser_command.times import DAY, MINUTE, Instant, now

IN_THE_JOURNAL = 100_000
STANDING = 10_000


def fill(url: str) -> None:
    """Put 100,000 incidents into the journal: most of them over since days, 10,000 open."""
    journal = open_journal(url, REAL)
    begin = now() - 4 * DAY
    closed = [_report(n, begin, closed=True) for n in range(IN_THE_JOURNAL - STANDING)]
    opened = [_report(n, now() - MINUTE) for n in range(STANDING)]
    for received, reports in ((begin, closed), (now(), opened)):
        writer = Writer(journal, partial(_stands, received))
        for start in range(0, len(reports), 10_000):
            writer.append(reports[start : start + 10_000])
    keeper = KeyframeKeeper(journal, Picture(), 0)
    keeper.follow()
    keeper.close()
    journal.close()


def _stands(instant: Instant) -> Instant:
    return instant


def _report(number: int, at: Instant, *, closed: bool = False) -> Report:
    key = f"warga/{'lama' if closed else 'baru'}-{number}"
    return report(key, number, at, closed=closed)


def report(key: str, number: int, at: Instant, *, change: int = 0, closed: bool = False) -> Report:
    """Return what is told of an incident of its own; each `change` tells another severity."""
    return Report(
        feed="warga",
        key=key,
        at=at,
        began=at,
        category="flood",
        severity=Severity(1 + (number + change) % 4),
        title=f"Genangan nomor {number}",
        text=f"Air masuk rumah, arus deras di jembatan: kabar ke-{change}.",
        place="Tanah Grogot",
        lon=115.7 + number % 100 * 0.01,
        lat=-2.3 + number // 100 % 100 * 0.01,
        closed=closed,
        incident=key,
    )
