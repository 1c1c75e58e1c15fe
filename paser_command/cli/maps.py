"""`export map`: a web map of the journal, for a script that makes one each morning."""

from argparse import Namespace
from pathlib import Path

from paser_command.cli.journals import opened_journal
from paser_command.cli.output import language, say
from paser_command.cli.sites import site_file
from paser_command.config import Site, load_site
from paser_command.export.file import write_whole
from paser_command.export.sources import source_names
from paser_command.export.web_map import Origin, WebMap, web_map
from paser_command.home import home
from paser_command.language import Language
from paser_command.plugin.discovery import discover
from paser_command.times import now


def export_map(options: Namespace) -> int:
    """Write the web map and print where it is."""
    path, site = Path(options.output), _site(options)
    end = now() if options.at is None else options.at
    code = options.language or language().code
    speaking = Language(code, site.zone) if site else Language(code)
    wanted = WebMap(
        title=options.title or speaking.tr("Map"),
        start=end if options.start is None else options.start,
        end=end,
        personal=options.personal,
    )
    with opened_journal(options) as journal:
        origin = Origin(journal, site.name if site else "", source_names(discover()))
        write_whole(path, web_map(origin, wanted, speaking, lambda _: None))
    said = language().tr("Saved: {path}", path=path)
    say({"file": str(path)}, [said], as_json=options.json)
    return 0


def _site(options: Namespace) -> Site | None:
    """Return what the site file says of the site; None where the options name a journal alone."""
    path = Path(options.config) if options.config else site_file(home())
    return None if options.journal or path is None else load_site(path).site
