"""`journal stats`, `journal verify` and `picture`: what a journal holds, said to scripts."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paser_command.cli.exercises import newest_exercise
from paser_command.cli.output import say, wire
from paser_command.config import load_site
from paser_command.errors import InputError
from paser_command.home import home
from paser_command.journal.reader import Reader
from paser_command.journal.store import REAL, Journal, open_journal
from paser_command.journal.verify import stats, verify
from paser_command.picture.picture import Picture, Reading
from paser_command.times import Instant, iso, now, parse


def show_stats(options: Namespace) -> int:
    """Print how much of what the journal holds."""
    with _journal(options) as journal:
        counted = stats(journal)
    value = wire(counted)
    lines = [f"{counted.records} records, {counted.bytes} bytes"]
    lines += [f"{value['first']} .. {value['last']}"] if counted.first else []
    for title, counts in (("by kind", counted.by_kind), ("by feed", counted.by_feed)):
        lines += [f"{title}:", *(f"  {name:24} {count:>12}" for name, count in counts.items())]
    say(value, "\n".join(lines), as_json=options.json)
    return 0


def show_verify(options: Namespace) -> int:
    """Print all that is wrong with the journal; the exit code is 1 where anything is."""
    with _journal(options) as journal:
        findings = list(verify(journal))
        value = {"journal": journal.where, "sound": not findings, "findings": wire(findings)}
    lines = [f"{finding.where}: {finding.what}" for finding in findings]
    say(value, "\n".join(lines or ["the journal is sound"]), as_json=options.json)
    return 1 if findings else 0


def show_picture(options: Namespace) -> int:
    """Print the picture at a moment."""
    at = _instant(options.at) if options.at else now()
    with _journal(options) as journal:
        reader = Reader(journal)
        try:
            picture, _ = reader.picture(at, Reading(options.reading))
        finally:
            reader.close()
        value = {"exercise": journal.purpose() != REAL, **picture_value(picture, at)}
    say(value, _picture_text(value), as_json=options.json)
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
        "features": wire([feature for _, feature in sorted(picture.features.items())]),
        "feeds": wire([feed for _, feed in sorted(picture.feeds.items())]),
    }


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


def _picture_text(value: dict[str, Any]) -> str:
    lines = [f"{value['instant']} ({value['reading']})" + (" LATIHAN" if value["exercise"] else "")]
    for incident in value["incidents"]:
        state = (
            "closed"
            if incident["closed"]
            else "acknowledged"
            if incident["acknowledged"]
            else "open"
        )
        reports = len(incident["reports"])
        lines.append(f"incident {incident['severity']} {incident['title']} [{state}, {reports}]")
    lines += [f"alert    {alert['severity']} {alert['headline']}" for alert in value["alerts"]]
    for stream in value["streams"]:
        limit = f" >= {stream['limit']['name']}" if stream["limit"] else ""
        lines.append(f"stream   {stream['name']}: {stream['value']} {stream['unit'] or ''}{limit}")
    lines += [f"unit     {unit['key']} {unit['lon']} {unit['lat']}" for unit in value["units"]]
    lines += [
        f"feed     {feed['key']}: {feed['state']} {feed['reason']}" for feed in value["feeds"]
    ]
    return "\n".join(lines)


@contextmanager
def _journal(options: Namespace) -> Iterator[Journal]:
    journal = open_journal(_url(options), create=False)
    try:
        yield journal
    finally:
        journal.close()


def _url(options: Namespace) -> str:
    """Return the URL that the options name: a journal, a site's, or the newest exercise's."""
    if options.journal:
        return str(options.journal)
    if options.config:
        return load_site(Path(options.config)).journal.url
    newest = newest_exercise(home())
    if newest is None:
        raise InputError("name a journal: --journal URL, or --config FILE")
    return newest


def _instant(text: str) -> Instant:
    try:
        return parse(text)
    except ValueError as cause:
        raise InputError("--at {text}: {cause}", text=text, cause=cause) from cause
