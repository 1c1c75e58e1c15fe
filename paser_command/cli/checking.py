"""`check`: a site file's mistakes, and what would fail or be wrong when the site starts."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from paser_command.cli.faults_ahead import class_faults, folder_fault, zone_doubt
from paser_command.cli.output import complain, language, say
from paser_command.config import load_site
from paser_command.errors import ConfigError
from paser_command.maps.districts import districts_of_site
from paser_command.plugin.discovery import discover
from paser_command.plugin.kinds import feed_kinds


def check(options: Namespace) -> int:
    """Check a site file; every mistake is told at once, for scripts on standard output too.

    The exit code is 2 for mistakes in the file, 1 where the journal's folder or a plugin fails. A
    doubt about the time zone changes nothing in it.
    """
    plugins = discover()
    try:
        config = load_site(Path(options.file), feed_kinds(plugins))
    except ConfigError as error:
        for fault in plugins.faults:
            complain(fault)
        if options.json:
            say({"file": options.file, "mistakes": _mistakes(error)}, (), as_json=True)
        return complain(error)
    districts_of_site(config)
    faults = [*plugins.faults, *folder_fault(config.journal.url), *class_faults(plugins)]
    doubts = list(zone_doubt(config.site))
    for told in (*doubts, *faults):
        complain(told)
    facts = {"site": config.site.name, "feeds": len(config.feeds)}
    speaking = language()
    named = {"file": options.file, **facts}
    if len(config.feeds) == 1:
        line = speaking.tr("{file}: in order ({site}, 1 feed)", **named)
    else:
        line = speaking.tr("{file}: in order ({site}, {feeds} feeds)", **named)
    value = {
        "file": options.file,
        "mistakes": [],
        "warnings": [speaking.error(doubt) for doubt in doubts],
        "faults": [speaking.error(fault) for fault in faults],
        **facts,
    }
    say(value, () if faults else [line], as_json=options.json)
    return 1 if faults else 0


def _mistakes(error: ConfigError) -> list[dict[str, Any]]:
    speaking = language()
    return [
        {"line": mistake.line, "key": mistake.where, "wrong": speaking.error(mistake.error)}
        for mistake in error.mistakes
    ]
