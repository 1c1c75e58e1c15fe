"""`journal stats`, `journal verify` and `picture`: what a journal holds, said to scripts."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paser_command.cli.exercises import newest_exercise
from paser_command.cli.output import language, say, say_progress, wire
from paser_command.cli.picture_lines import picture_lines
from paser_command.cli.sites import site_file
from paser_command.config import load_site
from paser_command.errors import InputError, JournalError, Words
from paser_command.extensions import extensions
from paser_command.home import home
from paser_command.journal.checks.finding import Finding
from paser_command.journal.head import check_head, read_head, signed_head
from paser_command.journal.reader import Reader
from paser_command.journal.repair import repair
from paser_command.journal.stats import Stats, stats
from paser_command.journal.store import LONG_S, REAL, Journal, open_journal
from paser_command.journal.verify import verify
from paser_command.picture.picture import Picture, Reading
from paser_command.plugin.discovery import discover
from paser_command.times import Instant, iso, now


def show_stats(options: Namespace) -> int:
    """Print how much of what the journal holds."""
    with opened_journal(options) as journal:
        counted, where = stats(journal), journal.where
    say(wire(counted), _stats_lines(where, counted), as_json=options.json)
    return 0


def show_verify(options: Namespace) -> int:
    """Print all that is wrong with the journal; the exit code is 1 where anything is."""
    speaking = language()
    head = read_head(Path(options.head)) if options.head else None
    with opened_journal(options) as journal:
        findings, where = list(_findings(journal)), journal.where
        if head is not None:
            findings += check_head(journal, head)
    value = {"journal": where, "sound": not findings, "findings": wire(findings)}
    lines = [f"{finding.where}: {speaking.words(finding.what)}" for finding in findings]
    if not findings:
        lines = [speaking.tr("{journal}: the journal is sound", journal=where)]
    say(value, lines, as_json=options.json)
    return 1 if findings else 0


def show_head(options: Namespace) -> int:
    """Print the journal's head, signed with this person's key."""
    with opened_journal(options) as journal:
        head, where = signed_head(journal, home(), now()), journal.where
    tr = language().tr
    facts = {"journal": where, "seq": head.seq, "digest": head.digest}
    lines = [
        tr("{journal}: record {seq}, digest {digest}", **facts),
        tr("keep elsewhere what --json prints, and give it to journal verify --head"),
        *head.key.splitlines(),
    ]
    say(wire(head), lines, as_json=options.json)
    return 0


def run_repair(options: Namespace) -> int:
    """Copy what can be saved into a new journal; the exit code is 1 where something could not."""
    speaking = language()
    source = chosen_url(options)
    into = open_journal(options.into, own_clock=True)
    try:
        done, where = repair(source, into, now()), into.where
    finally:
        into.close()
    value = {"journal": where, **wire(done)}
    lines = [f"{lost.where}: {speaking.words(lost.what)}" for lost in done.lost]
    lines.append(
        speaking.tr(
            "{journal}: {saved} records saved, {lost} not, {restamped} times of receipt set right",
            journal=where,
            saved=done.saved,
            lost=len(done.lost),
            restamped=done.restamped,
        )
    )
    say(value, lines, as_json=options.json)
    return 1 if done.lost else 0


def show_picture(options: Namespace) -> int:
    """Print the picture at a moment."""
    with opened_journal(options) as journal:
        reader = Reader(journal)
        try:
            picture, _ = reader.picture(options.at, Reading(options.reading))
        finally:
            reader.close()
        exercise = journal.purpose() != REAL
    at = now() if options.at is None else options.at
    value = {"exercise": exercise, **picture_value(picture, at)}
    say(value, picture_lines(value, language()), as_json=options.json)
    return 0


def picture_value(picture: Picture, at: Instant) -> dict[str, Any]:
    """Return the picture as plain values: the shape of `picture --json`."""
    return {
        "instant": iso(at),
        "reading": picture.reading.value,
        "incidents": wire(sorted(picture.incidents.values(), key=lambda i: (-i.severity, i.key))),
        "alerts": wire(picture.alerts_in_force(at)),
        "alarms": [
            {**wire(stands.alarm), "phase": stands.phase.value, "since": iso(stands.since)}
            for _, stands in sorted(picture.alarms.items())
        ],
        "streams": [_stream(picture, key) for key in sorted(picture.streams | picture.latest)],
        "units": wire([unit for _, unit in sorted(picture.units.items())]),
        "drawings": wire([drawing for _, drawing in sorted(picture.drawings.items())]),
        "features": wire([feature for _, feature in sorted(picture.features.items())]),
        "feeds": wire([feed for _, feed in sorted(picture.feeds.items())]),
        "screens": wire([screens for _, screens in sorted(picture.screens.items())]),
        "automation": wire(list(picture.automation.values())),
        **{
            table: wire([value for _, value in sorted(picture.table(table).items())])
            for table in sorted(picture.revision.keys() - _TOLD)
        },
    }


_TOLD = frozenset(
    {
        *("incidents", "alerts", "alarms", "streams", "latest", "units", "drawings", "features"),
        *("feeds", "screens", "automation", "reports"),
    }
)
"""Tables that `picture --json` has in a shape of their own; reports are in their incidents."""


def _stream(picture: Picture, key: str) -> dict[str, Any]:
    described, latest = picture.streams.get(key), picture.latest.get(key)
    return {
        "key": key,
        "name": described.name if described else None,
        "unit": described.unit if described else None,
        "lon": described.lon if described else None,
        "lat": described.lat if described else None,
        "value": latest.value if latest else None,
        "at": iso(latest.at) if latest else None,
        "limit": wire(picture.limit_reached(key)),
    }


def _findings(journal: Journal) -> Iterator[Finding]:
    """Give all that is wrong, and last of all what kept us from looking on."""
    try:
        yield from verify(journal)
    except JournalError as error:
        yield Finding("journal", Words(error.template, **error.facts))


def _stats_lines(where: str, counted: Stats) -> Iterator[str]:
    tr = language().tr
    sizes = {"n": counted.records, "bytes": counted.bytes}
    yield tr("{journal}: {n} records, {bytes} bytes", journal=where, **sizes)
    if counted.first is not None and counted.last is not None:
        yield tr("received {first} to {last}", first=iso(counted.first), last=iso(counted.last))
    for title, counts in ((tr("by kind"), counted.by_kind), (tr("by feed"), counted.by_feed)):
        yield f"{title}:"
        yield from (f"  {name:24} {count:>12}" for name, count in counts.items())


@contextmanager
def opened_journal(options: Namespace) -> Iterator[Journal]:
    """Open the journal that the options, the site or the newest exercise name; close it after."""
    model = extensions(discover()).model()
    journal = open_journal(
        chosen_url(options), create=False, model=model, progress=say_progress, deadline_s=LONG_S
    )
    try:
        yield journal
    finally:
        journal.close()


def chosen_url(options: Namespace) -> str:
    """Return the URL that the options name, else the site's, else the newest exercise's."""
    if options.journal and options.config:
        raise InputError("give --journal or --config, not both")
    if options.journal:
        return str(options.journal)
    path = Path(options.config) if options.config else site_file(home())
    if path is not None:
        return load_site(path).journal.url
    newest = newest_exercise(home())
    if newest is None:
        raise InputError("there is no journal here: name one by --journal URL or --config FILE")
    return newest
